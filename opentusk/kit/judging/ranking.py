"""The ranking of one category, with the published ladder for equal values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from opentusk.kit.judging.scoring import criterion_means, juror_totals, weighted_total, z_values
from opentusk.kit.judging.shapes import Combination, Criterion, Sheet, Standing, check_criteria

FIRST_PLACES = "first_places"
PRESIDENT = "president"


@dataclass(frozen=True)
class _Rung:
    """One step of the ladder: its name, and the number of each entry that it compares, higher first."""

    name: str
    of: Callable[[str], Fraction]


def rank_entries(
    criteria: Sequence[Criterion],
    sheets: Iterable[Sheet],
    *,
    combination: Combination = Combination.MEAN,
    president: Mapping[str, int] | None = None,
) -> list[Standing]:
    """The entries that have sheets, best first; those that nothing tells apart share a rank and are sorted by name.

    Equal values go down the ladder: the criteria by descending weight (in the order given where weights are equal),
    the number of jurors who put the entry first, the place that the president gave it (`president`: 1 is best).
    Raises ValueError when the criteria do not hold, a juror judged an entry twice, or a mark is missing or not allowed.
    """
    given = list(sheets)
    _check(criteria, given)
    means = criterion_means(criteria, given)
    totals = {entry: weighted_total(criteria, scores) for entry, scores in means.items()}
    values = _values(criteria, given, totals, combination)
    rungs = [_Rung("", values.__getitem__), *_ladder(criteria, given, means, president or {})]
    keys = {entry: tuple(rung.of(entry) for rung in rungs) for entry in totals}
    ordered = sorted(totals, key=lambda entry: ([-part for part in keys[entry]], entry))
    counts = {entry: sum(1 for sheet in given if sheet.entry == entry) for entry in totals}
    standings: list[Standing] = []
    for place, entry in enumerate(ordered, start=1):
        above = ordered[place - 2] if place > 1 else None
        is_tie = above is not None and keys[above] == keys[entry]
        standings.append(
            Standing(
                entry=entry,
                rank=standings[-1].rank if is_tie else place,
                value=values[entry],
                total=totals[entry],
                sheets=counts[entry],
                decided_by=_decided_by(rungs, keys, above, entry) if above is not None else "",
                criteria=means[entry],
            )
        )
    return standings


def _values(
    criteria: Sequence[Criterion], sheets: list[Sheet], totals: Mapping[str, Fraction], combination: Combination
) -> Mapping[str, Fraction]:
    if combination is Combination.MEAN:
        return totals
    return {entry: 50 + 10 * z for entry, z in z_values(juror_totals(criteria, sheets)).items()}


def _ladder(
    criteria: Sequence[Criterion],
    sheets: list[Sheet],
    means: Mapping[str, Mapping[str, Fraction]],
    president: Mapping[str, int],
) -> list[_Rung]:
    heaviest_first = sorted(criteria, key=lambda one: -one.weight)
    firsts = _first_places(criteria, sheets)
    unplaced = max(president.values(), default=0) + 1
    return [
        *(_Rung(one.code, lambda entry, code=one.code: means[entry][code]) for one in heaviest_first),  # type: ignore[misc]
        _Rung(FIRST_PLACES, lambda entry: Fraction(firsts.get(entry, 0))),
        _Rung(PRESIDENT, lambda entry: Fraction(-president.get(entry, unplaced))),
    ]


def _first_places(criteria: Sequence[Criterion], sheets: list[Sheet]) -> dict[str, int]:
    """How many jurors gave an entry their highest total; one that is shared counts for each."""
    firsts: dict[str, int] = {}
    for given in juror_totals(criteria, sheets).values():
        best = max(given.values())
        for entry, total in given.items():
            if total == best:
                firsts[entry] = firsts.get(entry, 0) + 1
    return firsts


def _decided_by(rungs: Sequence[_Rung], keys: Mapping[str, tuple[Fraction, ...]], above: str, entry: str) -> str:
    pairs = zip(rungs, keys[above], keys[entry], strict=True)
    return next((rung.name for rung, better, worse in pairs if better != worse), "")


def _check(criteria: Sequence[Criterion], sheets: list[Sheet]) -> None:
    check_criteria(criteria)
    if len({(sheet.juror, sheet.entry) for sheet in sheets}) != len(sheets):
        raise ValueError("a juror judged an entry twice")
    for sheet in sheets:
        wrong = [one.code for one in criteria if one.code not in sheet.scores or not one.allows(sheet.scores[one.code])]
        if wrong:
            raise ValueError(f"{sheet.entry}, {sheet.juror}: {', '.join(wrong)}")
