"""Proves that any sequence of writes gives the rows that a plain list of dictionaries has, whatever the segments."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.datastore import segments
from opentusk.kit.datastore.asking import read_ask
from opentusk.kit.datastore.errors import BadAsk
from opentusk.kit.datastore.filters import read_filters
from opentusk.kit.datastore.searching import Searcher
from opentusk.kit.datastore.segments import Contents, Workbench
from opentusk.kit.datastore.shapes import ROW
from opentusk.kit.datastore.staging import stage
from opentusk.kit.datastore.tests.conftest import FIELDS, KEY, empty, source_of

Row = dict[str, Any]
TEXTS = st.sampled_from(["", "a", 'b "c", d', "riga\nnuova\r\n", "è vero", "NULL", "\\N", "071057", " x "])
KEYS = st.sampled_from(["a", "b", "c", "d", "e", "F", "f"])
VALUES = {
    "codice": st.none() | st.integers(-(2**31), 2**31 - 1),
    "prezzo": st.none() | st.decimals(-(10**12), 10**12, places=4),
    "giorno": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "vivo": st.none() | st.booleans(),
    "nota, lunga": st.none() | TEXTS,
}
_OTHERS = st.fixed_dictionaries({}, optional=VALUES)


@st.composite
def records(draw) -> Row:
    return {"Codice": draw(KEYS), **draw(_OTHERS)}


WRITES = st.lists(
    st.tuples(st.sampled_from(["insert", "upsert", "update"]), st.lists(records(), min_size=1, max_size=4))
    | st.tuples(st.just("delete"), KEYS),
    max_size=8,
)


def plain(record: Row) -> Row:
    """The record as JSON would bring it."""
    shown = {Decimal: str, date: date.isoformat}
    return {name: shown.get(type(value), lambda same: same)(value) for name, value in record.items()}


def apply_to_model(model: dict[int, Row], number: int, kind: str, given: Any) -> int:
    """The same write on a dictionary of rows by number; raises KeyError for what must be refused."""
    before = {key: dict(row) for key, row in model.items()}
    try:
        if kind == "delete":
            for place in [place for place, row in model.items() if row["Codice"] == given]:
                del model[place]
            return number
        for record in given:
            place = next((place for place, row in model.items() if row["Codice"] == record["Codice"]), None)
            if (kind == "insert" and place is not None) or (kind == "update" and place is None):
                raise KeyError(record["Codice"])
            if place is None:
                model[number] = {field.id: record.get(field.id) for field in FIELDS}
                number += 1
            else:
                model[place] |= record
    except KeyError:
        model.clear()
        model.update(before)
        raise
    return number


def apply_to_store(bench: Workbench, contents: Contents, kind: str, given: Any) -> Contents:
    if kind == "delete":
        return bench.delete(contents, read_filters(source_of(bench, contents), {"Codice": given}))
    batch = stage(bench.connection, [plain(record) for record in given], contents.fields, bench.folder)
    if kind == "insert":
        return bench.insert(contents, batch)
    return bench.change(contents, batch, inserts=kind == "upsert")


@settings(max_examples=40, deadline=None)
@given(writes=WRITES, whole=st.sampled_from([1, 3, 25_000]))
def test_a_store_is_a_list_of_dictionaries(connection, engine, tmp_path_factory, writes, whole):
    bench = Workbench(connection, tmp_path_factory.mktemp("store"))
    contents, model, number = empty(bench), {}, 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "_WHOLE", whole)
        for kind, given_ in writes:
            try:
                following = apply_to_model(model, number, kind, given_)
            except KeyError:
                with pytest.raises(BadAsk):
                    apply_to_store(bench, contents, kind, given_)
                continue
            contents, number = apply_to_store(bench, contents, kind, given_), following

    assert rows_of(engine, bench, contents) == [
        {"_id": place, **{field.id: row[field.id] for field in FIELDS}} for place, row in sorted(model.items())
    ]
    assert contents.rows == len(model) and contents.next_id == number
    for segment in contents.segments:
        assert segment.rows <= segment.last - segment.first + 1


def rows_of(engine, bench: Workbench, contents: Contents) -> list[Mapping[str, Any]]:
    source = source_of(bench, contents)
    found = Searcher(engine, bench.folder / "words").search(
        source, read_ask(source, {}, limit=1_000, offset=0), with_total=True
    )
    assert found.total == len(found.rows)
    return [dict(zip([ROW.id, *(field.id for field in FIELDS)], row, strict=True)) for row in found.rows]


def test_an_update_writes_only_the_segment_of_its_rows(bench, monkeypatch):
    monkeypatch.setattr(segments, "_WHOLE", 2)
    contents = empty(bench)
    for start in range(0, 8, 2):
        batch = stage(bench.connection, [{KEY.id: str(start)}, {KEY.id: str(start + 1)}], FIELDS, bench.folder)
        contents = bench.insert(contents, batch)

    changed = bench.change(
        contents, stage(bench.connection, [{KEY.id: "5", "codice": 1}], FIELDS, bench.folder), inserts=False
    )

    assert len(contents.segments) == 4
    assert [one == other for one, other in zip(contents.segments, changed.segments, strict=True)] == [
        True, True, False, True
    ]  # fmt: skip


def test_small_batches_are_put_together(bench):
    contents = empty(bench)
    for number in range(40):
        batch = stage(bench.connection, [{KEY.id: str(number)}], FIELDS, bench.folder)
        contents = bench.insert(contents, batch)

    assert contents.rows == 40 and len(contents.segments) <= 6


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("12x", "codice"), (1.5, "codice"), (2**31, "codice"), ("1,5", "prezzo"), ("0.12345678901", "prezzo"),
        (10**30, "prezzo"), ("2020-02-30", "giorno"), ("2020-01-01T10:00:00", "giorno"), ("forse", "vivo"),
    ],
)  # fmt: skip
def test_a_value_that_its_column_cannot_hold_is_refused_with_its_place(bench, value, name):
    with pytest.raises(BadAsk) as refused:
        stage(bench.connection, [{KEY.id: "a", name: None}, {KEY.id: "b", name: value}], FIELDS, bench.folder)

    assert refused.value.fields["records_row"] == 1
    assert refused.value.fields["records"][0].endswith(f'(field "{name}")')


def test_long_rows_and_every_character_but_nul_are_kept(bench, engine):
    texts = ["x" * 3_000_000, "\x01\x02\x1f", "\U0001f333 è, \"'", "\u2028", "\ufeff"]
    records_ = [{KEY.id: str(number), "nota, lunga": text} for number, text in enumerate(texts)]
    contents = bench.insert(empty(bench), stage(bench.connection, records_, FIELDS, bench.folder))

    assert [row["nota, lunga"] for row in rows_of(engine, bench, contents)] == texts
    for wrong in ("\x00", "\ud800"):
        with pytest.raises(BadAsk):
            stage(bench.connection, [{KEY.id: "a", "nota, lunga": wrong}], FIELDS, bench.folder)
