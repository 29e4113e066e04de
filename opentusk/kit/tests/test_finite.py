"""JSON is read to the same values as Python's own reader gives, only quicker, and no number is infinite."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opentusk.kit.values.finite import NotFiniteError, load_finite

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
pieces = st.sampled_from(
    [*'[]{},:" \\', "0", "-", "1", "9" * 19, ".", "e", "+", "null", "true", '"a"', r"\ud800", "à", "\x01", "\ufeff"]
)


def same(text: str) -> bool:
    """Whether both readers refuse the text, or give the same values of the same types."""
    try:
        expected = json.loads(text)
    except (ValueError, RecursionError) as fault:
        with pytest.raises(type(fault)):
            load_finite(text)
        return True
    return repr(load_finite(text)) == repr(expected)


@given(values, st.booleans())
@example(2**63, True)
@example(-(2**64), True)
@example([1e22, -0.0, "\ud800"], True)
def test_values_are_read_as_python_reads_them(value, is_ascii):
    assert same(json.dumps(value, ensure_ascii=is_ascii))


@given(st.lists(pieces, max_size=12).map("".join))
@example("-0")
@example('{"a":1,"b":2,"a":3}')
@example("18446744073709551616.0")
@example("1e-400")
@example("[1]x")
@example("9" * 5_000)
def test_texts_are_read_or_refused_as_python_does(text):
    assert same(text)


def test_what_is_nested_too_deep_is_refused():
    with pytest.raises(RecursionError):
        load_finite("[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize("text", ["NaN", "[-Infinity]", '{"a": 1e999}', "-1e999"])
def test_a_number_that_is_none_is_refused(text):
    with pytest.raises(NotFiniteError):
        load_finite(text)
