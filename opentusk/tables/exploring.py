"""What a page of the explorer shows of a table: rows, headings, filters, facets, ready for a template."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, VersionGone
from opentusk.kit.queries.facets import facets
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.kit.queries.shapes import MAX_OFFSET, Answer, Facet, FacetValue, Query, TableRef
from opentusk.kit.tables.shapes import Column, ColumnProfile, ColumnType
from opentusk.tables.display import NUMERIC, shown
from opentusk.tables.question import Question
from opentusk.ui.speech import is_english, is_followable

# A page that nobody can look through is no help; the others are one click away, and the page says so.
MOST_COLUMNS = 30
REFUSALS = (BadQuery, Busy, OverBudget, VersionGone)
_MOST_FACETS = 6
_MOST_VALUES = 50
FACET_SIZE = 12

OPERATORS: dict[str, str | Promise] = {
    "contains": gettext_lazy("contiene"),
    "exact": gettext_lazy("è uguale a"),
    "ne": gettext_lazy("è diverso da"),
    "startswith": gettext_lazy("inizia con"),
    "endswith": gettext_lazy("finisce con"),
    "gte": gettext_lazy("da (compreso)"),
    "lte": gettext_lazy("fino a (compreso)"),
    "gt": gettext_lazy("più di"),
    "lt": gettext_lazy("meno di"),
    "in": gettext_lazy("è uno di"),
    "notin": gettext_lazy("non è nessuno di"),
    "notcontains": gettext_lazy("non contiene"),
    "between": gettext_lazy("è tra"),
    "isnull": gettext_lazy("è vuota"),
    "isnotnull": gettext_lazy("non è vuota"),
}
_TEXT_OPERATORS: tuple[str, ...] = (
    "contains",
    "exact",
    "ne",
    "startswith",
    "endswith",
    "notcontains",
    "isnull",
    "isnotnull",
)
_ORDERED_OPERATORS = ("gte", "lte", "gt", "lt", "exact", "ne", "isnull", "isnotnull")
# Of whole numbers people mean one far more often than a range: a year, a sheet, a code.
_WHOLE_OPERATORS = ("exact", "gte", "lte", "gt", "lt", "ne", "isnull", "isnotnull")
_CHOICE_OPERATORS = ("exact", "ne", "isnull", "isnotnull")


@dataclass(frozen=True)
class Cell:
    """A cell as it is shown; `address` when it is a link that may be followed."""

    words: str
    is_number: bool
    address: str = ""


@dataclass(frozen=True)
class Head:
    """The heading of a column: a click on it asks `next_query`; `direction` is `ascending`, `descending` or "none"."""

    column: Column
    is_number: bool
    direction: str
    next_query: str


@dataclass(frozen=True)
class Filter:
    """The controls of one column: the operators that make sense for its type, in a sensible order."""

    column: Column
    kind: str  # the type of the input
    operators: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chip:
    """A filter in force, in words, and the address without it."""

    words: str
    query_without: str


@dataclass(frozen=True)
class FacetChoice:
    """A value of a facet with its count, and the address that asks for it, or no longer."""

    words: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class FacetPanel:
    """The values of a column, the most frequent first."""

    column: Column
    choices: tuple[FacetChoice, ...]
    others: int
    is_complete: bool


@dataclass(frozen=True)
class Page:
    """Where one is among the rows."""

    number: int
    first: int
    last: int
    total: int
    is_exact: bool
    previous: str
    following: str


@dataclass(frozen=True)
class Explored:
    """Everything that the page of a question shows. `refusal` says why there are no rows."""

    question: Question
    columns: tuple[Column, ...]
    heads: tuple[Head, ...] = ()
    rows: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    page: Page | None = None
    chips: tuple[Chip, ...] = ()
    facets: tuple[FacetPanel, ...] = ()
    left_out: int = 0
    refusal: str = ""
    query: Query | None = field(default=None, repr=False)


def explore(
    engine: Engine, ref: TableRef, question: Question, profiles: Sequence[ColumnProfile], *, rows: int
) -> Explored:
    """Ask the question, and put the answer in the words of a page. A question that is refused has its reason."""
    first = ref.shown[:MOST_COLUMNS]
    try:
        query = parse_rows(question.asked, ref.columns)
        if not question.columns and not query.is_grouped:
            names = {column.name for column in first}
            query = replace(query, select=tuple(item for item in query.select if item.name in names))
        answer = run(engine, ref, query)
        panels = _facets(engine, ref, query, question, faceted(ref, profiles, rows))
    except REFUSALS as refusal:
        return Explored(question, first, refusal=refusal.message("en" if is_english() else "it"))
    columns = _columns_of(answer, ref)
    return Explored(
        question,
        columns,
        heads=tuple(_head(column, question) for column in columns),
        rows=_rows(answer, columns, query),
        page=_page(answer, query, question),
        chips=tuple(_chips(question, ref)),
        facets=panels,
        left_out=0 if question.columns or query.is_grouped else len(ref.shown) - len(first),
        query=query,
    )


def filters_of(columns: Sequence[Column]) -> list[Filter]:
    """The controls of every column."""
    return [_filter(column) for column in columns]


def _columns_of(answer: Answer, ref: TableRef) -> tuple[Column, ...]:
    """The columns of an answer: those of the table, and what was calculated."""
    known = {column.name: column for column in ref.shown}
    return tuple(
        known.get(heading.name) or Column(name=heading.name, label=heading.label, type=heading.type)
        for heading in answer.columns
    )


def _head(column: Column, question: Question) -> Head:
    current, direction = question.sort
    words = {"asc": "ascending", "desc": "descending"}.get(direction, "none") if current == column.name else "none"
    return Head(column, column.type in NUMERIC, words, question.sorted_by(column.name).query)


def _rows(answer: Answer, columns: Sequence[Column], query: Query) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    first = query.offset + 1
    return tuple(
        (str(first + position), tuple(_cell(value, column) for value, column in zip(row, columns, strict=True)))
        for position, row in enumerate(answer.rows)
    )


def _cell(value: object, column: Column) -> Cell:
    words = shown(value, column)
    return Cell(words, column.type in NUMERIC, words if is_followable(words) else "")


def _page(answer: Answer, query: Query, question: Question) -> Page:
    number = query.offset // query.limit + 1
    total = answer.total if answer.total is not None else answer.total_at_least
    last = query.offset + len(answer.rows)
    has_more = bool(answer.next_cursor) and last < MAX_OFFSET
    return Page(
        number=number,
        first=query.offset + 1 if answer.rows else 0,
        last=last,
        total=total,
        is_exact=answer.total is not None,
        previous=question.at_page(number - 1).query if number > 1 else "",
        following=question.at_page(number + 1).query if has_more else "",
    )


def _chips(question: Question, ref: TableRef) -> list[Chip]:
    labels = {column.name: column.title or column.label for column in ref.shown}
    chips = []
    if text := question.value("search"):
        chips.append(Chip(f"«{text}»", question.without("search").query))
    for name, value in question.filters:
        column, _sign, operator = name.partition("__")
        words = f"{labels.get(column, column)} {OPERATORS.get(operator or 'exact', operator)}"
        bare = operator in {"isnull", "isnotnull"}
        chips.append(Chip(words if bare else f"{words} {value}", question.without(name, value).query))
    return chips


def _filter(column: Column) -> Filter:
    kind = {ColumnType.DATE: "date", ColumnType.DATETIME: "date", ColumnType.TIME: "time"}.get(column.type, "text")
    if column.type in NUMERIC:
        kind = "number"
    names = {ColumnType.TEXT: _TEXT_OPERATORS, ColumnType.INTEGER: _WHOLE_OPERATORS}.get(
        column.type, _ORDERED_OPERATORS
    )
    if column.type is ColumnType.BOOLEAN:
        names, kind = _CHOICE_OPERATORS, "boolean"
    return Filter(column, kind, tuple((name, str(OPERATORS[name])) for name in names))


def faceted(ref: TableRef, profiles: Sequence[ColumnProfile], rows: int) -> list[Column]:
    """The columns whose values make a short list."""
    by_name = {profile.name: profile for profile in profiles}
    chosen = []
    for column in ref.shown:
        profile = by_name.get(column.name)
        is_listable = column.type in {ColumnType.TEXT, ColumnType.BOOLEAN, ColumnType.INTEGER}
        if profile and is_listable and 1 < profile.distinct <= _MOST_VALUES and profile.distinct * 2 <= rows:
            chosen.append(column)
    return chosen[:_MOST_FACETS]


def _facets(
    engine: Engine, ref: TableRef, query: Query, question: Question, columns: Sequence[Column]
) -> tuple[FacetPanel, ...]:
    if not columns or query.is_grouped:
        return ()
    by_name = {column.name: column for column in columns}
    found = facets(engine, ref, query, [column.name for column in columns], size=FACET_SIZE)
    return tuple(_panel(facet, by_name[facet.column], question) for facet in found if facet.values)


def _panel(facet: Facet, column: Column, question: Question) -> FacetPanel:
    choices = tuple(_choice(value, column, question) for value in facet.values)
    return FacetPanel(column, choices, facet.others, facet.is_complete)


def _choice(value: FacetValue, column: Column, question: Question) -> FacetChoice:
    """A value with the address that asks for it, or, when it is asked for already, the one without it."""
    pairs = parse_qsl(value.filter)
    is_chosen = all(pair in question.asked for pair in pairs)
    for name, words in pairs:
        question = question.without(name, words) if is_chosen else question.putting(name, words)
    low, high = shown(value.value, column), shown(value.upper, column)
    return FacetChoice(f"{low} – {high}" if high else low or _("(vuota)"), value.count, question.query, is_chosen)
