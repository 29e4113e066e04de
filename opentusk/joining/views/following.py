"""The page of one request to join: for its requester by a secret address, for the desk, for the referente."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.bodies.doors import for_the_desk, refusing
from opentusk.bodies.errors import BodiesRefusal
from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members, is_desk
from opentusk.bodies.tokens import token_of
from opentusk.joining.forms.steps import CHECK_WORDS, StepForm
from opentusk.joining.letters import PAGE
from opentusk.joining.machine import Party, waits_for
from opentusk.joining.models import Accreditation, AccreditationStatus
from opentusk.joining.permissions import can_follow, requester_of
from opentusk.joining.stepping import STEPS, Step, step_named
from opentusk.joining.timeline import timeline_of
from opentusk.joining.views.answers import private_file, show_refusal
from opentusk.joining.views.requesting import accreditation_of
from opentusk.joining.views.uploads import taking_files
from opentusk.journal.actors import Actor
from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of

_WAY = ("requested", "under_review", "act_uploaded", "scheme_signed", "transmitted", "active")
# States beside the way, and where on it they belong.
_BESIDE = {"integration_requested": "under_review", "suspended": "active"}


@never_cache
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The requester's page: where the request is, what to do now, its documents and history."""
    found = accreditation_of(token)
    crumbs = [(_("Adesione degli enti"), "/adesione"), (_("La tua richiesta"), "")]
    return _page(request, found, requester_of(found), _address_of_requester(found), crumbs)


@never_cache
@taking_files(lambda request, token, slug: accreditation_of(token))
@refusing
def take_step(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """A step of the requester."""
    found = accreditation_of(token)
    crumbs = [(_("Adesione degli enti"), "/adesione"), (_("La tua richiesta"), "")]
    return _take(request, found, slug, requester_of(found), _address_of_requester(found), crumbs)


@never_cache
def document(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """A document, for the holder of the secret address."""
    return _document(accreditation_of(token), pk)


@never_cache
@for_the_desk
def desk_accreditation(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for the desk, with its own steps."""
    found = _for_desk(pk)
    return _page(request, found, actor_of(request.user), _address_of_desk(found), _desk_crumbs(found))


@never_cache
@for_the_desk
@taking_files(lambda request, pk, slug: _for_desk(pk))
@refusing
def desk_step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A step of the desk, or one that it takes for the body."""
    found = _for_desk(pk)
    return _take(request, found, slug, actor_of(request.user), _address_of_desk(found), _desk_crumbs(found))


@never_cache
@login_required
def accreditation_document(request: HttpRequest, pk: int, document_pk: int) -> HttpResponseBase:
    """A document, for the desk and for the referente of the body."""
    found = get_object_or_404(Accreditation.objects.confirmed().select_related("agent"), pk=pk)
    if not can_follow(actor_of(request.user), found):
        raise PermissionDenied("document")
    return _document(found, document_pk)


@never_cache
@login_required
def accreditations_of_body(request: HttpRequest, slug: str) -> HttpResponse:
    """How a body joined, for its referente: the acts stay at hand."""
    agent = get_object_or_404(Agent, slug=slug)
    by = actor_of(request.user)
    if not can_manage_members(by, agent):
        raise PermissionDenied("accreditations")
    rows = [_shown(found, by, _address_of_desk) for found in agent.accreditations.confirmed().newest_first()]
    crumbs = [(_("Enti"), "/enti"), (agent.name, f"/enti/{agent.slug}"), (_("Adesione"), "")]
    return render(request, "joining/of_body.html", {"agent": agent, "rows": rows, "crumbs": crumbs})


Address = Callable[[str], str]


def _take(
    request: HttpRequest, found: Accreditation, slug: str, by: Actor, address: Address, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    step = step_named(slug)
    if step is None:
        raise Http404
    if request.method != "POST":
        return redirect(address(""))
    if not step.is_offered(found, by):
        messages.warning(request, _("Questo passo non è possibile adesso: ecco a che punto è la richiesta."))
        return redirect(address(""))
    form = step.form(request.POST, request.FILES, accreditation=found, auto_id=f"{step.slug}_%s")
    if form.is_valid():
        try:
            step.take(found, form, by)
        except BodiesRefusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, step.done)
            return redirect(address(""))
    found = Accreditation.objects.select_related("agent").get(pk=found.pk)
    return _page(request, found, by, address, crumbs, wrong=(step, form))


def _page(
    request: HttpRequest,
    found: Accreditation,
    by: Actor,
    address: Address,
    crumbs: list[tuple[str, str]],
    wrong: tuple[Step, StepForm] | None = None,
) -> HttpResponse:
    offered = [step for step in STEPS if step.is_offered(found, by)]
    if wrong and wrong[0] not in offered:
        offered.insert(0, wrong[0])
    forms = [(step, _form_of(step, found, wrong), address(step.slug)) for step in offered]
    party = Party.DESK if is_desk(by) else Party.BODY
    context = {
        **_shown(found, by, lambda _row: address),
        # The next step of whoever reads stands open; what else is possible is folded.
        "steps": [row for row in forms if row[0].leads_on(found) and row[0].party is party],
        "others": [row for row in forms if not (row[0].leads_on(found) and row[0].party is party)],
        "wrong": wrong[1] if wrong else None,
        "is_desk": is_desk(by),
        "crumbs": crumbs,
    }
    return render(request, "joining/accreditation.html", context, status=400 if wrong else 200)


def _form_of(step: Step, found: Accreditation, wrong: tuple[Step, StepForm] | None) -> StepForm:
    if wrong and wrong[0] is step:
        return wrong[1]
    return step.form(accreditation=found, auto_id=f"{step.slug}_%s")


def _shown(found: Accreditation, by: Actor, address: Callable[[Accreditation], Address]) -> dict[str, object]:
    """What the page says of a request, whoever reads it."""
    place = address(found)
    documents = [(row, place(f"documenti/{row.pk}")) for row in found.documents.in_order()]
    party = waits_for(found)
    return {
        "accreditation": found,
        "documents": documents,
        "timeline": timeline_of(Entry.objects.about(found).newest_first()),
        "waits_for": str(party) if party else "",
        "way": [(AccreditationStatus(code), code == _BESIDE.get(found.status, found.status)) for code in _WAY],
        "checks": [CHECK_WORDS[code] for code in found.checks if code in CHECK_WORDS],
    }


def _document(found: Accreditation, pk: int) -> HttpResponseBase:
    row = get_object_or_404(found.documents, pk=pk)
    return private_file(sha256=row.sha256, filename=row.filename, media_type=row.media_type)


def _for_desk(pk: int) -> Accreditation:
    return get_object_or_404(Accreditation.objects.confirmed().select_related("agent"), pk=pk)


def _desk_crumbs(found: Accreditation) -> list[tuple[str, str]]:
    return [(_("Redazione"), "/redazione/adesioni"), (_("Adesioni"), "/redazione/adesioni"), (found.name, "")]


def _address_of_desk(found: Accreditation) -> Address:
    page = reverse("desk_accreditation", args=[found.pk])
    return lambda end: f"{page}/{end}" if end else page


def _address_of_requester(found: Accreditation) -> Address:
    page = reverse("followed", args=[token_of(PAGE, found.key)])
    return lambda end: f"{page}/{end}" if end else page
