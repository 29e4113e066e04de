"""Proves that pieces of a file are what RFC 9110 says: against a reference that lists every byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.files.ranges import asked_pieces

SPECS = st.one_of(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: f"{min(pair)}-{max(pair)}"),
    st.integers(0, 40).map(lambda first: f"{first}-"),
    st.integers(0, 40).map(lambda length: f"-{length}"),
)


def bytes_of(spec: str, size: int) -> list[int]:
    """The reference: each position of the file is asked whether the spec means it."""
    first, last = spec.split("-")
    if not first:
        return [position for position in range(size) if position >= size - int(last)]
    return [position for position in range(size) if position >= int(first) and (not last or position <= int(last))]


@given(specs=st.lists(SPECS, min_size=1, max_size=5), size=st.integers(1, 30))
def test_each_piece_has_exactly_the_bytes_that_were_asked(specs, size):
    expected = [positions for spec in specs if (positions := bytes_of(spec, size))]
    together = [position for positions in expected for position in positions]

    pieces = asked_pieces("bytes=" + ", ".join(specs), size)

    if len(together) != len(set(together)):
        assert pieces is None
    else:
        assert [list(range(piece.first, piece.last + 1)) for piece in pieces] == expected
        assert [piece.length for piece in pieces] == [len(positions) for positions in expected]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "lines=1-2",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=-",
        "bytes=1-2;3-4",
        "bytes=1.5-2",
        "bytes=" + "9" * 5_000 + "-",
        "bytes=-" + "9" * 5_000,
        "bytes=٣-",
    ],
)
def test_what_says_nothing_is_not_heard(header):
    assert asked_pieces(header, 100) is None


def test_a_header_of_a_thousand_pieces_gets_the_whole_file():
    assert asked_pieces("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2000, 2)), 5000) is None


def test_pieces_that_do_not_exist_are_none_at_all():
    assert asked_pieces("bytes=100-200", 100) == []
    assert asked_pieces("bytes=-0", 100) == []
