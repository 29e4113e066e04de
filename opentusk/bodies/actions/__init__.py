"""Every write of the bodies room, one module for each subject."""

from opentusk.bodies.actions.agents import change_agent, ensure_agent, open_agent, remove_agent
from opentusk.bodies.actions.confirming import ask_for_confirmations
from opentusk.bodies.actions.members import (
    accept_as_newcomer,
    accept_invitation,
    add_member,
    approve_request,
    confirm_membership,
    end_membership,
    invite,
    refuse_request,
    request_membership,
    revoke_invitation,
)

__all__ = [
    "accept_as_newcomer",
    "accept_invitation",
    "add_member",
    "approve_request",
    "ask_for_confirmations",
    "change_agent",
    "confirm_membership",
    "end_membership",
    "ensure_agent",
    "invite",
    "open_agent",
    "refuse_request",
    "remove_agent",
    "request_membership",
    "revoke_invitation",
]
