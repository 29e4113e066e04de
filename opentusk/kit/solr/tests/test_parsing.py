"""Proves that queries mean what they say, that the rest is refused with a reason, and that no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opentusk.kit.solr.errors import BadSyntax, OutsideSubset, QueryRefused
from opentusk.kit.solr.parsing import parse_query
from opentusk.kit.solr.tests.queries import nodes, wildcards, written
from opentusk.kit.solr.tree import (
    MAX_DEPTH,
    All,
    Everything,
    Exists,
    Gap,
    Node,
    Not,
    Phrase,
    Range,
    Some,
    Term,
    Weighted,
    Wildcard,
)

A, B, C = Term(None, "a"), Term(None, "b"), Term(None, "c")
OF_LECCE, OF_BARI = Term("organization", "lecce"), Term("organization", "bari")
SINCE = Range("metadata_modified", "2024-01-01T10:11:12.123456Z", None, True, True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("*:*", Everything()),
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a && b || !c", Some((All((A, B)), Not(C)))),
        ("a OR b AND c", Some((A, All((B, C))))),
        ("a OR b c", All((Some((A, B)), C))),
        ("+a +b", All((A, B))),
        ("a -b", All((A, Not(B)))),
        ("NOT NOT a", A),
        ("- a", Not(A)),
        ("-organization:lecce -organization:bari", All((Not(OF_LECCE), Not(OF_BARI)))),
        # ckanext-harvest joins its terms by spaces
        (
            "organization:lecce OR organization:bari metadata_modified:[2024-01-01T10:11:12.123456Z TO *]",
            All((Some((OF_LECCE, OF_BARI)), SINCE)),
        ),
        # udata
        (
            "organization:lecce AND tags:y AND -tags:z",
            All((OF_LECCE, Term("tags", "y"), Not(Term("tags", "z")))),
        ),
        # QGIS
        ("(groups:a OR groups:b)", Some((Term("groups", "a"), Term("groups", "b")))),
        # piveau encodes twice
        ("metadata_modified:[2024-01-01T10:11:12.123456Z%20TO%20*]", SINCE),
        ('tags:"con%20segno"', Phrase("tags", "con%20segno")),
        ('+field:"two \\"words\\""', Phrase("field", 'two "words"')),
        ("tags:(a OR b)", Some((Term("tags", "a"), Term("tags", "b")))),
        ("tags:(a title:b -(c))", All((Term("tags", "a"), Term("title", "b"), Not(Term("tags", "c"))))),
        ("name:abc*", Wildcard("name", ("abc", Gap.ANY))),
        ("name:a\\*b?", Wildcard("name", ("a*b", Gap.ONE))),
        ("tema:*", Exists("tema")),
        ("tema:{a TO *]", Range("tema", "a", None, False, True)),
        ('tema:["a b" TO c}', Range("tema", "a b", "c", True, False)),
        ("my\\ key\\:x:v", Term("my key:x", "v")),
        ("res_url:http\\:\\/\\/x.it\\/a-b", Term("res_url", "http://x.it/a-b")),
        ("ANDREA NOTTE ORO", All((Term(None, "ANDREA"), Term(None, "NOTTE"), Term(None, "ORO")))),
        ("title:a^2.5 OR b", Some((Weighted(Term("title", "a"), 2.5), B))),
        ("or and not", All((Term(None, "or"), Term(None, "and"), Term(None, "not")))),
    ],
)  # fmt: skip
def test_a_query_means_what_it_says(text, meant):
    assert parse_query(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", " ", "()", "(a", "a)", "a OR", "AND a", "a AND AND b", "a OR AND b", "tags:", ":a", "a:b:c", '"', "a:[1 TO",
     "a:[1 2]", "a:[1 to 2]", "[a TO b", "NOT", "-", "\\", "/a", "res_url:http://x.it", "a^", "a^b", "a^1.2.3"],
)  # fmt: skip
def test_what_is_no_query_is_bad_syntax(text):
    with pytest.raises(BadSyntax, match="param 'fq'"):
        parse_query(text, param="fq")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{!term f=id}a", "Local parameters are not supported in param 'fq'."),
        ("tags:a {!x}", "Local parameters are not supported"),
        ('_query_:"{!dismax}a"', "Magic fields are not supported"),
        ("_val_:x", "Magic fields are not supported"),
        ("title:alberi~2", "Fuzzy and proximity"),
        ('title:"alberi scuole"~3', "Fuzzy and proximity"),
        ("title:alberi~", "Fuzzy and proximity"),
        ("title:a^=2", "Constant scores"),
        ("name:/a.*/", "Regular expressions"),
        ("*:a", "only supported in"),
        ("ti*:a", "name of a field"),
        ("+a OR b", "ambiguous"),
        ("-(" * MAX_DEPTH + "a OR b" + ")" * MAX_DEPTH + " c", ""),
        ("a" * 60_000, "too long"),
        (" ".join(["a"] * 6_000), "clauses"),
        ("-(a " * 70 + ")" * 70, "levels"),
    ],
)
def test_what_solr_has_and_the_portal_has_not_is_refused(text, why):
    if not why:
        parse_query(text, param="fq")  # brackets and double negations are no levels
        return
    with pytest.raises(OutsideSubset) as refusal:
        parse_query(text, param="fq")
    assert why in refusal.value.message


WORDS = st.text(st.sampled_from('ab \\"*?:()[]{}+-!^~/&|%é0\tTO'), min_size=1, max_size=6)
FIELDS = st.none() | WORDS.filter(lambda name: name not in {"_query_", "_val_"})
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.builds(Term, FIELDS, WORDS),
    st.builds(Phrase, FIELDS, WORDS),
    st.builds(Wildcard, FIELDS, wildcards(WORDS)),
    st.builds(Exists, FIELDS),
    st.builds(Range, FIELDS, st.none() | WORDS, st.none() | WORDS, st.booleans(), st.booleans()),
)


@given(nodes(LEAVES))
def test_every_tree_that_is_written_is_read_again(node):
    text = written(node)

    assert parse_query(text) == node


PIECES = [*'a*?+-!()[]{}":\\/ é', "AND", "OR", "NOT", "TO", "~2", "^2", "%20", "&&", "||", "{!", "NOW"]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_or_refused(text):
    try:
        node = parse_query(text)
    except QueryRefused as refusal:
        assert refusal.message
    else:
        hash(node)
