"""Who is calling: the owner of a key, within the limits of the key."""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.feeding.errors import NotAllowed, UnknownDataset
from opentusk.journal.actors import Actor
from opentusk.people.models import ApiToken
from opentusk.people.tokens import actor_of_token, find_token


@dataclass(frozen=True)
class Caller:
    """The actor of a call, and what its key allows."""

    token: ApiToken
    actor: Actor

    def require_body(self, holder: Agent) -> None:
        """Raises NotAllowed when the key is for another body; the owner's own rights are checked by the actions."""
        if not self.token.may_touch(holder.ipa_code):
            raise NotAllowed("token_of_another_body", holder.ipa_code)

    def require_publishing(self) -> None:
        """Raises NotAllowed when the key only prepares."""
        if not self.token.may_publish:
            raise NotAllowed("token_prepares_only", self.token.start)

    def dataset(self, identifier: str) -> Dataset:
        """A dataset that this key may write, by its identifier. Raises UnknownDataset: also when it is another's."""
        found = editable_datasets(self.actor).with_holder().filter(identifier=identifier.lower()).first()
        if found is None or not self.token.may_touch(found.rights_holder.ipa_code):
            raise UnknownDataset(identifier)
        return found

    def dataset_to_change(self, identifier: str) -> Dataset:
        """The same, to write in it. A key that only prepares changes drafts: what is public would be public at once.

        Raises UnknownDataset, NotAllowed.
        """
        found = self.dataset(identifier)
        if found.is_published:
            self.require_publishing()
        return found


class TokenAuth(HttpBearer):
    """`Authorization: Bearer otk_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, or nobody."""
        found = find_token(token)
        return Caller(found, actor_of_token(found)) if found else None


def caller_of(request: HttpRequest) -> Caller:
    """Who makes this call."""
    caller = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        raise TypeError("an operation of this router was reached without a key")
    return caller
