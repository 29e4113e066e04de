"""Who may see and change what through this door: the portal's own rights, within the limits of the key."""

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import is_portal_admin
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_create, can_edit
from opentusk.ckan.accounts import account_name
from opentusk.ckan.errors import NotAuthorizedFault
from opentusk.ckan.protocol import Call


def is_sysadmin(call: Call) -> bool:
    """Whether whoever calls runs the portal, with a key that is not for one body alone."""
    return not (call.token and call.token.ipa_code) and is_portal_admin(call.actor)


def may_edit(call: Call, dataset: Dataset) -> bool:
    """Whether this is one of the caller's own datasets, and of the key's body."""
    return is_of_key(call, dataset.rights_holder) and can_edit(call.actor, dataset)


def may_read(call: Call, dataset: Dataset) -> bool:
    """Public datasets are everybody's; drafts and tombstones are for those who may change them."""
    return dataset.is_published or may_edit(call, dataset)


def may_write_for(call: Call, holder: Agent) -> bool:
    """Whether the caller may make datasets of this body."""
    return is_of_key(call, holder) and can_create(call.actor, holder)


def require_writing_for(call: Call, holder: Agent) -> None:
    """Raises NotAuthorizedFault when the caller may make no datasets of this body."""
    if not may_write_for(call, holder):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to add dataset to this organization")


def require_publishing(call: Call, what: str) -> None:
    """Raises NotAuthorizedFault for a key that only prepares: what is public would change at once."""
    if call.token and not call.token.may_publish:
        raise NotAuthorizedFault(f"This API token prepares drafts only: it may not {what} public data")


def user_name(call: Call) -> str:
    """What CKAN would call the caller in a sentence; never an e-mail address."""
    return account_name(call.user) if call.user else ""


def is_of_key(call: Call, holder: Agent) -> bool:
    """Whether the key, if there is one, is good for this body."""
    return call.token is None or call.token.may_touch(holder.ipa_code)
