"""CKAN's three capacities of a member, and the roles of the portal that they stand for."""

from collections.abc import Iterable

from opentusk.bodies.models import Membership

_ROLE = Membership.Role
_BY_ROLE = {
    _ROLE.REFERENTE: "admin",
    _ROLE.RTD: "editor",
    _ROLE.REDATTORE: "editor",
    _ROLE.REVISORE: "editor",
    _ROLE.DPO: "member",
}
# What a client gives when it says so; nobody becomes a DPO through a client.
ROLES = {"admin": _ROLE.REFERENTE, "editor": _ROLE.REDATTORE}
# The most able first.
CAPACITIES = ("admin", "editor", "member")
LABELS = {"admin": "Admin", "editor": "Editor", "member": "Member"}


def capacity_of(roles: Iterable[str]) -> str:
    """The highest capacity that some roles give."""
    found = {_BY_ROLE[_ROLE(role)] for role in roles}
    return next(capacity for capacity in CAPACITIES if capacity in found)
