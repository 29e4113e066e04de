"""The ways out: plugins, switched on in `settings.NOTICE_CHANNELS`, that do not know each other."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from opentusk.subscriptions.models import Delivery
from opentusk.subscriptions.saying import Digest


class Channel(Protocol):
    """How deliveries leave. `open` and `close` frame a batch, so that a connection is made once."""

    name: str
    label: str

    def open(self) -> None:
        """Get ready for a batch."""
        ...

    def send(self, delivery: Delivery, digest: Digest) -> None:
        """Hand one delivery over. Raises Undeliverable."""
        ...

    def close(self) -> None:
        """The batch is over."""
        ...


@cache
def channels() -> dict[str, Channel]:
    """The channels that are switched on, by name."""
    found = [import_string(path)() for path in settings.NOTICE_CHANNELS]
    return {channel.name: channel for channel in found}
