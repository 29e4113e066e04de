"""Proves that every cell of a call arrives as it was given, whatever else the call holds."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.kit.datastore.kinds import KINDS
from opentusk.kit.datastore.shapes import SourceField
from opentusk.kit.datastore.staging import BATCH, GIVEN, RAW, stage

IDS = ("testo", "Testo", "a [1]", 'due "virgolette"', "oggetto")
FIELDS = tuple(
    SourceField(id_, KINDS["json" if id_ == "oggetto" else "text"], f"c{place}") for place, id_ in enumerate(IDS)
)
NUMBERS = st.integers() | st.integers(2**62, 2**65) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["\\u0000", "\\\\u0000", "[", "{}", "1e5", "null", "071057"]
)
CELLS = st.none() | st.booleans() | NUMBERS | TEXTS | st.lists(st.integers(0, 9), max_size=2)


def as_text(value, *, is_json):
    if value is None or (isinstance(value, str) and not is_json):
        return value
    if isinstance(value, bool | list) or is_json:
        return json.dumps(value, ensure_ascii=False)
    return str(value)


@pytest.mark.parametrize("ids", [IDS, IDS[:1], IDS[2:4]])
def test_cells_are_kept_as_they_were_given(connection, tmp_path, ids):
    fields = [field for field in FIELDS if field.id in ids]
    record = st.fixed_dictionaries({ids[0]: CELLS}, optional=dict.fromkeys(ids[1:], CELLS))

    @settings(max_examples=60, deadline=None)
    @given(st.lists(record, min_size=1, max_size=5))
    def kept(records):
        batch = stage(connection, records, fields, tmp_path)

        names = ", ".join(field.name for field in batch.fields)
        for table in (RAW, BATCH):
            assert connection.execute(f"SELECT {names} FROM {table}").fetchall() == [
                tuple(as_text(record.get(one.id), is_json=one.id == "oggetto") for one in batch.fields)
                for record in records
            ]
        if batch.has_gaps:
            marks = [mark for (mark,) in connection.execute(f"SELECT {GIVEN} FROM {BATCH}").fetchall()]
            assert marks == ["".join("01"[one.id in record] for one in batch.fields) for record in records]

    kept()
