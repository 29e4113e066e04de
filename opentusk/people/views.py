"""Signing in and out, and one's own account."""

import pyotp
import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.people import actions
from opentusk.people.actors import account_of
from opentusk.people.coming_back import kept_place, remember, wanted_place
from opentusk.people.errors import SignInRefused, TooManyAttempts
from opentusk.people.forms import CodeForm, LinkForm, PasswordForm, SignInForm
from opentusk.people.models import User
from opentusk.ui.clients import address_of

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; then the code, for who has a second factor."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.check_sign_in(**form.cleaned_data, address=address_of(request))
        except SignInRefused as refusal:
            form.add_error(None, _words_for(refusal))
        else:
            return _enter(request, user)
    remember(request)
    context = {"form": form, "next": wanted_place(request)}
    return render(request, "people/sign_in.html", context, status=400 if form.errors else 200)


@never_cache
def ask_link(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time link by e-mail; the answer never tells whether the account exists."""
    remember(request)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_sign_in_link(form.cleaned_data["email"], address=address_of(request))
        except TooManyAttempts as refusal:
            form.add_error(None, _words_for(refusal))
        else:
            return render(request, "people/link_sent.html", {"minutes": 15})
    return render(request, "people/ask_link.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """A button to press: mail scanners open every address, and must not use the link up."""
    if request.method != "POST":
        return render(request, "people/use_link.html")
    try:
        user = actions.use_sign_in_link(token)
    except SignInRefused:
        messages.error(request, _("Questo collegamento è scaduto o è già stato usato: chiedine un altro."))
        return redirect("ask_link")
    return _enter(request, user)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The second step, for who has a second factor."""
    user = User.objects.active().filter(pk=request.session.get("half_in", 0)).first()
    if user is None:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_code(user, form.cleaned_data["code"], address=address_of(request))
        except SignInRefused as refusal:
            form.add_error(None, _words_for(refusal))
        else:
            return _let_in(request, user)
    return render(request, "people/code.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("/")


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: password and second factor."""
    user = account_of(request.user)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user, form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("La parola d'ordine è cambiata."))
        return redirect("account")
    return render(request, "people/account.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Turn the second factor on, with an app that shows codes."""
    user = account_of(request.user)
    secret = request.session.setdefault("new_secret", pyotp.random_base32())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.turn_on_second_factor(user, secret, form.cleaned_data["code"])
        except SignInRefused as refusal:
            form.add_error("code", _words_for(refusal))
        else:
            del request.session["new_secret"]
            messages.success(request, _("Il secondo fattore è attivo: al prossimo accesso servirà anche il codice."))
            return redirect("account")
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=settings.PORTAL_TITLE)
    picture = segno.make(address, error="m").svg_inline(scale=5, omitsize=False)
    context = {"form": form, "secret": secret, "picture": picture}
    return render(request, "people/second_factor.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off."""
    actions.turn_off_second_factor(account_of(request.user))
    messages.success(request, _("Il secondo fattore è spento."))
    return redirect("account")


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    remember(request)
    if user.has_second_factor:
        request.session["half_in"] = user.pk
        return redirect("code")
    return _let_in(request, user)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    target = kept_place(request) or settings.LOGIN_REDIRECT_URL
    request.session.pop("half_in", None)
    login(request, user, backend=_BACKEND)
    actions.note_sign_in(user)
    return HttpResponseRedirect(target)


def _words_for(refusal: SignInRefused) -> str:
    if isinstance(refusal, TooManyAttempts):
        return _("Troppi tentativi: riprova fra %(minutes)s minuti.") % {"minutes": refusal.minutes}
    return _("I dati non corrispondono a nessun account: controllali, oppure chiedi un collegamento per e-mail.")
