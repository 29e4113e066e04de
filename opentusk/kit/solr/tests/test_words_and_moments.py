"""Proves the reading of bare words, of how many must match, of dates and of orders."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.solr.errors import BadOrder, BadSyntax, OutsideSubset, QueryRefused
from opentusk.kit.solr.loose import MINIMUM, Word, Words, read_fields, read_minimum, read_words
from opentusk.kit.solr.moments import read_moment, read_written, write_moment
from opentusk.kit.solr.sorting import SortKey, parse_sort

NOW = datetime(2024, 3, 31, 15, 45, 30, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alberi monumentali", Words((Word("alberi"), Word("monumentali")))),
        ('+a -b "c d" e', Words((Word("c d", True), Word("e")), (Word("a"),), (Word("b"),))),
        ("qualità%20dell'aria", Words((Word("qualità"), Word("dell'aria")))),
        ('a "b', Words((Word("a"), Word("b")))),
        ("a* (b OR", Words((Word("a*"), Word("(b"), Word("OR")))),
        ("a - b", Words((Word("a"), Word("b")))),
        ("", Words()),
    ],
)
def test_bare_words_are_taken_apart(text, words):
    assert read_words(text) == words


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (MINIMUM, {0: 0, 1: 1, 2: 2, 3: 2, 5: 4, 6: 4, 10: 8}),
        ("75%", {1: 0, 4: 3}),
        ("-25%", {1: 1, 4: 3}),
        ("2", {1: 1, 5: 2}),
        ("-9", {3: 0}),
        ("100%", {7: 7}),
    ],
)
def test_most_words_must_match(rule, expected):
    minimum = read_minimum(rule)
    assert {words: minimum.of(words) for words in expected} == expected


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("NOW", "2024-03-31T15:45:30.123456Z"),
        ("NOW/DAY", "2024-03-31T00:00:00.000000Z"),
        ("NOW-1DAY/DAY", "2024-03-30T00:00:00.000000Z"),
        ("NOW/DAY-7DAYS", "2024-03-24T00:00:00.000000Z"),
        ("NOW-1MONTH/SECOND", "2024-02-29T15:45:30.000000Z"),
        ("NOW/YEAR+2YEARS", "2026-01-01T00:00:00.000000Z"),
        ("NOW-1HOUR-1MINUTE/MINUTE", "2024-03-31T14:44:00.000000Z"),
        ("NOW+5MILLIS/MILLISECOND", "2024-03-31T15:45:30.128000Z"),
        ("2024-01-01T10:11:12.123456Z", "2024-01-01T10:11:12.123456Z"),
        ("2024-01-01T10:11:12.1Z", "2024-01-01T10:11:12.100000Z"),
        ("2024-01-01T10:11:12", "2024-01-01T10:11:12.000000Z"),
        ("2024-01-31T00:00:00Z+1MONTH", "2024-02-29T00:00:00.000000Z"),
    ],
)
def test_moments_are_exact(text, moment):
    assert write_moment(read_moment(text, now=NOW)) == moment


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-01-01", "2024-13-01T00:00:00Z", "NOW-", "NOW-1", "NOW/WEEK", "NOW1DAY", "NOW-99999YEARS",
             "NOW+999999999DAYS", "yesterday", "2024-01-01T00:00:00Zx"]
)  # fmt: skip
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(BadSyntax, match="Invalid Date String"):
        read_moment(text, now=NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-06", "2024-05-06T00:00:00.000000Z"),
        ("2024-05-06T10:00:00", "2024-05-06T10:00:00.000000Z"),
        ("2024-05-06T10:00:00+02:00", "2024-05-06T08:00:00.000000Z"),
        ("06/05/2024", None),
        ("", None),
    ],
)
def test_values_of_records_are_moments_where_they_can_be(text, moment):
    found = read_written(text)
    assert (found and write_moment(found)) == moment


def test_an_order_is_fields_with_directions():
    assert parse_sort("title_string ASC, metadata_modified desc") == (
        SortKey("title_string", False),
        SortKey("metadata_modified", True),
    )


@pytest.mark.parametrize("text", ["name", "name up", "name asc title desc", ",", ""])
def test_an_order_without_direction_is_refused(text):
    with pytest.raises(BadOrder, match='Invalid "sort" parameter'):
        parse_sort(text)


def test_functions_are_refused_as_orders_and_weights_are_read():
    with pytest.raises(OutsideSubset):
        parse_sort("div(1,2) asc")
    assert read_fields("name^4 title^1.5 text") == {"name": 4.0, "title": 1.5, "text": 1.0}


@given(st.text())
def test_any_text_is_words_a_moment_a_rule_an_order_or_refused(text):
    for read in (read_words, lambda said: read_moment(said, now=NOW), read_minimum, parse_sort, read_fields):
        try:
            read(text)
        except QueryRefused as refusal:
            assert refusal.message
    read_written(text)
