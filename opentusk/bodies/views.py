"""Who works for a body: the referente's page, invitations, requests to be let in."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies import actions
from opentusk.bodies.doors import refusing
from opentusk.bodies.errors import BodiesRefusal, NotAllowed
from opentusk.bodies.forms import AskForm, InviteForm
from opentusk.bodies.letters import INVITATION
from opentusk.bodies.models import Agent, Invitation, Membership, MembershipRequest
from opentusk.bodies.permissions import can_manage_members, is_desk
from opentusk.bodies.refusals import words_for
from opentusk.bodies.tokens import key_in
from opentusk.people.actors import account_of, actor_of
from opentusk.people.models import User


@never_cache
@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Where one is after signing in: at the desk, if there is any work there, otherwise at home."""
    is_at_work = Membership.objects.current().filter(user=account_of(request.user)).exists()
    return redirect("/scrivania" if is_at_work or is_desk(actor_of(request.user)) else "/")


@never_cache
@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of a body for those who decide; for others, their own roles and the way to ask for one."""
    return _page(request, get_object_or_404(Agent, slug=slug))


@never_cache
@require_POST
@login_required
@refusing
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Send an invitation, or send it again."""
    agent = get_object_or_404(Agent, slug=slug)
    form = InviteForm(request.POST, auto_id="invito_%s")
    if form.is_valid():
        email, role = form.cleaned_data["email"], Membership.Role(form.cleaned_data["role"])
        try:
            actions.invite(agent, email=email, role=role, by=actor_of(request.user))
        except NotAllowed:
            raise
        except BodiesRefusal as refusal:
            form.add_error("email", words_for(refusal))
        else:
            messages.success(request, _("L'invito è partito: vale 14 giorni."))
            return redirect("people_of_body", slug=slug)
    return _page(request, agent, wrong=form)


@never_cache
@require_POST
@login_required
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to work for the body."""
    agent = get_object_or_404(Agent.objects.active(), slug=slug)
    form = AskForm(request.POST, auto_id="chiedi_%s")
    if form.is_valid():
        role, message = Membership.Role(form.cleaned_data["role"]), form.cleaned_data["message"]
        try:
            actions.request_membership(agent, account_of(request.user), role=role, message=message)
        except BodiesRefusal as refusal:
            form.add_error("role", words_for(refusal))
        else:
            messages.success(request, _("La richiesta è partita: chi risponde per l'ente ti farà sapere."))
            return redirect("people_of_body", slug=slug)
    return _page(request, agent, wrong=form)


@never_cache
@require_POST
@login_required
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a role away, or leave it."""
    found = get_object_or_404(Membership.objects.current().select_related("agent"), agent__slug=slug, pk=pk)
    done = _("Il ruolo è finito.")
    return _decided(request, slug, lambda: actions.end_membership(found, by=actor_of(request.user)), done)


@never_cache
@require_POST
@login_required
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm a person for another year."""
    found = get_object_or_404(Membership.objects.current().select_related("agent"), agent__slug=slug, pk=pk)
    done = _("Confermato per un altro anno.")
    return _decided(request, slug, lambda: actions.confirm_membership(found, by=actor_of(request.user)), done)


@never_cache
@require_POST
@login_required
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(Invitation.objects.select_related("agent"), agent__slug=slug, pk=pk)
    done = _("L'invito è ritirato.")
    return _decided(request, slug, lambda: actions.revoke_invitation(found, by=actor_of(request.user)), done)


@never_cache
@require_POST
@login_required
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a person in."""
    found = get_object_or_404(MembershipRequest.objects.select_related("agent", "user"), agent__slug=slug, pk=pk)
    done = _("La richiesta è accolta.")
    return _decided(request, slug, lambda: actions.approve_request(found, by=actor_of(request.user)), done)


@never_cache
@require_POST
@login_required
def refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Do not let a person in."""
    found = get_object_or_404(MembershipRequest.objects.select_related("agent", "user"), agent__slug=slug, pk=pk)
    done = _("La richiesta non è accolta.")
    return _decided(request, slug, lambda: actions.refuse_request(found, by=actor_of(request.user)), done)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: a button to press, by the right person."""
    key = key_in(INVITATION, token)
    usable = Invitation.objects.usable(timezone.now()).select_related("agent")
    found = usable.filter(key=key).first() if key else None
    if found is None:
        return render(request, "bodies/invitation_gone.html", status=404)
    has_account = User.objects.filter(email=found.email).exists()
    if request.method == "POST":
        return _accept(request, found, has_account=has_account)
    context = {"invitation": found, "has_account": has_account, "address": request.path}
    return render(request, "bodies/invitation.html", context)


def _accept(request: HttpRequest, found: Invitation, *, has_account: bool) -> HttpResponse:
    if has_account and not request.user.is_authenticated:
        return redirect(f"/accedi?next={request.path}")
    try:
        if request.user.is_authenticated:
            actions.accept_invitation(found, account_of(request.user))
            target = "/scrivania"
        else:
            target = f"{actions.accept_as_newcomer(found)}?next=/scrivania"
    except BodiesRefusal as refusal:
        messages.error(request, words_for(refusal))
        return redirect(request.path)
    messages.success(request, _("Invito accettato: ora lavori per %(name)s.") % {"name": found.agent.name})
    return redirect(target)


def _decided(request: HttpRequest, slug: str, decide: Callable[[], object], done: str) -> HttpResponse:
    try:
        decide()
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.action) from refusal
    except BodiesRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, done)
    return redirect("people_of_body", slug=slug)


def _page(request: HttpRequest, agent: Agent, wrong: InviteForm | AskForm | None = None) -> HttpResponse:
    by, user = actor_of(request.user), account_of(request.user)
    manages = can_manage_members(by, agent)
    members = Membership.objects.current().filter(agent=agent).by_role()
    limit = timezone.now() - timedelta(days=settings.MEMBERSHIP_DAYS)
    context = {
        "agent": agent,
        "manages": manages,
        "members": [(row, row.confirmed_at < limit) for row in members] if manages else [],
        "own": [row for row in members if row.user_id == user.pk],
        "invitations": agent.invitations.waiting().order_by("created_at", "pk") if manages else [],
        "requests": agent.membership_requests.waiting().select_related("user") if manages else [],
        "asked": agent.membership_requests.waiting().filter(user=user),
        "invite_form": wrong if isinstance(wrong, InviteForm) else InviteForm(auto_id="invito_%s"),
        "ask_form": wrong if isinstance(wrong, AskForm) else AskForm(auto_id="chiedi_%s"),
        "wrong": wrong,
        "now": timezone.now(),
        "crumbs": [(_("Enti"), "/enti"), (agent.name, f"/enti/{agent.slug}"), (_("Persone"), "")],
    }
    return render(request, "bodies/people.html", context, status=400 if wrong else 200)
