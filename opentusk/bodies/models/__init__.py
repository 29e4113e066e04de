"""Rows of the bodies room."""

from opentusk.bodies.models.agents import Agent, AgentQuerySet
from opentusk.bodies.models.members import Invitation, Membership, MembershipQuerySet, MembershipRequest

__all__ = ["Agent", "AgentQuerySet", "Invitation", "Membership", "MembershipQuerySet", "MembershipRequest"]
