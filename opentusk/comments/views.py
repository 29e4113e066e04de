"""What people do with comments wherever they stand: report, change, delete; and the page of the moderators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.comments import actions
from opentusk.comments.errors import CommentsRefusal
from opentusk.comments.forms import EditForm, FlagForm, HideForm
from opentusk.comments.models import Comment, Flag
from opentusk.comments.permissions import can_moderate, is_author
from opentusk.comments.refusals import words_for
from opentusk.journal.subjects import card_of, may_read
from opentusk.people.actors import actor_of


@never_cache
@login_required
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is wrong with a comment."""
    comment = get_object_or_404(Comment.objects.visible(), pk=pk)
    if not may_read(comment.subject, actor_of(request.user)):
        raise Http404
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.flag(comment, Flag.Reason(form.cleaned_data["reason"]), by=actor_of(request.user))
        messages.success(request, _("Grazie: chi modera lo guarderà."))
        return redirect(_place_of(comment))
    context = {"form": form, "comment": comment, "back": _place_of(comment)}
    return render(request, "comments/flag.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    comment = _own(request, pk)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"body": comment.body})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(comment, form.cleaned_data["body"], by=actor_of(request.user))
        except CommentsRefusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return redirect(_place_of(comment))
    context = {"form": form, "comment": comment, "back": _place_of(comment)}
    return render(request, "comments/edit.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own words away."""
    comment = _own(request, pk)
    try:
        actions.delete(comment, by=actor_of(request.user))
    except CommentsRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Il tuo commento è cancellato."))
    return redirect(_place_of(comment))


@never_cache
@login_required
def moderation(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, oldest first."""
    if not can_moderate(actor_of(request.user)):
        raise PermissionDenied("moderation")
    waiting = Comment.objects.to_check().prefetch_related("flags")
    page = Paginator(waiting, 20).get_page(request.GET.get("page"))
    cards = [(comment, card_of(comment.subject)) for comment in page]
    crumbs = [(_("Scrivania"), "/scrivania"), (_("Moderazione"), "")]
    context = {"page": page, "cards": cards, "form": HideForm(), "crumbs": crumbs}
    return render(request, "comments/moderation.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Hide, show, or leave where it is."""
    comment, by = get_object_or_404(Comment, pk=pk), actor_of(request.user)
    try:
        match what:
            case "nascondi":
                actions.hide(comment, by=by, note=request.POST.get("note", "")[:300])
            case "conferma":
                actions.keep_hidden(comment, by=by, note=request.POST.get("note", "")[:300])
            case "mostra":
                actions.restore(comment, by=by)
            case "lascia":
                actions.dismiss_flags(comment, by=by)
            case _:
                raise Http404
    except CommentsRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Fatto."))
    return redirect("moderation")


def _own(request: HttpRequest, pk: int) -> Comment:
    comment = get_object_or_404(Comment.objects.visible(), pk=pk)
    if not is_author(actor_of(request.user), comment):
        raise Http404
    return comment


def _place_of(comment: Comment) -> str:
    """The page that the comment stands on."""
    card = card_of(comment.subject)
    return f"{card.url}#commento-{comment.pk}" if card else "/"
