"""What clients say of a body beyond what the portal knows."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_manage_members, require
from opentusk.ckan_directory.models import Organization
from opentusk.journal.actors import Actor


@transaction.atomic
def keep_extras(agent: Agent, extras: Sequence[dict[str, Any]], *, by: Actor) -> None:
    """Keep the extras of a body as they came. They are no metadata of the portal, so the journal says nothing."""
    require(can_manage_members(by, agent), "change", agent.ipa_code)
    Organization.objects.update_or_create(agent=agent, defaults={"extras": list(extras)})
