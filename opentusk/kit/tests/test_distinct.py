"""Proves that different things are counted well enough, and that two counts can be put together."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.distinct import REGISTERS, Sketch


def sketch(*things: int) -> Sketch:
    found = Sketch()
    for thing in things:
        found.add(blake2b(str(thing).encode(), digest_size=8).digest())
    return found


@pytest.mark.parametrize(("number", "most_wrong"), [(0, 0), (1, 0), (7, 0.2), (50, 0.1), (1_000, 0.2), (30_000, 0.2)])
def test_the_count_is_near(number, most_wrong):
    assert abs(sketch(*range(number)).count() - number) <= number * most_wrong


@given(first=st.sets(st.integers(), max_size=60), second=st.sets(st.integers(), max_size=60))
def test_the_union_of_two_is_that_of_all_in_any_order_and_however_often(first, second):
    together = sketch(*first, *second, *first)
    merged = sketch(*second)
    merged.merge(sketch(*first).registers())

    assert merged.registers() == together.registers()
    assert len(merged.registers()) == REGISTERS
