"""Joining, for everybody: what it is, asking for it, confirming by e-mail."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from opentusk.bodies.errors import BodiesRefusal
from opentusk.bodies.models import Agent
from opentusk.bodies.tokens import key_in, token_of
from opentusk.joining import actions
from opentusk.joining.forms.requesting import JoinForm
from opentusk.joining.letters import CONFIRM, PAGE
from opentusk.joining.models import Accreditation, Agreement, Obligation, TemplateDocument
from opentusk.joining.refusals import words_for
from opentusk.joining.views.answers import private_file, show_refusal
from opentusk.kit.vocabularies.bodies import Body, find_body, search_bodies
from opentusk.people.actions import limit_attempts
from opentusk.people.errors import TooManyAttempts
from opentusk.ui.clients import address_of

_FOUND = 12


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """What joining is, who may, by which steps, with which promises."""
    obligations = Obligation.objects.in_force()
    context = {
        "agreement": Agreement.current(),
        "sides": [(label, obligations.filter(side=side)) for side, label in Obligation.Side.choices],
        "has_obligations": obligations.exists(),
        "templates": TemplateDocument.objects.offered(),
        "crumbs": [(_("Adesione degli enti"), "")],
    }
    return render(request, "joining/agreement.html", context)


@require_safe
def template_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document to fill in; an older version stays at its address."""
    found = get_object_or_404(TemplateDocument, pk=pk)
    return private_file(sha256=found.sha256, filename=found.filename, media_type=found.media_type)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The piece of the page with the bodies that a text finds."""
    return render(request, "joining/found.html", _found(request))


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Find the body, then say who asks for it."""
    chosen = find_body(request.POST.get("code") or request.GET.get("ente") or "")
    is_other = (request.POST.get("soggetto") or request.GET.get("soggetto")) == "altro"
    crumbs = [(_("Adesione degli enti"), "/adesione"), (_("Chiedi di aderire"), "")]
    if chosen is None and not is_other:
        return render(request, "joining/find.html", {**_found(request), "crumbs": crumbs})
    body = None if is_other else chosen
    form = _form(request, body)
    if request.method == "POST" and form.is_valid() and (answer := _asked(request, form)) is not None:
        return answer
    context = {"form": form, "body": body, "refusal": _refused_already(body), "crumbs": crumbs}
    return render(request, "joining/ask.html", context, status=400 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    return render(
        request, "joining/asked.html", {"crumbs": [(_("Adesione degli enti"), "/adesione"), (_("Posta"), "")]}
    )


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button to press: mail scanners open every address, and must confirm nothing."""
    key = key_in(CONFIRM, token)
    found = Accreditation.objects.filter(key=key).first() if key else None
    if found is None:
        return render(request, "joining/confirm_gone.html", status=404)
    if request.method == "POST":
        try:
            actions.confirm_request(found)
        except BodiesRefusal as refusal:
            messages.error(request, words_for(refusal))
            return redirect("agreement")
        messages.success(request, _("Richiesta confermata: la redazione l'ha ricevuta."))
        return redirect("followed", token=token_of(PAGE, found.key))
    return render(request, "joining/confirm.html", {"accreditation": found})


def _found(request: HttpRequest) -> dict[str, Any]:
    text = request.GET.get("cerca", "").strip()
    bodies = search_bodies(text, _FOUND) if len(text) > 1 else []
    codes = [body.code for body in bodies]
    joined = dict(
        Agent.objects.joined()
        .exclude(status=Agent.Status.ENDED)
        .filter(ipa_code__in=codes)
        .values_list("ipa_code", "slug")
    )
    return {"text": text, "found": [(body, joined.get(body.code)) for body in bodies]}


def _form(request: HttpRequest, body: Body | None) -> JoinForm:
    initial = {"code": body.code, "name": body.name} if body else {}
    return JoinForm(request.POST if request.method == "POST" else None, is_in_ipa=body is not None, initial=initial)


def _refused_already(body: Body | None) -> str:
    """Told before the form is filled in, not after."""
    if body is None:
        return ""
    try:
        actions.refuse_if_taken(body.code, body.name)
    except BodiesRefusal as refusal:
        return words_for(refusal)
    return ""


def _asked(request: HttpRequest, form: JoinForm) -> HttpResponse | None:
    """Where a request that was taken leads; None when it was refused, with the reason in the form."""
    if form.is_of_a_program:
        return redirect("asked")
    try:
        limit_attempts(f"join:{form.cleaned_data['requester_email']}", address=address_of(request))
        actions.request_accreditation(form.value())
    except TooManyAttempts as refusal:
        words = _("Troppe richieste in poco tempo: riprova fra %(minutes)s minuti.")
        form.add_error(None, words % {"minutes": refusal.minutes})
    except BodiesRefusal as refusal:
        show_refusal(form, refusal)
    else:
        return redirect("asked")
    return None


def accreditation_of(token: str) -> Accreditation:
    """The confirmed request whose secret page this is, or 404."""
    key = key_in(PAGE, token)
    if key is None:
        raise Http404
    return get_object_or_404(Accreditation.objects.confirmed().select_related("agent"), key=key)
