"""One fault found in somebody's data, as a value that can be stored, shown and counted.

Severities are those of the rule book (rules.md): BLOCKS cannot be published; MAJOR is published with a visible
warning; MINOR is a hint; INFO is told and asks for nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from opentusk.kit.messages import sentence


class Severity(StrEnum):
    """How much a problem matters, worst first."""

    BLOCKS = "blocks"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A fault, where it is, and what was changed if it was repaired.

    `code` is a key of `kit.messages`, `where` a path for people such as
    `c_e630:popolazione › distribution 1 › dct:format`. `before` and `after` are the exact values of a
    repair; both are None when nothing was changed. `values` fill the sentence.
    """

    code: str
    severity: Severity
    where: str = ""
    before: str | None = None
    after: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether it forbids publication."""
        return self.severity is Severity.BLOCKS

    @property
    def repairs(self) -> bool:
        """Whether it tells of a value that was changed."""
        return self.before is not None or self.after is not None

    @property
    def message_it(self) -> str:
        """The Italian sentence: what is wrong, with which value, and the way out."""
        return sentence(self.code, "it", {"before": self.before or "", "after": self.after or "", **self.values})

    @property
    def message_en(self) -> str:
        """The same sentence in English."""
        return sentence(self.code, "en", {"before": self.before or "", "after": self.after or "", **self.values})

    def within(self, place: str) -> "Problem":
        """The same problem, seen from the thing that contains its place."""
        return replace(self, where=f"{place} › {self.where}" if self.where else place)


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that forbid publication."""
    return [problem for problem in problems if problem.blocks]


def problem_to_json(problem: Problem) -> dict[str, object]:
    """The public JSON shape of a problem, as `opentusk check` prints it and as runs keep it."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "where": _storable(problem.where),
        "message_it": _storable(problem.message_it),
        "message_en": _storable(problem.message_en),
        "before": _storable(problem.before),
        "after": _storable(problem.after),
    }


def _storable(text: str | None) -> str | None:
    """A quoted value that every database and every encoding takes: what they refuse is shown as its escape."""
    if text is None:
        return None
    return text.replace("\x00", "\\u0000").encode("utf-8", "backslashreplace").decode()
