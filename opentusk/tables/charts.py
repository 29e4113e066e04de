"""The profile of a column as a small drawing, with the same numbers as a table for whoever does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opentusk.kit.tables.shapes import Column, ColumnProfile
from opentusk.tables.display import NUMERIC, TYPE_WORDS, shown_iso, shown_number

WIDTH, HEIGHT = 240, 60
_MOST_BARS = 10


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, how many, and its rectangle in the drawing."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ColumnPanel:
    """What the values of a column are like, in words and as bars. `kind` is `bins` (standing), `top` (lying) or ""."""

    column: Column
    facts: tuple[tuple[str, str], ...]
    kind: str
    bars: tuple[Bar, ...]
    others: int

    @property
    def type_words(self) -> str:
        """The type of the column, in words."""
        return str(TYPE_WORDS.get(self.column.type, ""))


def panels_of(columns: Sequence[Column], profiles: Sequence[ColumnProfile], rows: int) -> list[ColumnPanel]:
    """A panel for each column that may be shown, in the order of the table."""
    by_name = {profile.name: profile for profile in profiles}
    return [_panel(column, by_name.get(column.name) or ColumnProfile(name=column.name), rows) for column in columns]


def _panel(column: Column, profile: ColumnProfile, rows: int) -> ColumnPanel:
    if profile.bins:
        return ColumnPanel(column, _facts(column, profile, rows), "bins", _standing(column, profile), 0)
    top = profile.top[:_MOST_BARS]
    # Values that are all different make a list, not a picture.
    if top and top[0][1] > 1:
        others = rows - profile.nulls - sum(count for _value, count in top)
        return ColumnPanel(column, _facts(column, profile, rows), "top", _lying(column, top), max(0, others))
    return ColumnPanel(column, _facts(column, profile, rows), "", (), 0)


def _standing(column: Column, profile: ColumnProfile) -> tuple[Bar, ...]:
    tallest = max(count for _low, _high, count in profile.bins) or 1
    step = WIDTH / len(profile.bins)
    return tuple(
        Bar(
            f"{shown_iso(low, column.type)} – {shown_iso(high, column.type)}",
            count,
            round(position * step, 1),
            round(HEIGHT * (1 - count / tallest), 1),
            round(step - 1, 1),
            round(HEIGHT * count / tallest, 1),
        )
        for position, (low, high, count) in enumerate(profile.bins)
    )


def _lying(column: Column, top: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    most = top[0][1]
    return tuple(
        Bar(shown_iso(value, column.type), count, 0, 0, round(WIDTH * count / most, 1), 10) for value, count in top
    )


def _facts(column: Column, profile: ColumnProfile, rows: int) -> tuple[tuple[str, str], ...]:
    facts = [(_("celle vuote"), _share(profile.nulls, rows))]
    if profile.distinct:
        facts.append((_("valori diversi"), shown_number(profile.distinct)))
    if profile.exceptions:
        facts.append((_("celle che non tornano"), shown_number(profile.exceptions)))
    if profile.min is not None and profile.max is not None:
        low, high = shown_iso(profile.min, column.type), shown_iso(profile.max, column.type)
        facts.append((_("dal valore al valore"), f"{low} – {high}"))
    if column.type in NUMERIC:
        facts += [(_("media"), shown_number(_rounded(profile.mean)))] if profile.mean is not None else []
        facts += [(_("mediana"), shown_number(_rounded(profile.median)))] if profile.median is not None else []
    return tuple(facts)


def _rounded(value: float) -> float:
    """A mean with as many figures as one reads."""
    return float(f"{value:.6g}")


def _share(part: int, whole: int) -> str:
    if not part or not whole:
        return "0"
    return f"{shown_number(part)} ({shown_number(round(100 * part / whole, 1))}%)"
