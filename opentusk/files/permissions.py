"""Who may give files for a body, and who may read a version."""

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import can_decide_privacy_for, can_write_for
from opentusk.files.errors import NotAllowed
from opentusk.files.models import FileVersion, Upload
from opentusk.journal.actors import Actor


def can_give_for(by: Actor, agent: Agent) -> bool:
    """Whether the actor may give files for this body."""
    return can_write_for(by, agent)


def can_release(by: Actor, version: FileVersion) -> bool:
    """What nothing holds any more is released by whoever lifted the last hold: also by who decided on privacy."""
    agent = version.series.agent
    return can_write_for(by, agent) or can_decide_privacy_for(by, agent)


def can_read(by: Actor, version: FileVersion) -> bool:
    """Public versions are everybody's; the others are for the body's people, and whoever decides on personal data."""
    return version.is_public or can_release(by, version)


def can_go_on_with(by: Actor, upload: Upload) -> bool:
    """An upload is of who began it, as long as that person works for the body."""
    return by.user_id is not None and by.user_id == upload.user_id and can_write_for(by, upload.agent)


def require(allowed: bool, action: str, subject: object) -> None:
    """Raises NotAllowed, with what was asked and on what."""
    if not allowed:
        raise NotAllowed(action=action, subject=str(subject))
