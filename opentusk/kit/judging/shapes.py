"""What judging reads and gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

FULL_WEIGHT = 100


class Combination(StrEnum):
    """How the jurors' marks become one value of an entry."""

    MEAN = "mean"
    ZSCORE = "zscore"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What is judged: `weight` in points of 100, `max_score` the highest mark, marks in multiples of `step`."""

    code: str
    weight: Fraction
    max_score: Fraction = Fraction(10)
    step: Fraction = Fraction(1)

    def allows(self, score: Fraction) -> bool:
        """Whether a mark lies between 0 and the maximum, on the step."""
        return 0 <= score <= self.max_score and score % self.step == 0


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One juror's marks of one entry, by the codes of all the criteria. A recused juror has no sheet."""

    juror: str
    entry: str
    scores: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The place of an entry. `value` is what was ranked: points of 100, or 50 + 10 z.

    `decided_by` says how it was told from the entry just above with the same value: the code of a criterion,
    `first_places`, `president`; empty when the values differ. Entries that nothing tells apart share a `rank`.
    """

    entry: str
    rank: int
    value: Fraction
    total: Fraction
    sheets: int
    decided_by: str = ""
    criteria: Mapping[str, Fraction] = field(default_factory=dict)


def check_criteria(criteria: Sequence[Criterion]) -> None:
    """Raises ValueError unless the weights are positive and sum to 100, and every code is there once."""
    if len({one.code for one in criteria}) != len(criteria):
        raise ValueError("a criterion is there twice")
    if any(one.weight <= 0 or one.max_score <= 0 or one.step <= 0 for one in criteria):
        raise ValueError("weights, maxima and steps are positive")
    if sum(one.weight for one in criteria) != FULL_WEIGHT:
        raise ValueError("weights sum to 100")
