"""Proves that every text table among the samples is read whole, and that its examination survives JSON."""

from pathlib import Path

import duckdb
import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.json_shapes import as_json, from_json
from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.shapes import Options

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"


def test_every_row_of_a_text_table_is_in_its_parquet(tmp_path):
    found = examine_table(SAMPLES / "palermo_edifici_pubblici_cp1252.csv", name="edifici.csv", out=tmp_path)

    rows = duckdb.execute("SELECT count(*), count(DISTINCT _row), max(_row) FROM read_parquet(?)", [str(found.parquet)])
    assert found.rows == 8_620
    assert rows.fetchone() == (8_620, 8_620, 8_620)
    assert found.dialect.encoding == "cp850"
    assert [column.label for column in found.columns][3] == "N° Civico"


def test_an_examination_goes_to_json_and_back(tmp_path):
    found = examine_table(SAMPLES / "datapusher_weird_head_padding.csv", name="aerzte.csv", out=tmp_path)

    assert from_json(as_json(found), folder=tmp_path) == found


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "table.empty"),
        (b"\xef\xbb\xbf\n", "table.empty"),
        (bytes(range(256)) * 40, "table.not_text"),
        (b"a;" * 2_001 + b"b\n" + b"1;" * 2_001 + b"2\n", "table.too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(Unreadable) as refused:
        examine_table(path, name="file.csv", out=tmp_path / "out")

    assert refused.value.reason == reason


def test_names_stay_when_the_file_comes_again(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Comune;Comune;Ordine;Nº (di|cui)\nBari;2;3;4\nLecce;5;6;7\n")

    first = examine_table(path, name="file.csv", out=tmp_path / "a")
    path.write_text("Ordine;Nuova;Comune\n3;x;Bari\n6;y;Lecce\n")
    second = examine_table(path, name="file.csv", out=tmp_path / "b", options=Options(known=first.columns))

    assert [column.name for column in first.columns] == ["comune", "comune_2", "ordine", "no_di_cui"]
    assert [column.name for column in second.columns] == ["ordine", "nuova", "comune"]
