"""A search as SQL, and its answer: rows, exact total, ranks.

Deep pages are cheap: row numbers are sorted alone, then the few rows of the page are read; where the rows are numbered
without gaps, a page in their order needs no sorting at all.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from opentusk.kit.datastore.asking import Ask, Order, Sought
from opentusk.kit.datastore.postings import FEWEST_ROWS, Indexes, found_sql, single_words
from opentusk.kit.datastore.shapes import ROW, Source, SourceField
from opentusk.kit.datastore.words import TEXT, WEIGHT, cell_rank_sql, cell_sql, text_rank_sql, text_sql
from opentusk.kit.datastore.wordshelf import words_beside
from opentusk.kit.queries.compiling import Compiler, column_sql, quoted
from opentusk.kit.queries.engine import FEW_ROWS, MANY_ROWS, Engine, parquet_sql
from opentusk.kit.tables.shapes import ROW_NUMBER

_DEEP = 1_000  # rows left out, from which on it pays to sort row numbers alone
_WORDS = f"w.{TEXT}"


@dataclass(frozen=True)
class Found:
    """The rows of a page, each with the ranks at its end; `last_row` is the number of the last."""

    rows: Sequence[tuple[object, ...]]
    total: int | None


@dataclass(frozen=True)
class Statement:
    """SQL over `{table}` and `{beside}`, with its parameters."""

    sql: str
    parameters: tuple[object, ...]


class Searcher:
    """Answers asks with one engine; `folder` is where words are kept. Totals are remembered by version and question."""

    def __init__(self, engine: Engine, folder: Path, *, seconds: float = 10.0) -> None:
        self._engine, self._folder, self._seconds = engine, folder, seconds
        self.indexes = Indexes(folder)
        self._totals: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def search(self, source: Source, ask: Ask, *, with_total: bool) -> Found:
        """The rows of the page and how many there are in all."""
        if is_scattered(source, ask):
            return self._found_by_number(source, ask, with_total=with_total)
        index = self._index_of(source, ask)
        if index and _is_few(ask):
            return self._found_by_words(source, ask, index)
        rows = self._fetch(source, ask, page_statement, index) if ask.limit != 0 else []
        width = len(ask.fields) + len(ask.ranks)
        if rows and len(rows[0]) > width:
            return Found([row[:width] for row in rows], int(str(rows[0][width])))
        total = self.total(source, ask) if with_total else None
        return Found(rows, total)

    def total(self, source: Source, ask: Ask) -> int:
        """How many rows there are whatever the page."""
        if not ask.where and not ask.sought and not ask.is_distinct:
            return source.rows
        known = self._known_total(source, ask)
        if known is None:
            counted = _counted(ask)
            known = int(str(self._fetch(source, counted, total_statement, self._index_of(source, counted))[0][0]))
            self._remember(source, ask, known)
        return known

    def _known_total(self, source: Source, ask: Ask) -> int | None:
        with self._lock:
            return self._totals.get(_total_key(source, ask))

    def _remember(self, source: Source, ask: Ask, total: int) -> None:
        with self._lock:
            self._totals[_total_key(source, ask)] = total
            while len(self._totals) > 2_000:
                self._totals.popitem(last=False)

    def _found_by_number(self, source: Source, ask: Ask, *, with_total: bool) -> Found:
        """The numbers of the page first, then its few rows by these; numbers in their own order are counted as well."""
        if with_total and ask.where and not ask.orders and self._known_total(source, ask) is None:
            ((total, first),) = self._fetch(source, ask, first_numbers_statement)
            self._remember(source, ask, total := int(str(total)))
            numbers = list(first)[ask.offset :] if isinstance(first, list) else []
        else:
            numbers = [row[0] for row in self._fetch(source, ask, numbers_statement)]
            total = self.total(source, ask) if with_total else None
        return Found(self._rows_of(source, ask, numbers), total)

    def _found_by_words(self, source: Source, ask: Ask, index: Path) -> Found:
        """The numbers that an index of words gives, with their ranks and how many there are; then their few rows."""
        found = self._fetch(source, ask, listed_numbers_statement, index)
        places = {number: place for place, (number, *_others) in enumerate(found)}
        rows = self._rows_of(source, replace(ask, fields=(ROW, *ask.fields), orders=()), list(places))
        ranks = [[rank] if ask.ranks else [] for _number, rank, _total in found]
        in_order = sorted(rows, key=lambda row: places[row[0]])
        shown = [(*row[1:], *rank) for row, rank in zip(in_order, ranks, strict=True)]
        return Found(shown, int(str(found[0][2])) if found else self.total(source, ask))

    def _rows_of(self, source: Source, ask: Ask, numbers: Sequence[object]) -> list[tuple[object, ...]]:
        """The rows of these numbers. Whoever has them needs neither conditions nor words any more."""
        bare = replace(ask, where=(), sought=())
        return self._fetch(source, bare, partial(rows_statement, numbers)) if numbers else []

    def _index_of(self, source: Source, ask: Ask) -> Path | None:
        """The index that answers the ask alone; None while there is none."""
        if source.rows < FEWEST_ROWS or not listed_words(ask):
            return None
        return self.indexes.of(words_beside(self._engine, source, self._folder))

    def _fetch(
        self,
        source: Source,
        ask: Ask,
        make: Callable[[Source, Ask, Sequence[str]], Statement],
        index: Path | None = None,
    ) -> list[tuple[object, ...]]:
        """The rows of a statement; `index` is the one that answers the ask alone, if there is one."""
        beside = words_beside(self._engine, source, self._folder) if needs_words(ask) and not index else None
        statement = make(source, ask, listed_words(ask) if index else ())
        sql = statement.sql.replace("{beside}", parquet_sql(index)) if index else statement.sql
        with (
            self._engine.placed(source.ref, beside, sql) as placed,
            self._engine.limited(self._seconds) as connection,
        ):
            return connection.execute(placed, list(statement.parameters)).fetchall()


def is_scattered(source: Source, ask: Ask) -> bool:
    """Whether a page is of a few rows that stand anywhere, so that it pays to find their numbers alone first."""
    is_looked_for = bool(ask.where or ask.sought or ask.orders) and not (ask.is_distinct or ask.ranks)
    is_worth_it = source.rows >= MANY_ROWS and not listed_words(ask) and _numbered(source, ask) is None
    return is_looked_for and _is_few(ask) and is_worth_it


def _is_few(ask: Ask) -> bool:
    return ask.limit is not None and 0 < ask.limit and ask.limit + ask.offset <= FEW_ROWS


def needs_words(ask: Ask) -> bool:
    """Whether something is looked for in all columns together."""
    return any(one.field is None for one in ask.sought)


def listed_words(ask: Ask) -> tuple[str, ...]:
    """The words that an index can answer alone: nothing else is asked, and the best come first."""
    is_alone = not (ask.where or ask.orders or ask.is_distinct) and len(ask.sought) == 1
    return single_words(ask.sought[0].words) if is_alone and ask.sought[0].field is None else ()


def page_statement(source: Source, ask: Ask, listed: Sequence[str] = ()) -> Statement:
    """The rows of a page, in an order that is total; `listed` are words that `{beside}` is an index of."""
    compiler = Compiler()
    if listed:
        return _indexed(ask, compiler, listed)
    if ask.is_distinct:
        return _distinct(ask, compiler)
    if ask.ranks:
        return _ranked(ask, compiler)
    if (within := _numbered(source, ask)) is not None:
        low, high = compiler.bind(within[0]), compiler.bind(within[1])
        where = f"WHERE {column_sql(ROW_NUMBER)} BETWEEN {low} AND {high}"
        return _done(f"{_select(ask)} FROM {{table}} AS t {where} {_order(ask.orders)}", compiler)
    if ask.offset >= _DEEP:
        return _done(_rows_among(ask, _numbers(ask, compiler)), compiler)
    sql = f"{_select(ask)} {_from(ask)}{_where(ask, compiler)} {_order(ask.orders)}{_part(ask)}"
    return _done(sql, compiler)


def numbers_statement(_source: Source, ask: Ask, _listed: Sequence[str] = ()) -> Statement:
    """The numbers of the rows of a page, in its order."""
    compiler = Compiler()
    return _done(_numbers(ask, compiler), compiler)


def first_numbers_statement(_source: Source, ask: Ask, _listed: Sequence[str] = ()) -> Statement:
    """How many rows there are, and the lowest numbers among them as far as the page goes: in one look."""
    compiler = Compiler()
    last = (ask.limit or 0) + ask.offset
    sql = f"SELECT count(*), min({column_sql(ROW_NUMBER)}, {last}) {_from(ask)}{_where(ask, compiler)}"
    return _done(sql, compiler)


def listed_numbers_statement(_source: Source, ask: Ask, listed: Sequence[str]) -> Statement:
    """The numbers of the rows of a page that an index of words gives, each with its rank and how many there are."""
    compiler = Compiler()
    return _done(_listed_numbers(ask, compiler, listed), compiler)


def rows_statement(numbers: Sequence[object], _source: Source, ask: Ask, _listed: Sequence[str] = ()) -> Statement:
    """The rows of these numbers, in the order of the page; the numbers stand in the text, or no index is used."""
    return Statement(_rows_among(ask, ", ".join(str(int(str(number))) for number in numbers)), ())


def all_statement(source: Source, ask: Ask) -> Statement:
    """Every row that was asked for, for a file: the ranks are left out. What stands in order is not sorted again."""
    compiler = Compiler()
    if ask.is_distinct:
        return _distinct(ask, compiler)
    in_order = source.is_ordered and not ask.sought and all(one.field is ROW for one in ask.orders)
    order = "" if in_order and not any(one.is_descending for one in ask.orders) else f" {_order(ask.orders)}"
    return _done(f"{_select(ask)} {_from(ask)}{_where(ask, compiler)}{order}{_part(ask)}", compiler)


def total_statement(source: Source, ask: Ask, listed: Sequence[str] = ()) -> Statement:
    """How many rows there are."""
    compiler = Compiler()
    if listed:
        return _done(f"SELECT count(*) FROM ({found_sql(listed, compiler)})", compiler)  # noqa: S608 - compiled
    if ask.is_distinct:
        inner = f"SELECT DISTINCT {_cells(ask.fields)} {_from(ask)}{_where(ask, compiler)}"
        return _done(f"SELECT count(*) FROM ({inner})", compiler)  # noqa: S608 - compiled
    # Words alone need no look at the rows.
    is_alone = not ask.where and all(one.field is None for one in ask.sought)
    start = "FROM {beside} AS w" if is_alone and ask.sought else _from(ask)
    return _done(f"SELECT count(*) {start}{_where(ask, compiler)}", compiler)


def _ranked(ask: Ask, compiler: Compiler) -> Statement:
    """The numbers and ranks of the page first, then its rows: a million rows are ranked, a hundred are read."""
    ranks = [one for one in ask.sought if one.rank]
    shown = [f"{_rank(one, compiler)} AS {quoted(f'r{number}')}" for number, one in enumerate(ranks)]
    is_alone = not ask.where and not ask.orders and all(one.field is None for one in ask.sought)
    start = "FROM {beside} AS w" if is_alone else _from(ask)
    number = f"w.{ROW_NUMBER}" if is_alone else column_sql(ROW_NUMBER)
    order = _order(ask.orders) if ask.orders else f"ORDER BY {_best(len(ranks))}, {number}"
    page = f"SELECT {number} AS n, {', '.join(shown)} {start}{_where(ask, compiler)} {order}{_part(ask)}"
    last = _order(ask.orders) if ask.orders else f"ORDER BY {_best(len(ranks))}, n"
    names = ", ".join(f"page.r{number}" for number in range(len(ranks)))
    join = f"FROM page JOIN {{table}} AS t ON {column_sql(ROW_NUMBER)} = page.n"
    cells = ", ".join(part for part in (_cells(ask.fields), names) if part)
    return _done(f"WITH page AS MATERIALIZED ({page}) SELECT {cells} {join} {last}", compiler)


def _indexed(ask: Ask, compiler: Compiler, listed: Sequence[str]) -> Statement:
    """The page of what an index found; behind each row how many there are, so that nothing is found twice."""
    page = f"page AS MATERIALIZED ({_listed_numbers(ask, compiler, listed)})"
    rank = ", page.rank" if ask.ranks else ""
    join = f"FROM page JOIN {{table}} AS t ON {column_sql(ROW_NUMBER)} = page.n ORDER BY {_best_listed(ask)}page.n"
    return _done(f"WITH {page} SELECT {_cells(ask.fields)}{rank}, page.total {join}", compiler)


def _listed_numbers(ask: Ask, compiler: Compiler, listed: Sequence[str]) -> str:
    """What an index found for a page: numbers of rows, their ranks, the best first, and how many there are in all."""
    found = f"WITH found AS MATERIALIZED ({found_sql(listed, compiler)})"
    cells = f"n, times * {WEIGHT}::DOUBLE AS rank, (SELECT count(*) FROM found) AS total"  # noqa: S608 - a number of ours
    return f"{found} SELECT {cells} FROM found ORDER BY {_best_listed(ask)}n{_part(ask)}"  # noqa: S608 - compiled


def _best_listed(ask: Ask) -> str:
    """The best come first only where their rank is told."""
    return "rank DESC, " if ask.ranks else ""


def _best(ranks: int) -> str:
    return " + ".join(f"r{number}" for number in range(ranks)) + " DESC"


def _rank(sought: Sought, compiler: Compiler) -> str:
    if sought.field is None:
        return text_rank_sql(sought.words, compiler, _WORDS)
    return cell_rank_sql(sought.words, compiler, sought.field)


def _distinct(ask: Ask, compiler: Compiler) -> Statement:
    """Different rows of the fields; what they are sorted by must be among them, or the order means nothing."""
    sql = f"SELECT DISTINCT {_cells(ask.fields)} {_from(ask)}{_where(ask, compiler)}"
    named = {field.name for field in ask.fields}
    orders = [order for order in ask.orders if order.field.name in named]
    first = [_key(quoted(order.field.name), order) for order in orders]
    rest = [quoted(field.name) for field in ask.fields if field.name not in {order.field.name for order in orders}]
    return _done(f"SELECT * FROM ({sql}) ORDER BY {', '.join([*first, *rest])}{_part(ask)}", compiler)  # noqa: S608 - compiled


def _counted(ask: Ask) -> Ask:
    """What makes a difference to how many rows there are."""
    return replace(ask, orders=(), limit=None, offset=0, fields=ask.fields if ask.is_distinct else ())


def _total_key(source: Source, ask: Ask) -> str:
    return f"{source.ref.key}|{_counted(ask)!r}"


def _numbered(source: Source, ask: Ask) -> tuple[int, int] | None:
    """The first and last row number of a page in the order of the rows, where that is plain."""
    is_plain = not ask.where and not ask.sought and source.is_dense and ask.limit is not None
    ways = [order.is_descending for order in ask.orders if order.field is ROW]
    if not is_plain or len(ways) != len(ask.orders) or len(ways) > 1:
        return None
    assert ask.limit is not None
    if any(ways):
        return source.rows - ask.offset - ask.limit + 1, source.rows - ask.offset
    return ask.offset + 1, ask.offset + ask.limit


def _numbers(ask: Ask, compiler: Compiler) -> str:
    """The numbers of a page's rows, in its order."""
    return f"SELECT {column_sql(ROW_NUMBER)} {_from(ask)}{_where(ask, compiler)} {_order(ask.orders)}{_part(ask)}"


def _rows_among(ask: Ask, numbers: str) -> str:
    """The rows whose numbers are known or asked for, in the order of the page."""
    return f"{_select(ask)} FROM {{table}} AS t WHERE {column_sql(ROW_NUMBER)} IN ({numbers}) {_order(ask.orders)}"


def _select(ask: Ask) -> str:
    return f"SELECT {_cells(ask.fields)}"


def _cells(fields: Sequence[SourceField]) -> str:
    return ", ".join(column_sql(field.name) for field in fields)


def _from(ask: Ask) -> str:
    if needs_words(ask):
        return f"FROM {{table}} AS t JOIN {{beside}} AS w ON w.{ROW_NUMBER} = {column_sql(ROW_NUMBER)}"
    return "FROM {table} AS t"


def _where(ask: Ask, compiler: Compiler) -> str:
    conditions = [compiler.condition(condition) for condition in ask.where]
    for one in ask.sought:
        if one.field is None:
            conditions.append(text_sql(one.words, compiler, _WORDS))
        else:
            conditions.append(cell_sql(one.words, compiler, one.field))
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _order(orders: Sequence[Order]) -> str:
    keys = [_key(column_sql(order.field.name), order) for order in orders]
    if all(order.field is not ROW for order in orders):
        keys.append(column_sql(ROW_NUMBER))
    return f"ORDER BY {', '.join(keys)}"


def _key(text: str, order: Order) -> str:
    return f"{text} {'DESC' if order.is_descending else 'ASC'} NULLS {'FIRST' if order.nulls_first else 'LAST'}"


def _part(ask: Ask) -> str:
    limit = f" LIMIT {ask.limit}" if ask.limit is not None else ""
    return f"{limit} OFFSET {ask.offset}" if ask.offset else limit


def _done(sql: str, compiler: Compiler) -> Statement:
    return Statement(sql, tuple(compiler.parameters))
