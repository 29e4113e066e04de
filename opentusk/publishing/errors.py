"""What the publishing room refuses."""

from dataclasses import dataclass


class PublishingRefusal(Exception):
    """A request that cannot be granted."""


@dataclass
class BadAddress(PublishingRefusal):
    """Nothing usable is at the address. `status` is what the server said, 0 when it did not; `code` why not."""

    status: int
    code: str = ""
