"""From an account, or from nobody, to the actor of an action."""

from django.contrib.auth.models import AnonymousUser

from opentusk.journal.actors import ANONYMOUS, Actor, ActorKind
from opentusk.people.models import User


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor that a signed-in person is; `ANONYMOUS` for everybody else.

    The label never holds the person's name: it may be shown to everybody in a dataset's history.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    label = "redazione regionale" if user.is_editor else "redazione dell'ente"
    return Actor(ActorKind.PERSON, f"people.user:{user.pk}", label, user.pk)


def person_behind(by: Actor) -> User | None:
    """The account in use that an actor acts with; None for nobody, the portal, a source, and who left."""
    return User.objects.active().filter(pk=by.user_id).first() if by.user_id is not None else None


def account_of(user: User | AnonymousUser) -> User:
    """The account of whoever sends a request behind `login_required`."""
    if not isinstance(user, User):
        raise TypeError("login_required let an anonymous request through")
    return user
