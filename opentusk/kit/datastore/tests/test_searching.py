"""Proves filters, orders, pages and words against a slow reference in plain Python."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.datastore import searching
from opentusk.kit.datastore.asking import read_ask
from opentusk.kit.datastore.errors import BadAsk
from opentusk.kit.datastore.searching import Searcher
from opentusk.kit.datastore.segments import Workbench
from opentusk.kit.datastore.staging import stage
from opentusk.kit.datastore.tests.conftest import FIELDS, empty, source_of
from opentusk.kit.datastore.words import Both, Either, Term, Without, read_words
from opentusk.kit.datastore.wordshelf import words_beside
from opentusk.kit.queries.engine import MANY_ROWS

NAMES = [field.id for field in FIELDS]
ROWS: list[dict[str, Any]] = [
    {
        "_id": number + 1,
        "Codice": f"{number:03d}",
        "codice": None if number % 5 == 0 else number % 7 - 3,
        "prezzo": None if number % 4 == 3 else Decimal(number % 6) / 4,
        "giorno": None if number % 6 == 1 else date(2020, 1 + number % 3, 1 + number % 4),
        "vivo": (None, True, False)[number % 3],
        "nota, lunga": (None, "", "Via Roma, 12", "via roma e via Forlì", "L'ACQUA", "acqua-alta 1.50")[number % 6],
    }
    for number in range(60)
]


@pytest.fixture(scope="module")
def found(connection, engine, tmp_path_factory):
    """Asks the store that holds ROWS in several segments."""
    bench = Workbench(connection, tmp_path_factory.mktemp("store"))
    contents = empty(bench)
    for start in range(0, len(ROWS), 20):
        part = [
            {
                name: str(value) if isinstance(value, Decimal | date) else value
                for name, value in row.items()
                if name != "_id"
            }
            for row in ROWS[start : start + 20]
        ]
        contents = bench.insert(contents, stage(connection, part, FIELDS, bench.folder))
    source, searcher = source_of(bench, contents), Searcher(engine, bench.folder / "words")

    def ask(limit=100, offset=0, **given_: Any) -> tuple[list[int], int]:
        asked = read_ask(source, {**given_, "fields": "_id"}, limit=limit, offset=offset)
        answer = searcher.search(source, asked, with_total=True)
        return [int(str(row[0])) for row in answer.rows], int(answer.total or 0)

    def whole(limit=100, **given_: Any) -> Any:
        return searcher.search(source, read_ask(source, given_, limit=limit, offset=1), with_total=True)

    ask.whole = whole
    ask.index = lambda: searcher.indexes.build(words_beside(engine, source, bench.folder / "words"))
    ask.forget = searcher._totals.clear
    return ask


VALUES = {
    "_id": st.integers(-1, 65),
    "Codice": st.sampled_from(["001", "030", "059", "x", "1"]),
    "codice": st.integers(-4, 4) | st.just("2") | st.just(1.5),
    "prezzo": st.sampled_from(["0.25", 0.5, 1, "1.250"]),
    "giorno": st.sampled_from(["2020-01-01", "2020-02-03", "1999-12-31"]),
    "vivo": st.booleans(),
    "nota, lunga": st.sampled_from(["", "Via Roma, 12", "L'ACQUA", "l'acqua"]),
}
OPERATORS = ("eq", "gt", "gte", "lt", "lte")


@st.composite
def one_column(draw) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(VALUES)))
    value = VALUES[name] | st.none()
    compared = st.dictionaries(st.sampled_from(OPERATORS), VALUES[name], min_size=1, max_size=2)
    return {name: draw(value | st.lists(value, max_size=3) | compared)}


FILTERS = st.recursive(
    st.lists(one_column(), max_size=2).map(lambda parts: {key: v for part in parts for key, v in part.items()}),
    lambda inner: st.builds(
        lambda word, parts, more: {word: parts, **more},
        st.sampled_from(["$or", "$and"]),
        st.lists(inner, max_size=3),
        one_column(),
    ),
    max_leaves=5,
)
SORTS = st.lists(
    st.builds(
        lambda name, way, nulls: (name, way, nulls),
        st.sampled_from(sorted(VALUES)),
        st.sampled_from(["", "asc", "desc", "DESC"]),
        st.sampled_from(["", "nulls first", "nulls last"]),
    ),
    max_size=3,
)


def holds(row: dict[str, Any], filters: dict[str, Any]) -> bool:
    for name, value in filters.items():
        if name == "$or":
            is_so = any(holds(row, part) for part in value)
        elif name == "$and":
            is_so = all(holds(row, part) for part in value)
        elif isinstance(value, dict):
            is_so = all(compared(row[name], sign, value[sign], name) for sign in value)
        else:
            is_so = any(same(row[name], one, name) for one in (value if isinstance(value, list) else [value]))
        if not is_so:
            return False
    return True


def same(cell: Any, value: Any, name: str) -> bool:
    return cell is None if value is None else cell is not None and cell == read(value, name)


def compared(cell: Any, sign: str, value: Any, name: str) -> bool:
    if cell is None:
        return False
    given_ = read(value, name)
    return {
        "eq": cell == given_, "gt": cell > given_, "gte": cell >= given_, "lt": cell < given_, "lte": cell <= given_
    }[sign]  # fmt: skip


def read(value: Any, name: str) -> Any:
    match name:
        case "_id" | "codice" | "prezzo":
            return Decimal(str(value))
        case "giorno":
            return date.fromisoformat(value)
    return value


def ordered(rows: list[dict[str, Any]], sort: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    def before(one: dict[str, Any], other: dict[str, Any]) -> int:
        for name, way, nulls in [*sort, ("_id", "", "")]:
            left, right, down = one[name], other[name], way.lower() == "desc"
            if left == right:
                continue
            if left is None or right is None:
                first = nulls == "nulls first" if nulls else down
                return -1 if (left is None) == first else 1
            left, right = (part.encode() if isinstance(part, str) else part for part in (left, right))
            return -1 if (left < right) != down else 1
        return 0

    return sorted(rows, key=cmp_to_key(before))


@pytest.mark.parametrize("fewest", [0, MANY_ROWS], ids=["by number", "at once"])
@settings(max_examples=250, deadline=None)
@given(filters=FILTERS, sort=SORTS, limit=st.integers(0, 70), offset=st.integers(0, 70))
def test_filters_orders_and_pages_are_those_of_the_reference(found, fewest, filters, sort, limit, offset):
    expected = ordered([row for row in ROWS if holds(row, filters)], sort)
    said = ", ".join(f'"{name}" {way} {nulls}' for name, way, nulls in sort)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "MANY_ROWS", fewest)
        assert found(limit=limit, offset=offset, filters=filters, sort=said) == (
            [row["_id"] for row in expected[offset : offset + limit]],
            len(expected),
        )


def words_in(row: dict[str, Any]) -> list[str]:
    cells = [row[name] for name in NAMES if row[name] is not None]
    texts = (f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell).lower() for cell in cells)
    bare = [
        "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)) for text in texts
    ]
    return [" ".join(["", *re.findall(r"[^\W_]+", text), ""]) for text in bare]


def says(cells: list[str], words: Any) -> bool:
    match words:
        case Term(words=pieces, is_prefix=is_prefix):
            sought = f" {' '.join(pieces)}{'' if is_prefix else ' '}"
            return bool(pieces) and any(sought in cell for cell in cells)
        case Both(parts=parts):
            return bool(parts) and all(says(cells, part) for part in parts)
        case Either(parts=parts):
            return any(says(cells, part) for part in parts)
        case Without(part=part):
            return not says(cells, part)
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("roma", True), ("ROMA 12", True), ("forli", True), ("forlì via", True), ("rom", True), ("l'acqua", True),
        ("1.5", True), ("0.25", True), ("true", True), ("2020-01-02", True), ("", True), ("?!", True), ("altro", True),
        ("roma & !12", False), ("acqua | forli", False), ("(roma | acqua) & !(alta | 12)", False), ("rom:*", False),
        ("'via roma'", False), ("via <-> roma", False), ("via <-> ro:*", False), ("!acqua", False), ("roma:AB", False),
    ],
)  # fmt: skip
def test_words_are_those_of_the_reference(found, text, is_plain):
    words = read_words(text, is_plain=is_plain)
    expected = [row["_id"] for row in ROWS if text and says(words_in(row), words)]
    if not text:
        expected = [row["_id"] for row in ROWS]

    assert found(q=text, plain=is_plain, sort="_id") == (expected, len(expected))
    by_rank, total = found(q=text, plain=is_plain)
    assert (sorted(by_rank), total) == (expected, len(expected))


def test_words_beside_a_filter_are_found_by_number_too(found, monkeypatch):
    asked = {"full_text": "roma", "filters": {"codice": {"gte": -2}}, "sort": "prezzo desc", "limit": 3, "offset": 1}
    looked = found(**asked), found(full_text="roma", limit=3), found(**{**asked, "sort": ""})

    monkeypatch.setattr(searching, "MANY_ROWS", 0)
    found.forget()

    assert (found(**asked), found(full_text="roma", limit=3), found(**{**asked, "sort": ""})) == looked
    assert looked[0][1] > 3


@pytest.mark.parametrize("text", ["roma", "ROMA 12", "acqua", "l'acqua", "2020 01", "via", "nessuna", "via roma via"])
def test_the_index_of_words_gives_what_looking_gives(found, monkeypatch, text):
    def asked() -> tuple[Any, ...]:
        pages = (
            found(q=text),
            found(q=text, limit=3, offset=2),
            found(q=text, offset=90),
            found(full_text=text, limit=3),
        )
        return pages, found.whole(q=text), found.whole(q=text, limit=1_000), found.whole(full_text=text)

    looked = asked()

    monkeypatch.setattr(searching, "FEWEST_ROWS", 0)
    found.index()

    assert asked() == looked


@pytest.mark.parametrize(
    "text", ["roma &", "& roma", "roma via", "(roma", "roma)", "!", "a <-> (b | c)", "' & ", "a & & b"]
)
def test_a_query_that_is_none_is_refused(text):
    with pytest.raises(BadAsk):
        read_words(text, is_plain=False)


def test_one_column_is_searched_with_its_own_words(found):
    notes = [row["_id"] for row in ROWS if row["nota, lunga"] and "via" in row["nota, lunga"].lower()]

    assert found(q={"nota, lunga": "via"}, sort="_id") == (notes, len(notes))
    assert found(q={"Codice": "00"})[1] == 0 and found(q={"Codice": "00:*"}, plain=False)[1] == 10
