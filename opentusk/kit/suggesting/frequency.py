"""How often the data are renewed: from what happened, never from what would be nice."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from math import log
from statistics import median

from opentusk.kit.suggesting.shapes import Habits, Suggestion
from opentusk.kit.suggesting.spans import Span
from opentusk.kit.suggesting.subjects import like_before
from opentusk.kit.vocabularies import FREQUENCIES

# The ones that a clerk would name; the list has thirty.
_USUAL = (
    *("HOURLY", "DAILY", "WEEKLY", "BIWEEKLY", "MONTHLY", "BIMONTHLY", "QUARTERLY", "ANNUAL_3", "ANNUAL_2", "ANNUAL"),
    *("BIENNIAL", "TRIENNIAL", "QUINQUENNIAL", "DECENNIAL"),
)
_FEWEST_VERSIONS = 3
_FEWEST_ALIKE = 2
_DAY = 86_400


def suggest_frequency(
    made_at: Sequence[datetime], title: str, theme: str, span: Span | None, habits: Habits
) -> Suggestion | None:
    """The IRI of the frequency. `made_at` are the times of the versions so far."""
    if learnt := learn_frequency(made_at):
        return learnt
    if (earlier := like_before(title, habits)) and earlier.accrual_periodicity:
        return Suggestion(value=earlier.accrual_periodicity, code="suggest.as_before", values={"title": earlier.title})
    if span and span.is_one_year and (annual := FREQUENCIES.by_code("ANNUAL")):
        return Suggestion(value=annual.iri, code="suggest.frequency_of_one_year", values={"year": str(span.start.year)})
    return _habit_for(theme, habits)


def learn_frequency(made_at: Sequence[datetime]) -> Suggestion | None:
    """The frequency nearest to the median interval between versions; None when there are too few to tell."""
    if len(made_at) < _FEWEST_VERSIONS:
        return None
    times = sorted(made_at)
    days = median((later - sooner).total_seconds() / _DAY for sooner, later in pairwise(times))
    if days <= 0:
        return None
    usual = [term for code in _USUAL if (term := FREQUENCIES.by_code(code)) and term.days]
    nearest = min(usual, key=lambda term: abs(log((term.days or 1) / days)))
    values = {"days": f"{days:.0f}" if days >= 1 else f"{days:.2f}", "versions": str(len(times))}
    return Suggestion(value=nearest.iri, code="suggest.frequency_from_versions", values=values)


def _habit_for(theme: str, habits: Habits) -> Suggestion | None:
    """What the body says most often for this theme."""
    said = Counter(
        earlier.accrual_periodicity for earlier in habits if theme in earlier.theme and earlier.accrual_periodicity
    )
    iri, count = next(iter(said.most_common(1)), ("", 0))
    return Suggestion(value=iri, code="suggest.frequency_of_body") if count >= _FEWEST_ALIKE else None
