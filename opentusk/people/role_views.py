"""Roles of the programme, for whoever runs the portal: who has one, giving it, taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.journal.actors import Actor
from opentusk.journal.subjects import card_of
from opentusk.people.actors import actor_of
from opentusk.people.appointments import APPOINTED, appoint, dismiss
from opentusk.people.errors import UnknownAccount
from opentusk.people.forms import RoleForm
from opentusk.people.models import RoleGrant
from opentusk.people.permissions import is_portal_admin

_A_PAGE = 30


@never_cache
@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """Who has a role now, found by address; and a form that gives one."""
    by, text = _admin(request), request.GET.get("q", "").strip()
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"email": text})
    if request.method == "POST" and form.is_valid() and (grant := _given(form, by)):
        messages.success(
            request,
            _("%(email)s ha l'incarico: %(role)s.") % {"email": grant.user.email, "role": grant.get_role_display()},
        )
        return redirect("roles")
    found = RoleGrant.objects.valid().of_address(text).by_address()
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "text": text,
        "page": page,
        "rows": [(grant, card_of(grant.scope) if grant.scope else None, grant.role in APPOINTED) for grant in page],
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Incarichi"), "")],
    }
    return render(request, "people/roles.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back."""
    by = _admin(request)
    grant = get_object_or_404(RoleGrant.objects.valid(), pk=pk, role__in=APPOINTED)
    dismiss(grant, by=by)
    messages.success(
        request,
        _("%(email)s non ha più l'incarico: %(role)s.") % {"email": grant.user.email, "role": grant.get_role_display()},
    )
    return redirect("roles")


def _admin(request: HttpRequest) -> Actor:
    by = actor_of(request.user)
    if not is_portal_admin(by):
        raise PermissionDenied("roles")
    return by


def _given(form: RoleForm, by: Actor) -> RoleGrant | None:
    """The role, or nothing when nobody has this address: the form then says so."""
    said = form.cleaned_data
    try:
        return appoint(said["email"], RoleGrant.Role(said["role"]), by=by, scope=said["scope"])
    except UnknownAccount as refusal:
        form.add_error(
            "email",
            _("Nessun account ha l'indirizzo %(email)s: chiedi alla persona di registrarsi, poi torna qui.")
            % {"email": refusal.email},
        )
        return None
