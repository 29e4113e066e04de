"""What the feeding room refuses."""

from dataclasses import dataclass


class FeedingRefusal(Exception):
    """A request on a feed that cannot be granted."""


@dataclass
class NotAllowed(FeedingRefusal):
    """The actor may not do this for this dataset."""

    action: str
    subject: str


@dataclass
class AlreadyFed(FeedingRefusal):
    """The distribution has a feed already."""

    subject: str


@dataclass
class NothingMapped(FeedingRefusal):
    """No field of the service becomes a column, or two become the same one."""

    columns: tuple[str, ...] = ()


@dataclass
class CallFailed(FeedingRefusal):
    """The service or the address gave nothing usable. `code` is a sentence's or an outbound reason's."""

    code: str
    detail: str = ""


@dataclass
class UnknownDataset(FeedingRefusal):
    """No dataset of that name that the caller may write; whether it exists for others is not said."""

    identifier: str


@dataclass
class UnknownFile(FeedingRefusal):
    """The dataset has no such file, or the upload is not complete or not the caller's."""

    name: str


@dataclass
class BadDescription(FeedingRefusal):
    """A value of the description cannot be used; `fields` say which and why."""

    fields: tuple[tuple[str, str], ...]
