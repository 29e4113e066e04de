"""What each column is: decided from all its values, and for numbers also from what the rest of the file proves."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from opentusk.kit.problems import Severity
from opentusk.kit.tables.columns.booleans import boolean_form
from opentusk.kit.tables.columns.dates import DateForm, Order, date_form
from opentusk.kit.tables.columns.nulls import marks_among_numbers, null_marks
from opentusk.kit.tables.columns.numbers import (
    NumberEvidence,
    NumbersOfColumn,
    Written,
    decimal_sign,
    number_form,
    read_numbers,
)
from opentusk.kit.tables.columns.values import BLANKS, ColumnValues, cell, trimmed
from opentusk.kit.tables.semantics import Semantic, detect
from opentusk.kit.tables.shapes import ColumnType, TableProblem
from opentusk.kit.tables.workspace import literal

ENOUGH = 0.99  # of the cells that are not empty must fit a type
_NEARLY = 0.5  # from here on the report says that a column is nearly a type
_CODES = 30
_MINOR = Severity.MINOR
_UNSEEN = "\u00a0\u2009\u202f\u200b\u200e\u200f\ufeff"
_TOTAL = re.compile(
    r"^\s*(sub-?)?(totale|totali|total|tot\.?|somma|complessiv[oi])"
    r"(\s+(generale|complessivo|generali|parziale|comunale|provinciale|regionale|comune|provincia|regione|anno)\b.{0,40})?\s*:?\s*$",
    re.IGNORECASE,
)
_PATTERNS, _PATTERN_LENGTH = 10, 24
_SHAPE = str.maketrans(
    "0123456789abcdefghijklmnopqrstuvwxyzàèéìòùABCDEFGHIJKLMNOPQRSTUVWXYZÀÈÉÌÒÙ", "9" * 10 + "a" * 32 + "A" * 32
)
_LIST = re.compile(r"\s*[;|#]\s*(?=\S)")
THOUSANDS, DECIMALS = "numbers.thousands", "numbers.decimals"
STRIP_UNITS = "units.strip"
MONTH_FIRST = "dates.month_first"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How a column is stored. `sql` gives the typed value of a row, `present` whether its cell holds anything.

    `fitting` counts the cells that should be of the type; `nearly` is the type that most but not enough cells have.
    """

    position: int
    name: str  # the draft of its name: what codes of proposals end with
    label: str
    type: ColumnType = ColumnType.TEXT
    sql: str
    present: str
    filled: int = 0
    distinct: int = 0
    semantic: str = ""
    format: str = ""
    unit: str = ""
    precision: int = 0
    scale: int = 0
    null_marks: Mapping[str, int] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    lost_zeros: int = 0  # full length of a code that has lost leading zeros
    padded: int = 0  # cells with blanks around their text, or of a kind nobody sees
    totals: tuple[str, ...] = ()  # texts that head a row of totals
    listed: int = 0  # cells that pack a list
    patterns: tuple[tuple[str, int], ...] = ()
    nearly: "Decision | None" = None
    problems: tuple[TableProblem, ...] = ()
    offers: tuple[str, ...] = ()  # codes of proposals that concern this column


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A column after its values were looked at, before the file as a whole is known."""

    values: ColumnValues
    kept: Sequence[tuple[str, int]]
    marks: Mapping[str, int]
    blanks: tuple[str, ...]
    semantic: Semantic | None
    numbers: NumbersOfColumn
    dates: DateForm | None
    forced: ColumnType | None
    native: ColumnType | None
    padded: int
    totals: tuple[str, ...]
    listed: int
    patterns: tuple[tuple[str, int], ...]

    @property
    def present(self) -> int:
        """How many cells hold something."""
        return self.values.filled - sum(self.marks.values()) - sum(c for t, c in self.values.texts if t in self.blanks)


def see_column(
    values: ColumnValues,
    *,
    forced: ColumnType | None,
    native: ColumnType | None,
    detect_large: Callable[[ColumnValues], Semantic | None],
) -> Seen:
    """Look once at the values of a column."""
    blanks = tuple(text for text, _count in values.texts if not text.strip(BLANKS))
    marks = {} if native else null_marks(values.label, values.texts)
    kept = [(text, count) for text, count in values.texts if text not in marks and text not in blanks]
    semantic = detect_large(values) if values.is_shapes else detect(values.label, kept)
    is_text = (semantic is not None and semantic.is_text) or native is not None
    numbers = read_numbers(() if is_text and not forced else kept)
    dates = None if is_text and not forced else date_form(values.label, kept)
    further = marks_among_numbers(kept) if not is_text else {}
    if further and _is_typed(numbers, dates, sum(count for _text, count in kept) - sum(further.values())):
        marks = {**marks, **further}
        kept = [(text, count) for text, count in kept if text not in further]
        numbers, dates = read_numbers(kept), date_form(values.label, kept)
    return Seen(
        values=values,
        kept=kept if len(kept) <= 200 else kept[:200],
        marks=marks,
        blanks=blanks,
        semantic=semantic,
        numbers=numbers,
        dates=dates,
        forced=forced,
        native=native,
        padded=values.padded + sum(count for text, count in kept if _is_padded(text)),
        totals=() if native else tuple(text for text, _count in kept if _TOTAL.match(text))[:_CODES],
        listed=sum(count for text, count in kept if len(_LIST.split(text)) > 2),
        patterns=_patterns(kept),
    )


def _patterns(texts: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The most frequent shapes of a column of short texts: `AA999` for `FG071`."""
    if not texts or any(len(text) > _PATTERN_LENGTH for text, _count in texts):
        return ()
    found: Counter[str] = Counter()
    for text, count in texts:
        found[text.translate(_SHAPE)] += count
    return tuple(found.most_common(_PATTERNS)) if len(found) <= len(texts) / 2 or len(texts) <= _PATTERNS else ()


def _is_padded(text: str) -> bool:
    return text[0] in BLANKS or text[-1] in BLANKS or any(sign in text for sign in _UNSEEN)


def _is_typed(numbers: NumbersOfColumn, dates: DateForm | None, total: int) -> bool:
    fitting = max(numbers.plain.fitting(","), numbers.plain.fitting("."), dates.fitting if dates else 0)
    return total > 0 and fitting >= total * ENOUGH


def decide_all(seen: Sequence[Seen], *, accepted: frozenset[str], rows: int) -> list[Decision]:
    """Decide every column, knowing what the others prove about decimal signs."""
    of_file = _sign_of_file(seen)
    order = _order_of_file(seen)
    return [
        _decide(
            replace(column, dates=column.dates and column.dates.settled(order)),
            of_file=of_file,
            accepted=accepted,
            rows=rows,
        )
        for column in seen
    ]


def _sign_of_file(seen: Iterable[Seen]) -> str:
    signs = set()
    for column in seen:
        evidence = column.numbers.plain
        for sign in ",.":
            if evidence.proves(sign) and evidence.fitting(sign) >= evidence.total * ENOUGH:
                signs.add(sign)
    return "," if "," in signs else "." if "." in signs else ""


def _order_of_file(seen: Iterable[Seen]) -> Order | None:
    """Day first or month first, if a column of dates proves it."""
    proved = {column.dates.order for column in seen if column.dates and not column.dates.is_assumed}
    found = proved & {Order.DAY_FIRST, Order.MONTH_FIRST}
    return found.pop() if len(found) == 1 else None


def _decide(column: Seen, *, of_file: str, accepted: frozenset[str], rows: int) -> Decision:
    text = _as_text(column, rows)
    if column.native is not None:
        return _as_native(text, column.native)
    is_code = column.forced is None and column.semantic is not None and column.semantic.is_text
    if column.forced is ColumnType.TEXT or not column.kept or is_code:
        return text
    has_blanks, is_said = column.present < rows, column.forced is ColumnType.BOOLEAN
    if not column.values.is_shapes and (
        form := boolean_form(column.values.label, column.kept, has_blanks=has_blanks, is_said=is_said)
    ):
        base = text.sql if form.blank_is_false else _value(column)
        return replace(text, type=ColumnType.BOOLEAN, sql=form.sql(base), format=form.format, codes=())
    candidate = _as_date(column, text, accepted=accepted) or _as_number(
        column, text, of_file=of_file, accepted=accepted
    )
    return candidate or text


def _as_text(column: Seen, rows: int) -> Decision:
    nothing = (*column.marks, *column.blanks)
    name = cell(column.values.position)
    present = f"nullif({name}, '')"
    if nothing:
        present = f"CASE WHEN {name} NOT IN ({', '.join(map(literal, nothing))}, '') THEN {name} END"
    values = column.values
    is_list = not values.is_shapes and 0 < len(column.kept) <= _CODES and len(column.kept) * 2 <= column.present
    return Decision(
        position=values.position,
        name=values.name,
        label=values.label,
        sql=present,
        present=present,
        filled=column.present,
        distinct=values.distinct,
        semantic=column.semantic.name if column.semantic else "",
        lost_zeros=column.semantic.width if column.semantic else 0,
        null_marks=dict(column.marks),
        codes=tuple(sorted(text for text, _count in column.kept)) if is_list else (),
        padded=column.padded,
        totals=column.totals,
        listed=column.listed,
        patterns=column.patterns,
    )


def _value(column: Seen) -> str:
    """The cell without blanks around, where there are any: nothing else may be read past."""
    return trimmed(column.values.position) if column.padded else cell(column.values.position)


def _as_native(text: Decision, kind: ColumnType) -> Decision:
    names = {
        ColumnType.INTEGER: "BIGINT", ColumnType.NUMBER: "DOUBLE", ColumnType.BOOLEAN: "BOOLEAN",
        ColumnType.DATE: "DATE", ColumnType.DATETIME: "TIMESTAMP", ColumnType.TIME: "TIME",
    }  # fmt: skip
    if kind not in names:
        return text
    return replace(text, type=kind, sql=f"TRY_CAST({text.present} AS {names[kind]})", codes=())


def _as_date(column: Seen, text: Decision, *, accepted: frozenset[str]) -> Decision | None:
    form, code = column.dates, f"{MONTH_FIRST}:{text.name}"
    if form and form.is_assumed and code in accepted:
        form = form.settled(Order.MONTH_FIRST)
    if form is None or column.forced in (ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL):
        return None
    if form.fitting < text.filled * _NEARLY and column.forced is None:
        return None
    found = replace(text, type=form.type, sql=form.sql(_value(column)), format=form.format, codes=())
    problems = tuple(_date_problems(column, form))
    if form.fitting < text.filled * ENOUGH and column.forced is None:
        return replace(text, nearly=found, problems=problems)
    return replace(found, problems=problems, offers=(code,) if form.is_assumed or code in accepted else ())


def _date_problems(column: Seen, form: DateForm) -> Iterable[TableProblem]:
    label, values = column.values.label, {"format": form.format}
    if form.type is ColumnType.TIME:
        return
    if not str(form.order).startswith("yyyy-mm") or form.is_mixed:
        yield TableProblem(
            code="table.other_dates", severity=_MINOR, rule="F5.k", column=label, count=form.fitting, values=values
        )
    if form.is_assumed:
        fix = f"{MONTH_FIRST}:{column.values.name}"
        yield TableProblem(
            code="table.day_first", severity=Severity.INFO, rule="F7", column=label, fix=fix, values=values
        )
    if form.is_mixed:
        yield TableProblem(code="table.mixed_dates", severity=_MINOR, rule="F7", column=label, values=values)


def _as_number(column: Seen, text: Decision, *, of_file: str, accepted: frozenset[str]) -> Decision | None:
    numbers = column.numbers
    plain, units = numbers.plain, numbers.with_units
    if units.written.total() > plain.written.total():
        return _with_unit(column, text, units, of_file=of_file, accepted=accepted)
    if (plain.written[Written.ZEROS] and column.forced is None) or plain.longest > 38:
        return None
    sign = decimal_sign(plain, of_file=of_file)
    offers = tuple(f"{code}:{text.name}" for code in (THOUSANDS, DECIMALS)) if sign is None else ()
    for code, chosen in zip(offers, ",.", strict=False):
        sign = chosen if code in accepted else sign
    share = (plain.fitting(sign) if sign else plain.written.total()) / max(text.filled, 1)
    if sign is None:
        return replace(text, offers=offers, problems=(_asks(column),)) if share >= ENOUGH else None
    found = _numbered(column, replace(text, offers=offers), plain, sign) if share >= _NEARLY or column.forced else None
    if found and share < ENOUGH and column.forced is None:
        return replace(text, nearly=found, problems=tuple(one for one in found.problems if one.code == "table.units"))
    return found


def _numbered(column: Seen, text: Decision, evidence: NumberEvidence, sign: str) -> Decision | None:
    form = number_form(column.values.label, evidence, sign)
    if form.type is ColumnType.INTEGER and evidence.longest > 18 and not form.thousands:
        return None  # longer than BIGINT: a code, or a number nobody can count with
    if column.forced is ColumnType.NUMBER or (column.forced is ColumnType.INTEGER and form.decimal == ""):
        form = replace(form, type=column.forced)
    problems = []
    if form.decimal == ",":
        values = {"format": form.format}
        problems.append(
            TableProblem(
                code="table.italian_numbers", severity=_MINOR, rule="F5.j", column=column.values.label,
                count=text.filled, values=values,
            )
        )  # fmt: skip
    if form.unit:
        problems.append(_unit_problem(column, form.unit, evidence.units.total() - evidence.units[""]))
    return replace(
        text,
        type=form.type,
        sql=form.sql(_value(column)),
        format=form.format,
        unit=form.unit,
        precision=form.precision if form.type is ColumnType.DECIMAL else 0,
        scale=form.scale,
        codes=(),
        problems=tuple(problems),
    )


def _with_unit(
    column: Seen, text: Decision, evidence: NumberEvidence, *, of_file: str, accepted: frozenset[str]
) -> Decision | None:
    """Numbers with a unit in each cell: offered as numbers, taken as such once accepted."""
    unit, count = evidence.units.most_common(1)[0]
    sign = decimal_sign(evidence, of_file=of_file)
    if count < text.filled * _NEARLY or sign is None or len(evidence.units) > 2:
        return None
    problem, code = _unit_problem(column, unit, count), f"{STRIP_UNITS}:{text.name}"
    found = _numbered(column, text, evidence, sign)
    if found is None or count < text.filled * ENOUGH:
        return replace(text, problems=(problem,))
    if code in accepted:
        return replace(found, offers=(code,))
    return replace(text, nearly=found, offers=(code,), problems=(replace(problem, fix=code),))


def _unit_problem(column: Seen, unit: str, count: int) -> TableProblem:
    return TableProblem(
        code="table.units", severity=_MINOR, rule="F5.m", column=column.values.label, count=count, values={"unit": unit}
    )


def _asks(column: Seen) -> TableProblem:
    example = next((text for text, _count in column.kept if "." in text or "," in text), "")
    return TableProblem(
        code="table.unclear_numbers", severity=Severity.MAJOR, rule="F5.j", column=column.values.label,
        count=column.present, values={"example": example},
    )  # fmt: skip
