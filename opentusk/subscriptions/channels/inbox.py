"""The inbox of an account: one line per dataset, there until somebody looks at it."""

from opentusk.subscriptions.actions.inbox import put_in_inbox
from opentusk.subscriptions.models import Delivery
from opentusk.subscriptions.saying import Digest


class InboxChannel:
    """For who has an account."""

    name = "inbox"
    label = "Posta del portale"

    def open(self) -> None:
        """Nothing to get ready."""

    def send(self, delivery: Delivery, digest: Digest) -> None:
        """Put the lines there; a second attempt puts nothing twice."""
        put_in_inbox(delivery, digest)

    def close(self) -> None:
        """Nothing to end."""
