"""Proves that whatever is put into a text either is examined whole, or is refused with a reason: nothing else."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.kit.errors import Unreadable
from opentusk.kit.sentences import SENTENCES
from opentusk.kit.tables.json_shapes import as_json, from_json
from opentusk.kit.tables.tests.tables import examine, rows_of

PIECES = st.sampled_from(
    (";", ",", "\t", "|", "\n", "\r\n", "\n\n", '"', '""', "'", "a", "città", "1", "1.234", "1,5", "n.d.", "31/12/2023",
     "NA", "BA", "sì", "no", "", " ", "Totale", "€ 3,00", "12 km", "sep=;\n", "2023", "2024", "2025", "\x00", "\ufeff",
     "Ã¨", "ï»¿", "-", "(5)", "071057", "lat", "lon", "41.1", "16.8", "44.5, 11.2", "=")
)  # fmt: skip
SOUP = st.lists(PIECES, min_size=1, max_size=60).map("".join)
GRID = st.lists(st.lists(PIECES, min_size=1, max_size=6).map(";".join), min_size=1, max_size=9).map("\n".join)
ACCEPTED = st.sets(
    st.sampled_from(("totals.exclude", "spaces.trim", "periods.unpivot", "columns.drop_empty", "encoding.double"))
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SOUP | GRID, encoding=st.sampled_from(("utf-8", "utf-16", "cp1252", "cp850")), accepted=ACCEPTED)
def test_any_text_is_examined_or_refused(text, encoding, accepted):
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = examine(Path(folder), text.encode(encoding, "replace"), accepted=frozenset(accepted))
        except Unreadable as refused:
            assert refused.reason in SENTENCES
            return

        assert from_json(as_json(found), folder=found.parquet.parent) == found
        assert all(problem.code in SENTENCES for problem in found.problems)
        assert len(found.profiles) == len(found.columns)
        if not accepted & {"totals.exclude", "periods.unpivot"}:
            assert len(rows_of(found)) == found.rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_examined_or_refused(content):
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = examine(Path(folder), content)
        except Unreadable as refused:
            assert refused.reason in SENTENCES
            return

        assert len(rows_of(found)) == found.rows
