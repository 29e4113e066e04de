"""Beginning to follow something, with or without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.subscriptions import actions
from opentusk.subscriptions.counts import callers_of, followers_of, programs_of
from opentusk.subscriptions.errors import SubscriptionRefusal, TooMany, UnknownScope
from opentusk.subscriptions.forms import FollowForm
from opentusk.subscriptions.scopes import checked_scope
from opentusk.ui.gates import is_too_often

_TIMES, _WINDOW = 12, 600


@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """The form of one thing to follow; sent, it asks for a confirmation or, with an account, is done."""
    user = request.user if isinstance(request.user, User) else None
    initial = {"kind": request.GET.get("kind", ""), "key": request.GET.get("key", "")}
    form = FollowForm(request.POST or None, has_account=user is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _followed(request, form, user)
    kind, key = form["kind"].value() or "", form["key"].value() or ""
    try:
        _scope, title = checked_scope(kind, key)
    except UnknownScope:
        return render(request, "subscriptions/nothing.html", status=404)
    context = {"form": form, "title": title, "back": _back(request)}
    return render(request, "subscriptions/follow.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def followers(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may change a dataset: how many follow it."""
    dataset = get_object_or_404(Dataset, pk=pk)
    if not can_edit(actor_of(request.user), dataset):
        raise Http404
    context = {"people": followers_of(dataset), "programs": programs_of(dataset), "callers": callers_of(dataset)}
    return render(request, "subscriptions/followers.html", context)


def _followed(request: HttpRequest, form: FollowForm, user: User | None) -> HttpResponse:
    said = form.cleaned_data
    too_often = is_too_often(request, "follow", times=_TIMES, seconds=_WINDOW)
    if form.is_a_program() or (too_often and user is None):
        return render(request, "subscriptions/check_mail.html", status=429 if too_often else 200)
    try:
        subscription = actions.follow(
            said["kind"],
            said["key"],
            email=said.get("email", ""),
            user=user,
            channel="inbox" if request.POST.get("inbox") and user else "mail",
            rhythm=said["rhythm"],
            language=get_language(),
        )
    except SubscriptionRefusal as refusal:
        return render(request, "subscriptions/nothing.html", {"too_many": isinstance(refusal, TooMany)}, status=404)
    if user is None:
        return render(request, "subscriptions/check_mail.html", {"title": subscription.title})
    messages.success(request, _("Segui «%(title)s»: gli avvisi sono nella pagina I miei avvisi.") % {
        "title": subscription.title
    })  # fmt: skip
    return redirect(_back(request) or "my_notices")


def _back(request: HttpRequest) -> str:
    """Where the person came from: an address of this portal only, or nothing."""
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted.startswith("/") and is_ours else ""
