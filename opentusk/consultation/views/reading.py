"""What everybody reads of a consultation, without an account."""

import secrets
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.comments.forms import CommentForm
from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.consultation.permissions import can_run
from opentusk.consultation.shown import (
    days_left,
    in_order,
    support_state,
    themes_of,
    wish_cards,
    wishes_in,
)
from opentusk.demand.models import WantedDataset
from opentusk.journal.models import reference_of
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.ui.speech import term_label

_PER_PAGE = 40
_ORDERS = ("caso", "bisogno", "numero")
_SEED = "consultation_seed"


@never_cache
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation, the newest first."""
    now = timezone.now()
    found = Consultation.objects.public().newest_first()
    rows = [(one, one.phase(now), days_left(one, now)) for one in found]
    context = {"rows": rows, "crumbs": [(_("Consultazioni"), "")]}
    return render(request, "consultation/consultations.html", context)


@never_cache
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: until when, what happens next, its thirteen themes."""
    found = found_for(request, slug)
    now = timezone.now()
    context = frame(found, now) | {
        "cards": themes_of(found, now),
        "crumbs": crumbs_of(found),
    }
    return render(request, "consultation/consultation.html", context)


@never_cache
def theme(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A theme: the wishes of the basket that it is the first theme of, support, comments, the official answer."""
    found = found_for(request, slug)
    return show_theme(request, proposal_of(found, code))


@never_cache
def wish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A wish in a consultation, with what people say about it."""
    found = found_for(request, slug)
    return show_wish(request, found, wish_of(found, number))


def show_theme(
    request: HttpRequest, proposal: ThematicProposal, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a theme, with a comment that could not be taken."""
    found, now, person = proposal.consultation, timezone.now(), person_of(request)
    order = request.GET.get("ordine", "caso")
    order = order if order in _ORDERS else "caso"
    seed = _seed_of(request)
    items = in_order(wishes_in(found).filter(primary_theme=proposal.theme), order, seed)
    page = Paginator(items, _PER_PAGE).get_page(request.GET.get("page"))
    subject = reference_of(proposal)
    context = frame(found, now) | {
        "proposal": proposal,
        "theme_label": term_label(proposal.theme, "theme"),
        "subject": subject,
        "support": support_state(subject, found, person=person, now=now),
        "page": page,
        "cards": wish_cards(page.object_list, found, person=person, now=now),
        "order": order,
        "seed": seed,
        "form": form or CommentForm(),
        "crumbs": crumbs_of(found, term_label(proposal.theme, "theme")),
    }
    return render(request, "consultation/theme.html", context, status=status)


def show_wish(
    request: HttpRequest,
    found: Consultation,
    item: WantedDataset,
    *,
    form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a wish, with a comment that could not be taken."""
    now = timezone.now()
    context = frame(found, now) | {
        "card": wish_cards([item], found, person=person_of(request), now=now)[0],
        "subject": reference_of(item),
        "theme_label": term_label(item.primary_theme, "theme"),
        "form": form or CommentForm(),
        "crumbs": crumbs_of(found, item.title),
    }
    return render(request, "consultation/wish.html", context, status=status)


def found_for(request: HttpRequest, slug: str) -> Consultation:
    """The consultation, if the reader may know of it."""
    found = get_object_or_404(Consultation, slug=slug)
    if found.state == Consultation.State.DRAFT and not can_run(actor_of(request.user)):
        raise Http404(slug)
    return found


def proposal_of(found: Consultation, code: str) -> ThematicProposal:
    """One of its themes."""
    return get_object_or_404(ThematicProposal.objects.select_related("consultation"), consultation=found, theme=code)


def wish_of(found: Consultation, number: int) -> WantedDataset:
    """One of its wishes."""
    return get_object_or_404(wishes_in(found).in_order(), number=number)


def person_of(request: HttpRequest) -> str:
    """The key of whoever reads, or nothing."""
    return request.user.person_key if isinstance(request.user, User) else ""


def frame(found: Consultation, now: datetime) -> dict[str, Any]:
    """What every page of a consultation says about its time and its doors."""
    is_open = found.is_open(now)
    return {
        "consultation": found,
        "phase": found.phase(now),
        "days_left": days_left(found, now),
        "can_endorse": is_open and found.allow_endorse,
        "can_comment": is_open and found.allow_comment,
        "can_propose": is_open and found.allow_new,
        "shows_counts": found.shows_counts(now),
        "followed": reference_of(found),
    }


def crumbs_of(found: Consultation, *more: str) -> list[tuple[str, str]]:
    """The way to a page."""
    here = f"/consultazioni/{found.slug}"
    last = [(words, "") for words in more]
    return [(_("Consultazioni"), "/consultazioni"), (found.title, here if more else ""), *last]


def _seed_of(request: HttpRequest) -> int:
    """The order by chance, the same for as long as somebody turns the pages, and for a whole visit with an account."""
    asked = request.GET.get("seme", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return int(asked)
    if not request.user.is_authenticated:
        return secrets.randbelow(1_000_000)
    seed: int = request.session.setdefault(_SEED, secrets.randbelow(1_000_000))
    return seed
