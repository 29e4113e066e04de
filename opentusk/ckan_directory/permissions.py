"""Who may do what through this room: the portal's own rights, within the limits of the key, told in CKAN's words."""

from dataclasses import dataclass

from opentusk.bodies.models import Agent, Membership
from opentusk.bodies.permissions import can_manage_members, is_desk
from opentusk.ckan.errors import NotAuthorizedFault
from opentusk.ckan.permissions import is_of_key, is_sysadmin
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.people import user_name
from opentusk.people.models import User


def signed_in(call: Call, action: str) -> User:
    """Whoever calls. Raises NotAuthorizedFault for nobody."""
    if call.user is None:
        raise NotAuthorizedFault(f"Action {action} requires an authenticated user")
    return call.user


def require_sysadmin(call: Call, action: str, what: str) -> User:
    """Whoever runs the portal, with a key for everything. Raises NotAuthorizedFault for the others."""
    user = signed_in(call, action)
    if not (is_sysadmin(call) and has_whole_key(call)):
        raise NotAuthorizedFault(f"User {user_name(user)} not authorized to {what}")
    return user


def require_desk(call: Call, action: str, what: str) -> User:
    """Whoever works at the regional desk, with a key for everything."""
    user = signed_in(call, action)
    if not (is_at_desk(call) and has_whole_key(call)):
        raise NotAuthorizedFault(f"User {user_name(user)} not authorized to {what}")
    return user


def require_running(call: Call, action: str, agent: Agent, what: str) -> User:
    """Whoever says who works for a body and what is said of it: its referente, or the desk."""
    user = signed_in(call, action)
    if not (is_of_key(call, agent) and has_whole_key(call) and can_manage_members(call.actor, agent)):
        raise NotAuthorizedFault(f"User {user_name(user)} not authorized to {what} {agent.uuid}")
    return user


def is_at_desk(call: Call) -> bool:
    """Whether the caller looks after the whole portal, with a key that is not for one body alone."""
    return not (call.token and call.token.ipa_code) and is_desk(call.actor)


def may_see_members(call: Call, agent: Agent) -> bool:
    """Whether the caller may know who works for a body: its own people and the desk."""
    if call.user is None or not is_of_key(call, agent):
        return False
    return is_at_desk(call) or Membership.objects.valid().filter(user=call.user, agent=agent).exists()


@dataclass(frozen=True)
class Sight:
    """Of whom the caller may know more than a number: everybody, or oneself and one's colleagues."""

    user_id: int | None
    is_everywhere: bool
    is_admin: bool
    colleagues: frozenset[int]

    def knows(self, user: User) -> bool:
        """Whether the caller may read this person's name."""
        return self.is_everywhere or user.pk == self.user_id or user.pk in self.colleagues

    def knows_address(self, user: User) -> bool:
        """Whether the caller may read this person's e-mail address."""
        return self.is_admin or user.pk == self.user_id


def sight_of(call: Call) -> Sight:
    """What the caller may know of persons."""
    if call.user is None:
        return Sight(None, False, False, frozenset())
    bodies = Membership.objects.valid().filter(user=call.user).values("agent")
    colleagues = Membership.objects.valid().filter(agent__in=bodies).values_list("user", flat=True)
    return Sight(call.user.pk, is_at_desk(call), is_sysadmin(call), frozenset(colleagues))


def has_whole_key(call: Call) -> bool:
    """Whether the key may do more than prepare drafts."""
    return call.token is None or call.token.may_publish
