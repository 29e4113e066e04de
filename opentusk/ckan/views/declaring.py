"""The declaration of a key: what its owner signs once for all that programs write with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.ckan import actions
from opentusk.ckan.actions.declaring import standing_declaration
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.forms import DeclarationForm
from opentusk.editorial.refusals import words_for
from opentusk.people.actors import actor_of
from opentusk.people.models import ApiToken


@never_cache
@login_required
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions, with the answers that hold now."""
    token = _own(request, pk)
    signed = standing_declaration(token)
    form = DeclarationForm(request.POST or None, initial=DeclarationForm.initial_of(signed.answers) if signed else {})
    if request.method == "POST" and form.is_valid() and _is_signed(token, form, request):
        messages.success(request, _("Dichiarazione firmata: vale per ciò che la chiave scrive da adesso."))
        return redirect("tokens")
    context = {
        "token": token,
        "standing": signed,
        "form": form,
        "crumbs": [(_("Il tuo account"), "/profilo"), (_("Chiavi per programmi"), "/profilo/chiavi"), (token.name, "")],
    }
    return render(request, "ckan/standing.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on what the key writes waits for a signature again."""
    actions.revoke_standing_declaration(_own(request, pk), by=actor_of(request.user))
    messages.success(request, _("La dichiarazione non vale più: ciò che la chiave scrive aspetta una firma."))
    return redirect("standing_declaration", pk)


def _own(request: HttpRequest, pk: int) -> ApiToken:
    """A key of one's own that still opens, and may publish."""
    tokens = ApiToken.objects.usable(timezone.now()).filter(user=request.user.pk, scope=ApiToken.Scope.PUBLISH)
    return get_object_or_404(tokens, pk=pk)


def _is_signed(token: ApiToken, form: DeclarationForm, request: HttpRequest) -> bool:
    try:
        actions.sign_standing_declaration(token, form.answers(), by=actor_of(request.user))
    except Unanswered as refusal:
        form.show_refused(refusal)
        form.add_error(None, words_for(refusal))
        return False
    return True
