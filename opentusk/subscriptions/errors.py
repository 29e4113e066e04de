"""What the subscriptions room refuses, and what a channel may say."""

from dataclasses import dataclass


class SubscriptionRefusal(Exception):
    """A request on a subscription that cannot be granted."""


@dataclass
class UnknownScope(SubscriptionRefusal):
    """There is nothing public of this kind and name to follow."""

    kind: str
    key: str


@dataclass
class BadLink(SubscriptionRefusal):
    """The address of a confirmation or of a manage page is not, or no longer, good."""


@dataclass
class TooMany(SubscriptionRefusal):
    """One person follows more than anybody can read."""

    limit: int


@dataclass
class BadAddress(SubscriptionRefusal):
    """The portal does not send anything there. `code` is that of the outbound room."""

    code: str


class Undeliverable(Exception):
    """A channel could not hand a delivery over; `is_permanent` when trying again would change nothing."""

    def __init__(self, fault: str, *, code: int = 0, is_permanent: bool = False, wait: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.code = code
        self.is_permanent = is_permanent
        self.wait = wait
