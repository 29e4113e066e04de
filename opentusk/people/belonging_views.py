"""Having an account and leaving, as pages."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from opentusk.people import belonging
from opentusk.people.actors import account_of
from opentusk.people.belonging_forms import CloseForm, ProfileForm, RegisterForm
from opentusk.people.coming_back import remember
from opentusk.people.consents import TEXTS, give_consent, withdraw_consent
from opentusk.people.errors import LastAdmin, TooManyAttempts
from opentusk.people.models import Consent
from opentusk.ui.clients import address_of


@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """Make an account with an address; the answer never tells whether there was one."""
    remember(request)
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("email", "world", "public_name")}
        try:
            belonging.register(
                **said, consents=form.consents(), language=get_language() or "it", address=address_of(request)
            )
        except TooManyAttempts as refusal:
            form.add_error(None, _("Troppi tentativi: riprova fra %(minutes)s minuti.") % {"minutes": refusal.minutes})
        else:
            return render(request, "people/link_sent.html", {"minutes": 15})
    return render(request, "people/register.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """World, public name, consents, one's data, leaving."""
    user = account_of(request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=ProfileForm.initial_of(user))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("world", "public_name")}
        belonging.change_profile(user, **said)
        for purpose in TEXTS:
            (give_consent if purpose in form.consents() else withdraw_consent)(user, purpose)
        messages.success(request, _("Salvato."))
        return redirect("profile")
    context = {"form": form, "history": Consent.objects.of(user)}
    return render(request, "people/profile.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything the portal knows of the person, as a ZIP."""
    packed = belonging.everything_zipped(account_of(request.user))
    headers = {"Content-Disposition": 'attachment; filename="i-miei-dati.zip"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@never_cache
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """Leave, after typing one's address once more."""
    user = account_of(request.user)
    form = CloseForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            belonging.leave(user)
        except LastAdmin:
            form.add_error(None, _("Sei l'unica persona che amministra il portale: prima nominane un'altra."))
        else:
            logout(request)
            messages.success(request, _("L'account è cancellato. Grazie di essere stato con noi."))
            return redirect("/")
    return render(request, "people/close_account.html", {"form": form}, status=400 if form.errors else 200)
