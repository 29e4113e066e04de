"""The console of webhooks: made, tried, watched, replayed, rotated, ended."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.outbound.errors import Reason
from opentusk.subscriptions.actions import webhooks as actions
from opentusk.subscriptions.errors import BadAddress, BadLink, SubscriptionRefusal
from opentusk.subscriptions.forms import WebhookForm
from opentusk.subscriptions.links import subscriber_of
from opentusk.subscriptions.models import Subscriber, Webhook
from opentusk.ui.gates import trying_out

_SHOWN = 50


@never_cache
def console(request: HttpRequest, token: str) -> HttpResponse:
    """One's webhooks, and a form for a new one; its secret is shown in the answer that makes it, and never again."""
    subscriber = _subscriber(token)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.make_webhook(
                subscriber, url=said["url"], kind=said["kind"], key=said["key"], is_full=said["is_full"]
            )
            return _show(request, token, WebhookForm(), told=(made, made.secrets(timezone.now())[0]))
        except BadAddress as refusal:
            form.add_error("url", str(Reason(refusal.code).label))
        except SubscriptionRefusal:
            form.add_error("key", _("Qui non c'è niente di pubblico con questo nome."))
    return _show(request, token, form)


def _show(
    request: HttpRequest, token: str, form: WebhookForm, *, told: tuple[Webhook, str] | None = None
) -> HttpResponse:
    """The page; `told` is a webhook with the secret that was made now."""
    webhooks = _subscriber(token).webhooks.order_by("pk")
    context = {
        "form": form,
        "token": token,
        "told": told,
        "webhooks": [(hook, hook.messages.newest_first()[:_SHOWN]) for hook in webhooks],
        "crumbs": [(_("I miei avvisi"), f"/avvisi/{token}"), ("Webhook", "")],
    }
    return render(request, "subscriptions/webhooks.html", context, status=400 if form.errors else 200)


@never_cache
@require_POST
def act(request: HttpRequest, token: str, uuid: str) -> HttpResponse:
    """Test, replay, rotate, switch on or end one webhook, as the button that was pressed says."""
    webhook = get_object_or_404(_subscriber(token).webhooks.select_related("subscriber"), uuid=uuid)
    match request.POST.get("step", ""):
        case "test":
            _tell_test(request, webhook)
        case "rotate":
            return _show(request, token, WebhookForm(), told=(webhook, actions.rotate_secret(webhook)))
        case "on":
            actions.switch_on(webhook)
            messages.success(request, _("Riacceso: rimandiamo ciò che aspettava."))
        case "replay":
            _replay(request, webhook)
        case "end":
            actions.delete_webhook(webhook)
            messages.success(request, _("Webhook cancellato."))
    return redirect("webhooks", token)


def _tell_test(request: HttpRequest, webhook: Webhook) -> None:
    with trying_out(request):
        told = actions.send_test(webhook)
    if told["ok"]:
        messages.success(request, _("Ha risposto %(status)s in %(ms)s millisecondi.") % told)
    else:
        fault = str(Reason(told["fault"]).label) if told["fault"] in Reason.values else str(told["status"])
        messages.warning(request, _("La prova non è arrivata: %(fault)s") % {"fault": fault})


def _replay(request: HttpRequest, webhook: Webhook) -> None:
    """One event by its number, or everything of the last days."""
    number, days = request.POST.get("seq", ""), request.POST.get("days", "")
    if number.isdecimal():
        count = actions.replay(webhook, seq=int(number[:18]))
    else:
        since = timezone.now() - timedelta(days=min(int(days[:2]) if days.isdecimal() else 1, 30))
        count = actions.replay(webhook, since=since)
    messages.success(request, _("Eventi da rimandare: %(count)s. Partono entro un minuto.") % {"count": count})


def _subscriber(token: str) -> Subscriber:
    try:
        return subscriber_of(token)
    except BadLink as fault:
        raise Http404 from fault
