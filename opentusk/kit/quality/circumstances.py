"""What a rule needs to know beyond the record, and how a rule says where a fault is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Dataset, Distribution


def _nobody_has(identifier: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the catalogue knows around a record.

    `is_taken` says whether another dataset has an identifier; `twins` maps the keys of `uniqueness.twin_keys` to the
    identifier of the dataset that already has them. `licence_reason` is the act that justifies a licence other than
    CC BY 4.0: "" when nobody gave one, None when nobody could be asked (a harvested record: the act, if any, is
    with its body). `tolerance` is how many periods a dataset may be late before it is told.
    """

    today: date
    is_taken: Callable[[str], bool] = _nobody_has
    twins: Mapping[str, str] = field(default_factory=dict)
    licence_reason: str | None = None
    tolerance: float = 1.5


Rule = Callable[[Dataset, Circumstances], list[Problem]]


def name_of(record: Dataset) -> str:
    """How a person tells the dataset from the others."""
    return record.identifier or next(iter(record.title.values()), "") or record.iri or "dataset"


def fault(code: str, severity: Severity, *place: str, **values: str) -> Problem:
    """A problem at a place such as `c_e506:alberi › distribution 1 › dct:format`."""
    return Problem(code=code, severity=severity, where=" › ".join(place), values=values)


def numbered(record: Dataset) -> Iterator[tuple[str, Distribution]]:
    """Each distribution with its place, counted from 1 as people do."""
    name = name_of(record)
    for number, distribution in enumerate(record.distribution, start=1):
        yield f"{name} › distribution {number}", distribution
