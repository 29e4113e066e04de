"""Proves that every sample is read as a person reads it: encoding, separator, header, rows and types."""

from itertools import groupby
from pathlib import Path

import pytest

from opentusk.kit.tables.formats.opening import list_tables
from opentusk.kit.tables.pipeline import examine_table
from opentusk.kit.tables.tests.expected import TABLES, Expected

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "tables"


def test_every_sample_is_expected_to_be_something():
    found = {
        (str(path.relative_to(SAMPLES)), source.key)
        for path in SAMPLES.rglob("*")
        if path.is_file()
        for source in list_tables(path, name=path.name)
    }

    assert found == {(expected.file, expected.key) for expected in TABLES}


@pytest.mark.parametrize("expected", TABLES, ids=lambda expected: f"{expected.file} {expected.key}".strip())
def test_a_sample_is_read_as_a_person_reads_it(tmp_path, expected: Expected):
    path = SAMPLES / expected.file

    found = examine_table(path, name=path.name, out=tmp_path, key=expected.key)

    types = [(kind, len(list(group))) for kind, group in groupby(column.type.value for column in found.columns)]
    assert (found.dialect.encoding, found.dialect.delimiter) == (expected.encoding, expected.delimiter)
    assert (found.dialect.header_row, found.rows) == (expected.header_row, expected.rows)
    assert " ".join(f"{kind}*{count}" if count > 1 else kind for kind, count in types) == expected.types
