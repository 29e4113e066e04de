"""Proves that the index answers as a slow, obviously correct filter does: same packages, counts, facets and orders."""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.ckan_search.facets import Facets
from opentusk.ckan_search.index import PACKAGES
from opentusk.ckan_search.schema import package_document
from opentusk.ckan_search.searching import Bare, Question, Search
from opentusk.ckan_search.tests import reference
from opentusk.ckan_search.tests.invented import (
    BODIES,
    FIRST,
    FORMATS,
    GROUPS,
    KEYS,
    LICENCES,
    MOMENTS,
    NOTES,
    ORGANIZATIONS,
    TAGS,
    TITLES,
    VALUES,
    drawn,
    packages,
)
from opentusk.ckan_search.visibility import PUBLIC, View
from opentusk.kit.solr.loose import FIELDS, MINIMUM, read_fields, read_minimum, read_words
from opentusk.kit.solr.parsing import parse_query
from opentusk.kit.solr.sorting import SortKey, parse_sort
from opentusk.kit.solr.tests.queries import nodes, wildcards, written
from opentusk.kit.solr.tree import Everything, Exists, Phrase, Range, Term, Wildcard
from opentusk.search.words import STOP_WORDS, forms_of

ALL = View(("public", "private"), ("active", "draft", "deleted"), None)
NOW = FIRST + timedelta(days=2)
EXACT = {
    "tags": TAGS, "groups": GROUPS, "organization": ORGANIZATIONS, "license_id": LICENCES, "res_format": FORMATS,
    "name": ("alberi-0", "rifiuti-1"), "state": ("active", "draft"), "private": ("true", "false"),
    "capacity": ("public",),
    "title_string": TITLES, "num_tags": ("0", "1"), **dict.fromkeys(KEYS[:5], VALUES), "nowhere": ("x",),
}  # fmt: skip
WORDS = (
    "alberi",
    "albero",
    "ALBERI",
    "citta",
    "dell'aria",
    "rifiuti urbani",
    "di",
    "&",
    "edifici",
    "csv",
    "lecce",
    "1.5",
)
TEXTS = (None, "title", "notes", "text", "res_name", "extras_tema", "extras_my key", "res_extras_codifica")
SPOKEN_MOMENTS = {
    "NOW": NOW,
    "NOW-1DAY/DAY": (NOW - timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0),
    "NOW/MINUTE": NOW.replace(second=0, microsecond=0),
    "2024-02-29T00:00:00Z": datetime(2024, 2, 29, tzinfo=UTC),
    **{moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"): moment for moment in MOMENTS},
}
FACETS = ("tags", "organization", "groups", "license_id", "res_format", "tema", "my key", "a.b", "nowhere")
SORTS = (
    "name asc", "name desc", "id asc", "id desc", "title_string asc, metadata_modified desc", "title desc",
    "metadata_modified desc", "metadata_modified asc, name desc", "metadata_created desc, title_string desc",
    "tema asc", "organization desc, name asc", "license_id asc, metadata_modified desc", "expiry_date desc",
    "nowhere asc, name asc",
    "score desc, name asc", "state asc, private desc, tema desc, title asc, name asc",
)  # fmt: skip


def pieces_of(pool):
    """Beginnings and ends of values, for wildcards."""
    return st.sampled_from(sorted({part for value in pool for part in (value[:3], value[-2:], value)} - {""}))


@st.composite
def leaves(draw):
    kind = draw(st.sampled_from(("exact", "exact", "text", "moment", "all")))
    if kind == "all":
        return Everything()
    if kind == "moment":
        field = draw(st.sampled_from(("metadata_modified", "metadata_created", "expiry_date")))
        moment = st.sampled_from(sorted(SPOKEN_MOMENTS))
        bounds = Range(
            field, draw(st.none() | moment), draw(st.none() | moment), draw(st.booleans()), draw(st.booleans())
        )
        return draw(st.sampled_from((bounds, Phrase(field, draw(moment)), Exists(field))))
    field = draw(st.sampled_from(sorted(EXACT) if kind == "exact" else TEXTS))
    pool = EXACT[field] if kind == "exact" else (*WORDS, *TITLES, *NOTES[1:])
    value = draw(st.sampled_from(pool))
    other = draw(st.none() | st.sampled_from(pool))
    options = [Term(field, value), Phrase(field, value), Exists(field)]
    if kind == "exact":
        options.append(Range(field, value, other, draw(st.booleans()), draw(st.booleans())))
        options.append(Wildcard(field, draw(wildcards(pieces_of(pool)))))
    elif not (field or "").startswith(("extras_", "res_extras_")):
        options.append(Wildcard(field, draw(wildcards(pieces_of([word for word in WORDS if word.isalpha()])))))
        options.append(Range(field, None, None, True, True))
    return draw(st.sampled_from(options))


VIEWS = st.one_of(
    st.just(PUBLIC),
    st.builds(
        View,
        st.sampled_from((("public",), ("public", "private"))),
        st.sampled_from((("active",), ("active", "draft"), ("active", "deleted"), ("active", "draft", "deleted"))),
        st.none() | st.frozensets(st.sampled_from(BODIES), min_size=1),
    ),
)
ASKED = st.builds(Facets, st.just(FACETS), st.sampled_from((50, 1, 2, -1, 0)), st.sampled_from((1, 2, 0)))


def fill(found):
    with PACKAGES.replacing() as writer:
        for number, package in enumerate(found):
            package["number"] = number
            writer.add_document(package_document(number, package["body"], package, stamp=""))


def question(query, *, filters=(), view=PUBLIC, sort="name asc"):
    return Question(query, tuple(filters), view, "text", parse_sort(sort))


def numbers_of(found):
    return [package["number"] for package in found]


def check(found, query, filters, view, asked, sort, *, page):
    """The whole answer of one question, by the index and by the reference."""
    read, *narrowed = (parse_query(written(node)) for node in (query, *filters))
    search = Search(question(read, filters=narrowed, view=view, sort=sort), now=NOW)

    visible = [package for package in found if reference.is_visible(package, view)]
    clauses = [query, *filters]
    matching = [one for one in visible if all(reference.verdict(one, each, SPOKEN_MOMENTS.get) for each in clauses)]
    expected = reference.sorted_by(matching, parse_sort(sort))
    assert search.count == len(expected)
    start, rows = page
    if sort.startswith("score"):
        assert sorted(search.numbers(start=0, rows=len(found) + 1)) == sorted(numbers_of(expected))
    else:
        assert search.numbers(start=start, rows=rows) == numbers_of(expected)[start : start + rows]
    counts = search.facets(asked)
    for field in FACETS:
        limit, least = asked.limit, asked.least
        told = reference.count_values(matching, field, limit, least, visible)
        assert list(counts[field].items()) == list(told.items()), field


PAGES = st.tuples(st.integers(0, 12), st.integers(1, 12))
ONE = st.tuples(
    nodes(leaves()), st.lists(nodes(leaves(), most=3), max_size=2), VIEWS, ASKED, st.sampled_from(SORTS), PAGES
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(packages(least=1, most=12), st.lists(ONE, min_size=4, max_size=8))
def test_generated_queries_on_generated_packages(found, asked):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SEARCH_DIR", Path(folder))
        fill(found)
        for query, filters, view, facets, sort, page in asked:
            check(found, query, filters, view, facets, sort, page=page)


class Catalogue(list):
    """Packages that Hypothesis does not write out."""

    def __repr__(self):
        return "Catalogue()"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """Four hundred packages, many alike in what they are ordered by, in an index of several segments."""
    found = Catalogue(drawn(number, random.Random(number)) for number in range(400))
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SEARCH_DIR", folder)
        fill(found[:150])
        for first in range(150, 400, 50):
            with PACKAGES.updating() as writer:
                for number in range(first, first + 50):
                    found[number]["number"] = number
                    writer.add_document(package_document(number, found[number]["body"], found[number], stamp=""))
        yield found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=ONE)
def test_generated_queries_on_many_packages(catalogue, one):
    query, filters, view, facets, sort, (start, rows) = one

    check(catalogue, query, filters, view, facets, sort, page=(start * 20, rows * 10))


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_size_make_the_whole_list_in_order(catalogue, sort):
    everything = Search(question(Everything(), view=ALL, sort=sort), now=NOW)

    for size in (7, 100):
        paged = [number for start in range(0, 400, size) for number in everything.numbers(start=start, rows=size)]
        assert paged == numbers_of(reference.sorted_by(catalogue, parse_sort(sort)))
    assert everything.numbers(start=400, rows=size) == []


@pytest.mark.parametrize("size", [9, 50])
@pytest.mark.parametrize(
    "text", ["title:alberi OR notes:rifiuti", "text:lecce^3 OR tags:alberi^2", "comun* OR title:bilancio"]
)
def test_pages_by_relevance_are_whole_and_equals_are_ordered_by_the_next_key(catalogue, size, text):
    search = Search(question(parse_query(text), view=ALL, sort="score desc, name desc"), now=NOW)
    whole = search.numbers(start=0, rows=400)

    paged = [number for start in range(0, len(whole), size) for number in search.numbers(start=start, rows=size)]

    assert paged == whole
    assert len(whole) == search.count > 50
    name_of = {package["number"]: package["name"] for package in catalogue}
    again = Search(question(parse_query(text), view=ALL, sort="score desc, name asc"), now=NOW).numbers(
        start=0, rows=400
    )
    rising, falling = [name_of[one] for one in again], [name_of[one] for one in whole]
    assert sorted(rising) == sorted(falling)
    assert rising != falling


SPOKEN = st.tuples(st.sampled_from(("", "", "", "+", "-")), st.sampled_from((*WORDS[:-1], *TAGS[:3], *GROUPS)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    spoken=st.lists(SPOKEN, min_size=1, max_size=7),
    minimum=st.sampled_from((MINIMUM, "100%", "1", "0")),
    view=VIEWS,
)  # fmt: skip
def test_bare_words_find_what_has_enough_of_them(catalogue, spoken, minimum, view):
    text = " ".join(sign + (f'"{word}"' if " " in word else word) for sign, word in spoken)
    words, fields, rule = read_words(text), read_fields(FIELDS), read_minimum(minimum)
    bare = Bare(words, tuple(fields.items()), rule, 0.1)

    found = Search(question(bare, view=view), now=NOW).numbers(start=0, rows=400)

    def matches(package):
        optional = [word for word in words.optional if forms_of(word.text)]
        meaning = [word for word in optional if word.is_phrase or word.text.lower() not in STOP_WORDS]
        optional = meaning or optional
        required = [word for word in words.required if forms_of(word.text)]
        count = sum(reference.has_word(package, word, fields) for word in optional)
        return (
            bool(optional or required)
            and count >= rule.of(len(optional))
            and all(reference.has_word(package, word, fields) for word in required)
            and not any(reference.has_word(package, word, fields) for word in words.forbidden if forms_of(word.text))
        )

    expected = [one for one in catalogue if reference.is_visible(one, view) and matches(one)]
    assert found == numbers_of(reference.sorted_by(expected, [SortKey("name", False)]))
