"""What people do in a consultation: support, comment, propose. Reading asks for no account, these do."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.comments.errors import CommentsRefusal
from opentusk.comments.forms import CommentForm
from opentusk.consultation import actions
from opentusk.consultation.errors import ConsultationRefusal
from opentusk.consultation.forms.proposing import ProposalForm
from opentusk.consultation.models import Consultation
from opentusk.consultation.refusals import words_for
from opentusk.consultation.shown import SupportState, alike_in, support_state, wish_cards
from opentusk.consultation.views.reading import (
    crumbs_of,
    found_for,
    frame,
    person_of,
    proposal_of,
    show_theme,
    show_wish,
    wish_of,
)
from opentusk.demand.errors import DemandRefusal
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.ui.gates import is_too_often

_REFUSED = (ConsultationRefusal, CommentsRefusal, DemandRefusal)
_TEN_MINUTES = 600


@require_POST
def support_theme(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Support a theme, or take it back."""
    found = found_for(request, slug)
    proposal, by = proposal_of(found, code), actor_of(request.user)

    def act() -> bool:
        if _takes_back(request):
            return actions.withdraw_from_proposal(proposal, by=by)
        return actions.endorse_proposal(proposal, by=by)

    place = reverse("consultation_theme", args=[slug, code])
    return _supported(request, found, act, reference_of(proposal), place=place, words="theme", anchor="tema")


@require_POST
def support_wish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Support a wish, or take it back."""
    found = found_for(request, slug)
    item, by = wish_of(found, number), actor_of(request.user)

    def act() -> bool:
        if _takes_back(request):
            return actions.withdraw_from_wish(found, item, by=by)
        return actions.endorse_wish(found, item, by=by)

    place = reverse("consultation_theme", args=[slug, item.primary_theme])
    if request.POST.get("da") == "voce":
        place = reverse("consultation_wish", args=[slug, number])
    return _supported(request, found, act, reference_of(item), place=place, words=item.title, anchor=f"voce-{number}")


@require_POST
def comment_theme(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Write under a theme."""
    found = found_for(request, slug)
    proposal = proposal_of(found, code)
    place = reverse("consultation_theme", args=[slug, code])

    def write(form: CommentForm) -> int:
        body, parent = form.cleaned_data["body"], form.parent_row()
        return actions.comment_on(found, proposal, body, by=actor_of(request.user), parent=parent).pk

    return _commented(request, write, place, lambda form: show_theme(request, proposal, form=form, status=400))


@require_POST
def comment_wish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write under a wish."""
    found = found_for(request, slug)
    item = wish_of(found, number)
    place = reverse("consultation_wish", args=[slug, number])

    def write(form: CommentForm) -> int:
        body, parent = form.cleaned_data["body"], form.parent_row()
        return actions.comment_on(found, item, body, by=actor_of(request.user), parent=parent).pk

    return _commented(request, write, place, lambda form: show_wish(request, found, item, form=form, status=400))


@never_cache
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """A new wish: first those that are like it are shown, and only who says that it is different goes on."""
    found = found_for(request, slug)
    if request.method == "POST" and not request.user.is_authenticated:
        return sign_in_first(request.path)
    form = ProposalForm(request.POST or None, initial={"theme": request.GET.get("tema", "")})
    alike = []
    if request.method == "POST" and form.is_valid() and not _is_in_the_way(request, form):
        alike = [] if form.cleaned_data["is_different"] else alike_in(found, form.words())
        if not alike and (answer := _proposed(request, found, form)):
            return answer
    now = timezone.now()
    context = frame(found, now) | {
        "form": form,
        "alike": wish_cards(alike, found, person=person_of(request), now=now),
        "crumbs": crumbs_of(found, _("Nuova proposta")),
    }
    return render(request, "consultation/propose.html", context, status=400 if form.errors else 200)


def sign_in_first(back: str) -> HttpResponse:
    """To the link by e-mail; afterwards one is where one was."""
    return redirect(f"{reverse('ask_link')}?{urlencode({'next': back})}")


def _proposed(request: HttpRequest, found: Consultation, form: ProposalForm) -> HttpResponse | None:
    try:
        item = actions.propose_wish(found, form.wish(), by=actor_of(request.user))
    except DemandRefusal as refusal:
        form.refuse(refusal)
    except ConsultationRefusal as refusal:
        form.add_error(None, words_for(refusal))
    else:
        messages.success(request, _("Grazie: la tua voce è la n. %(number)s.") % {"number": item.number})
        return redirect("consultation_wish", found.slug, item.number)
    return None


def _is_in_the_way(request: HttpRequest, form: ProposalForm) -> bool:
    """Whether this is a program, or somebody who sends far too often; the form then says so."""
    if form.is_a_program() or is_too_often(request, "consultation proposal", times=20, seconds=_TEN_MINUTES):
        form.add_error(None, _("Troppe proposte in poco tempo da qui: riprova fra qualche minuto."))
        return True
    return form.came_too_fast()


def _takes_back(request: HttpRequest) -> bool:
    return request.POST.get("che") == "ritira"


def _supported(
    request: HttpRequest,
    found: Consultation,
    act: Callable[[], bool],
    subject: str,
    *,
    place: str,
    words: str,
    anchor: str,
) -> HttpResponse:
    back = f"{place}{_order_of(request)}#{anchor}"
    if not request.user.is_authenticated:
        return _to_sign_in(request, back)
    refused = ""
    if is_too_often(request, "consultation support", times=600, seconds=_TEN_MINUTES):
        refused = _("Troppi sostegni in poco tempo da qui: riprova fra qualche minuto.")
    else:
        try:
            act()
        except _REFUSED as refusal:
            refused = words_for(refusal)
    if "HX-Request" in request.headers:
        return _button(request, found, subject, words=words, anchor=anchor, refused=refused)
    if refused:
        messages.error(request, refused)
    return redirect(back)


def _to_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    """The whole page goes there, also when a script sent only the button of somebody whose visit had ended."""
    answer = sign_in_first(back)
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": answer["Location"]})
    return answer


def _button(
    request: HttpRequest, found: Consultation, subject: str, *, words: str, anchor: str, refused: str
) -> HttpResponse:
    """The button as it is now, in the place of the one that was pressed."""
    now = timezone.now()
    state: SupportState = support_state(subject, found, person=person_of(request), now=now)
    context = frame(found, now) | {
        "support": state,
        "post_url": request.path,
        "what": "" if words == "theme" else words,
        "anchor": anchor,
        "origin": request.POST.get("da", ""),
        "order": request.POST.get("ordine", ""),
        "seed": request.POST.get("seme", ""),
        "refused": refused,
    }
    return render(request, "consultation/support.html", context)


def _order_of(request: HttpRequest) -> str:
    """The order that the page had, so that it looks the same afterwards."""
    kept = {name: request.POST[name] for name in ("ordine", "seme", "page") if request.POST.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _commented(
    request: HttpRequest,
    write: Callable[[CommentForm], int],
    place: str,
    show: Callable[[CommentForm], HttpResponse],
) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(f"{place}#commenti")
    form = CommentForm(request.POST)
    if is_too_often(request, "consultation comment", times=30, seconds=_TEN_MINUTES):
        form.add_error(None, _("Troppi commenti in poco tempo da qui: riprova fra qualche minuto."))
    if not form.is_valid():
        return show(form)
    try:
        number = write(form)
    except _REFUSED as refusal:
        form.add_error(None, words_for(refusal))
        return show(form)
    return redirect(f"{place}#commento-{number}")
