"""From sheets to the numbers that are compared."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from opentusk.kit.judging.shapes import Criterion, Sheet

# Standard scores are irrational: enough digits that their rounding can never decide an order by the order of the rows.
_DIGITS = 60
_KEPT = Decimal(1).scaleb(-24)
_FEWEST_FOR_SPREAD = 3


def criterion_means(criteria: Sequence[Criterion], sheets: Iterable[Sheet]) -> dict[str, dict[str, Fraction]]:
    """For each entry and criterion, the mean of the jurors' marks."""
    marks: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        marks.setdefault(sheet.entry, []).append(sheet)
    return {
        entry: {one.code: _mean([Fraction(sheet.scores[one.code]) for sheet in given]) for one in criteria}
        for entry, given in marks.items()
    }


def weighted_total(criteria: Sequence[Criterion], scores: Mapping[str, Fraction]) -> Fraction:
    """Points of 100 for one mark, or one mean of marks, in each criterion."""
    return sum((one.weight * Fraction(scores[one.code]) / one.max_score for one in criteria), Fraction(0))


def juror_totals(criteria: Sequence[Criterion], sheets: Iterable[Sheet]) -> dict[str, dict[str, Fraction]]:
    """For each juror, the points that each entry had from them."""
    totals: dict[str, dict[str, Fraction]] = {}
    for sheet in sheets:
        totals.setdefault(sheet.juror, {})[sheet.entry] = weighted_total(criteria, sheet.scores)
    return totals


def z_values(totals: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """For each entry, the mean over its jurors of how far it stands from the juror's own mean.

    In units of the juror's population standard deviation when the juror has at least three sheets that differ,
    otherwise in points.
    """
    found: dict[str, list[Decimal]] = {}
    for given in totals.values():
        for entry, value in _standardised(given).items():
            found.setdefault(entry, []).append(value)
    return {entry: _rounded_mean(values) for entry, values in found.items()}


def _standardised(given: Mapping[str, Fraction]) -> dict[str, Decimal]:
    mean = _mean(list(given.values()))
    variance = _mean([(total - mean) ** 2 for total in given.values()])
    with localcontext() as context:
        context.prec = _DIGITS
        spread = _decimal(variance).sqrt() if len(given) >= _FEWEST_FOR_SPREAD and variance else Decimal(1)
        return {entry: _decimal(total - mean) / spread for entry, total in given.items()}


def _rounded_mean(values: list[Decimal]) -> Fraction:
    with localcontext() as context:
        context.prec = _DIGITS
        # Sorted, so that the order in which jurors are read never changes the last digit.
        mean = sum(sorted(values), Decimal(0)) / len(values)
        return Fraction(mean.quantize(_KEPT, rounding=ROUND_HALF_EVEN))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
