"""Who may do what with a comment."""

from opentusk.bodies.permissions import is_desk
from opentusk.comments.models import Comment
from opentusk.journal.actors import Actor
from opentusk.people.models import RoleGrant
from opentusk.people.roles import has_role


def can_moderate(by: Actor) -> bool:
    """Whether the actor hides, restores and answers reports: the desk, and whoever moderates."""
    return is_desk(by) or has_role(by, RoleGrant.Role.MODERATOR)


def is_author(by: Actor, comment: Comment) -> bool:
    """Whether the actor wrote it."""
    return by.user_id is not None and by.user_id == comment.author_id
