"""Everything that one follows: for who signed in, and for who has only the address of a letter."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opentusk.notices.models import Event
from opentusk.people.actors import account_of
from opentusk.subscriptions import actions
from opentusk.subscriptions.content import events_in, part_of, readable
from opentusk.subscriptions.errors import BadLink
from opentusk.subscriptions.forms import TuneForm, tune_form
from opentusk.subscriptions.links import subscriber_of, token_of
from opentusk.subscriptions.models import InboxNotice, ScopeKind, Subscriber, Subscription
from opentusk.subscriptions.saying import digest_of, week_lines, with_more
from opentusk.subscriptions.scopes import address_of, kind_of

_SHOWN_DELIVERIES = 30
_SHOWN_NOTICES = 100
_TRIED_DAYS = timedelta(days=30)


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The page of who signed in."""
    subscriber = Subscriber.objects.filter(user=request.user.pk).first()
    if subscriber is None:
        return render(request, "subscriptions/mine.html", {"subscriber": None, "crumbs": _crumbs()})
    return _page(request, subscriber)


@never_cache
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The page of who comes from a letter."""
    return _page(request, _subscriber(token))


@never_cache
def confirm(request: HttpRequest, token: str, uuid: str) -> HttpResponse:
    """A button to press: mail scanners open every address, and must not confirm anything."""
    subscriber = _subscriber(token)
    subscription = get_object_or_404(subscriber.subscriptions, uuid=uuid)
    if request.method == "POST":
        actions.confirm(subscriber, str(subscription.uuid))
        messages.success(request, _("Confermato: da adesso ti avvisiamo."))
        return redirect("notices_by_letter", token)
    return render(request, "subscriptions/confirm.html", {"subscription": subscription})


@never_cache
@csrf_exempt
def unsubscribe_all(request: HttpRequest, token: str) -> HttpResponse:
    """End everything: in one POST of the mail programme (RFC 8058), or with a button."""
    try:
        subscriber = subscriber_of(token)
    except BadLink:
        # Pressed twice, or the address is gone already: that is what was wanted.
        return render(request, "subscriptions/gone.html")
    if request.method == "POST":
        actions.unsubscribe_all(subscriber)
        return render(request, "subscriptions/gone.html")
    return render(request, "subscriptions/unsubscribe.html", {"subscriber": subscriber, "token": token})


@require_POST
def change(request: HttpRequest, token: str, uuid: str) -> HttpResponse:
    """Tune, pause, resume or end one subscription, as the button that was pressed says."""
    subscription = get_object_or_404(_subscriber(token).subscriptions.select_related("subscriber"), uuid=uuid)
    match request.POST.get("step", ""):
        case "end":
            actions.unsubscribe(subscription)
            messages.success(request, _("Non la segui più."))
        case "pause":
            actions.pause(subscription)
        case "resume":
            actions.resume(subscription)
        case _:
            form = TuneForm(request.POST, is_work=subscription.is_work)
            if form.is_valid():
                said = form.cleaned_data
                actions.change(subscription, rhythm=said["rhythm"], families=form.bits(), is_quiet=said["is_quiet"])
                messages.success(request, _("Salvato."))
    if not Subscriber.objects.filter(pk=subscription.subscriber_id).exists():
        return render(request, "subscriptions/gone.html")
    return redirect("my_notices") if request.user.is_authenticated else redirect("notices_by_letter", token)


@require_POST
def speak(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the language of one's letters."""
    subscriber = _subscriber(token)
    if request.POST.get("language") in dict(settings.LANGUAGES):
        actions.speak(subscriber, request.POST["language"])
        messages.success(request, _("Salvato."))
    return redirect("my_notices") if request.user.is_authenticated else redirect("notices_by_letter", token)


@require_POST
def write_again(request: HttpRequest, token: str) -> HttpResponse:
    """The address takes letters again."""
    actions.write_again(_subscriber(token))
    messages.success(request, _("Da adesso ti scriviamo di nuovo."))
    return redirect("my_notices") if request.user.is_authenticated else redirect("notices_by_letter", token)


@never_cache
def trial(request: HttpRequest, token: str, uuid: str) -> HttpResponse:
    """What this subscription would have told in the last month."""
    subscription = get_object_or_404(_subscriber(token).subscriptions.select_related("subscriber"), uuid=uuid)
    since = Event.objects.filter(at__gte=timezone.now() - _TRIED_DAYS).order_by("seq").values_list("seq", flat=True)
    first, last = since.first() or 0, since.last() or 0
    reader = subscription.subscriber.user_id
    events = events_in(part_of(subscription, first, last, user=reader, is_letter=subscription.channel == "mail"))
    week = week_lines(reader or 0, subscription.scope_key) if subscription.scope_kind == ScopeKind.WEEK else ()
    context = {"subscription": subscription, "digest": with_more(digest_of(events), list(week)), "token": token}
    return render(request, "subscriptions/trial.html", context)


@never_cache
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """The notices of an account: unread first; pressing the button marks them as seen."""
    found = InboxNotice.objects.filter(subscriber__user=request.user.pk).select_related("dataset__rights_holder")
    if request.method == "POST":
        chosen = found.unread()
        if request.POST.get("notice", "").isdecimal():
            chosen = chosen.filter(pk=request.POST["notice"])
        actions.mark_done(list(chosen))
        return redirect("inbox")
    notices = list(found.order_by("done_at", "-created_at")[:_SHOWN_NOTICES])
    numbers = {number for notice in notices for number in notice.events}
    events = readable(account_of(request.user).pk, numbers)
    lines = [(notice, digest_of(events[seq] for seq in notice.events if seq in events)) for notice in notices]
    context = {
        "lines": [(notice, digest) for notice, digest in lines if notice.words or not digest.is_empty],
        "unread": found.unread().count(),
        "crumbs": [*_crumbs(), (_("Posta"), "")],
    }
    return render(request, "subscriptions/inbox.html", context)


def _page(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    subscriptions: list[Subscription] = list(subscriber.subscriptions.filter(carried_to="").newest_first())
    context = {
        "subscriber": subscriber,
        "token": token_of(subscriber),
        "rows": [(row, address_of(row), kind_of(row), tune_form(row)) for row in subscriptions],
        "deliveries": subscriber.deliveries.of_something().order_by("-created_at")[:_SHOWN_DELIVERIES],
        "languages": settings.LANGUAGES,
        "crumbs": _crumbs(),
    }
    return render(request, "subscriptions/mine.html", context)


def _subscriber(token: str) -> Subscriber:
    try:
        return subscriber_of(token)
    except BadLink as fault:
        raise Http404 from fault


def _crumbs() -> list[tuple[str, str]]:
    return [(_("I miei avvisi"), "/avvisi")]
