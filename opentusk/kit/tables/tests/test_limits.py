"""Proves that what is beyond the limits is refused or said, and that a full disk leaves nothing half done."""

import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.tests.tables import codes_of, column_of, examine

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"
WITHOUT_ROOM = """
import sys
from pathlib import Path
from opentusk.kit.tables.pipeline import examine_table
source, out = map(Path, sys.argv[1:])
try:
    examine_table(source, name=source.name, out=out)
except OSError as fault:
    print(type(fault).__name__)
"""


def test_a_table_of_twenty_thousand_columns_is_refused_with_its_way_out(tmp_path):
    header = ";".join(f"c{number}" for number in range(20_000))

    with pytest.raises(Unreadable) as refused:
        examine(tmp_path, f"{header}\n{header}\n")

    assert (refused.value.reason, refused.value.detail) == ("table.too_many_columns", "20000")


def test_two_thousand_columns_are_examined(tmp_path):
    lines = [";".join(f"{name}{number}" for number in range(2_000)) for name in ("c", "v", "w")]

    assert len(examine(tmp_path, "\n".join(lines)).columns) == 2_000


def test_of_a_file_beyond_the_limit_the_first_million_rows_are_read_and_it_is_said(tmp_path):
    found = examine(tmp_path, "a;b\n" + "1;x\n" * 1_050_000, max_bytes=1_000_000)

    assert found.is_partial
    assert 1_000_000 <= found.rows < 1_050_000
    assert "table.partial" in codes_of(found)


def test_one_endless_line_is_refused(tmp_path):
    with pytest.raises(Unreadable) as refused:
        examine(tmp_path, "a;b\n" + "x" * 9_000_000)

    assert refused.value.reason == "table.line_too_long"


def test_a_header_without_rows_is_a_table_without_rows(tmp_path):
    found = examine(tmp_path, "Comune;Provincia;Abitanti\n")

    assert [column.label for column in found.columns] == ["Comune", "Provincia", "Abitanti"]
    assert found.rows == 0
    assert "table.no_rows" in codes_of(found)
    assert column_of(found, "comune") == []


@pytest.mark.parametrize("content", [b"\x00" * 5_000, bytes(range(256)) * 50, b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    with pytest.raises(Unreadable):
        examine(tmp_path, content)


def test_a_disk_without_room_is_an_error_and_leaves_nothing(tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-c", WITHOUT_ROOM, str(SAMPLES / "palermo_edifici_pubblici_cp1252.csv"), str(out)]

    # No file may grow beyond 64 kB: the same fault as a full disk, at the first large write.
    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536)),
    )

    assert ended.stdout.strip() == "OSError"
    assert list(out.iterdir()) == []


def test_what_duckdb_cannot_write_is_an_error_of_the_disk(tmp_path):
    from opentusk.kit.tables.workspace import open_workspace

    with pytest.raises(OSError), open_workspace(tmp_path) as connection:
        connection.execute("COPY (SELECT 1) TO '/dev/full/x.parquet'")

    assert not issubclass(duckdb.IOException, OSError)
    assert list(tmp_path.iterdir()) == []


def test_separators_alone_are_an_empty_table(tmp_path):
    with pytest.raises(Unreadable) as refused:
        examine(tmp_path, ";;;\n;;;\n")

    assert refused.value.reason == "table.empty"


def test_a_header_of_years_alone_offers_nothing_to_turn(tmp_path):
    found = examine(tmp_path, "Regione;2022;2023;2024\n", accepted=frozenset({"periods.unpivot"}))

    assert (found.rows, len(found.columns), found.proposals) == (0, 4, ())
