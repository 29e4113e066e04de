"""The newsletter: written at the desk, read in the archive, ended without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from opentusk.community import actions
from opentusk.community.errors import BadLink
from opentusk.community.forms import NewsletterForm
from opentusk.community.models import Newsletter
from opentusk.community.permissions import can_write_newsletters
from opentusk.community.refusals import REFUSALS, words_for
from opentusk.people.actors import actor_of


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every newsletter that was sent."""
    context = {"newsletters": Newsletter.objects.sent(), "crumbs": [(_("Newsletter"), "")]}
    return render(request, "community/archive.html", context)


@require_safe
def newsletter(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was sent."""
    found = get_object_or_404(Newsletter.objects.sent(), pk=pk)
    context = {"newsletter": found, "crumbs": [(_("Newsletter"), "/newsletter"), (found.subject, "")]}
    return render(request, "community/newsletter.html", context)


@never_cache
@csrf_exempt
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End it: in one POST of the mail programme (RFC 8058), or with a button; no account is asked for."""
    if request.method != "POST":
        return render(request, "community/unsubscribe.html", {"is_done": False})
    try:
        actions.unsubscribe(token)
    except BadLink as fault:
        raise Http404 from fault
    return render(request, "community/unsubscribe.html", {"is_done": True})


@never_cache
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The newsletters of the desk, and a new one."""
    return _write(request, None)


@never_cache
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: changed, looked at, tried, sent; one that was sent is only looked at."""
    return _write(request, get_object_or_404(Newsletter, pk=pk))


@login_required
@require_POST
def send(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Try it on oneself, or send it."""
    found, by = get_object_or_404(Newsletter, pk=pk), actor_of(request.user)
    _ask(request)
    try:
        if what == "prova":
            actions.try_newsletter(found, by=by)
            messages.success(request, _("Te l'abbiamo mandata: guarda la tua posta."))
        elif what == "invia":
            actions.begin_sending(found, by=by)
            messages.success(request, _("L'invio è cominciato: va solo a chi ha dato il consenso."))
        else:
            raise Http404
    except REFUSALS as refusal:
        messages.error(request, words_for(refusal))
    return redirect("write_newsletter", pk)


def _write(request: HttpRequest, found: Newsletter | None) -> HttpResponse:
    _ask(request)
    initial = {"subject": found.subject, "body": found.body} if found else {}
    form = NewsletterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            saved = actions.save_newsletter(found, by=actor_of(request.user), **typed)
        except REFUSALS as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Salvata."))
            return redirect("write_newsletter", saved.pk)
    others = Newsletter.objects.order_by("-created_at")[:50]
    context = {
        "newsletter": found,
        "form": form,
        "others": others,
        "is_draft": found is None or found.state == Newsletter.State.DRAFT,
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Newsletter"), "")],
    }
    return render(request, "community/write_newsletter.html", context, status=400 if form.errors else 200)


def _ask(request: HttpRequest) -> None:
    if not can_write_newsletters(actor_of(request.user)):
        raise PermissionDenied("newsletter")
