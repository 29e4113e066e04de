"""Proves that the table of a service says the same for the same rows, and keeps what was decided."""

import csv

from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.webservices.shapes import Field
from opentusk.kit.webservices.tables import readable, suggest_mapping, unmapped_fields, write_table

_MAPPING = (Field(path="a", column="Prima"), Field(path="b", column="Seconda"), Field(path="c", column=""))
_texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
_rows = st.lists(st.fixed_dictionaries({"a": _texts, "b": _texts, "c": _texts}), max_size=12)


@given(_rows, st.randoms())
def test_the_order_of_the_rows_does_not_change_the_content(tmp_path_factory, rows, chance):
    folder = tmp_path_factory.mktemp("righe")
    mixed = list(rows)
    chance.shuffle(mixed)

    first = write_table(rows, _MAPPING, folder / "uno.csv")
    second = write_table(mixed, _MAPPING, folder / "due.csv")

    assert first == second


@given(_rows, st.data())
def test_any_changed_cell_changes_the_content(tmp_path_factory, rows, data):
    folder = tmp_path_factory.mktemp("righe")
    if not rows:
        rows = [{"a": "", "b": "", "c": ""}]
    position = data.draw(st.integers(0, len(rows) - 1))
    changed = [dict(row) for row in rows]
    changed[position]["a"] += "!"

    first = write_table(rows, _MAPPING, folder / "uno.csv")
    second = write_table(changed, _MAPPING, folder / "due.csv")

    assert first.content_hash != second.content_hash


@given(_rows)
def test_the_csv_reads_back_cell_by_cell(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("righe") / "tabella.csv"

    write_table(rows, _MAPPING, path)

    with path.open(encoding="utf-8", newline="") as written:
        assert list(csv.reader(written)) == [["Prima", "Seconda"], *[[row["a"], row["b"]] for row in rows]]


def test_a_field_that_nobody_decided_about_is_told_and_one_that_vanished_stays():
    rows = [{"a": "1", "nuovo": "x"}]

    assert unmapped_fields(rows, _MAPPING) == ("nuovo",)
    assert suggest_mapping(rows, _MAPPING) == (*_MAPPING, Field(path="nuovo", column="nuovo"))


def test_names_of_fields_become_readable():
    assert readable("indirizzo.numeroCivico") == "indirizzo numero civico"
    assert readable("COD_ISTAT") == "COD ISTAT"
