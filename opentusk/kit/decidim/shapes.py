"""What is read of a Decidim instance, and how reading fails."""

from dataclasses import dataclass, field
from datetime import datetime


class DecidimFault(Exception):
    """It cannot be read at all: `code` says why, `detail` which column, entry or answer."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, kw_only=True)
class Ours:
    """What only this platform says of a proposal: the use, who might have the data, its origin, why it was refused."""

    use_case: str = ""
    producers: str = ""
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A proposal, without who made or supports it. `labels` are names of its taxonomies or of its category.

    `likes` are what newer versions call endorsements, `votes` supports: how many of each, never of whom.
    """

    id: str
    title: str
    body: str
    url: str
    state: str = ""
    answer: str = ""
    likes: int = 0
    votes: int = 0
    labels: tuple[str, ...] = ()
    is_official: bool = False
    is_withdrawn: bool = False
    ours: Ours = Ours()

    @property
    def support(self) -> int:
        """How often it was supported, in whichever way."""
        return self.likes + self.votes


@dataclass(frozen=True, kw_only=True)
class RemoteComment:
    """What somebody wrote, without who. `author` is a key of one file, written and never read."""

    id: str
    body: str
    created_at: datetime | None
    alignment: int
    target_type: str
    target_id: str
    url: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting with the figures that were declared."""

    id: str
    title: str
    description: str
    starts_at: datetime | None
    ends_at: datetime | None
    attendees: int | None
    place: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """How far what was proposed has come, in hundredths."""

    id: str
    title: str
    progress: int
    proposal_urls: tuple[str, ...]
    url: str


@dataclass
class Export:
    """Everything that one reading gave; `left_out` counts what is never taken over, `notes` says what was odd."""

    version: str = ""
    proposals: list[Proposal] = field(default_factory=list)
    comments: list[RemoteComment] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def leave_out(self, what: str, number: int = 1) -> None:
        """Count what is not taken over."""
        self.left_out[what] = self.left_out.get(what, 0) + number

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.proposals or self.comments or self.meetings or self.results)
