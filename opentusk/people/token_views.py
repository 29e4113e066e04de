"""One's own keys for programs."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.people.actors import actor_of
from opentusk.people.forms import TokenForm
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token, revoke_token


@never_cache
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """The keys there are, and a form for a new one; the new key is shown here, once."""
    user = User.objects.get(pk=request.user.pk)
    form, key = TokenForm(request.POST or None, initial={"scope": ApiToken.Scope.DRAFTS}), ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        _token, key = make_token(
            user,
            name=chosen["name"],
            scope=ApiToken.Scope(chosen["scope"]),
            ipa_code=chosen["ipa_code"],
            expires_at=timezone.now() + timedelta(days=chosen["days"]),
        )
        form = TokenForm(initial={"scope": ApiToken.Scope.DRAFTS})
    context = {
        "form": form,
        "key": key,
        "tokens": user.tokens.newest_first(),
        "now": timezone.now(),
        "crumbs": [(_("Il tuo account"), "/profilo"), (_("Chiavi per programmi"), "")],
    }
    return render(request, "people/tokens.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the door to a program."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user.pk)
    revoke_token(token, by=actor_of(User.objects.get(pk=request.user.pk)))
    messages.success(request, _("La chiave non apre più."))
    return redirect("tokens")
