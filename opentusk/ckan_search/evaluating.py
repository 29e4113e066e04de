"""A query's tree as the index understands it.

Only what is looked for in texts, and what the query itself weighs, counts for the order of relevance; exact values
filter. A clause of which no word can be looked for (`title:&`) is left out, as Solr does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache

import tantivy
from tantivy import FieldType, Occur, Query

from opentusk.ckan_search.schema import MARK, column, forms_field, kept, loose_column, package_schema, stems_field
from opentusk.kit.solr.boxes import Box
from opentusk.kit.solr.documents import EXTRA_TEXTS, MOMENTS, kind_of_moment, kind_of_text
from opentusk.kit.solr.errors import OutsideSubset
from opentusk.kit.solr.loose import Minimum, Word, Words
from opentusk.kit.solr.moments import micros_of, read_moment, write_moment
from opentusk.kit.solr.tree import (
    All,
    Everything,
    Exists,
    Gap,
    Leaf,
    Node,
    Not,
    Pattern,
    Phrase,
    Range,
    Some,
    Term,
    Weighted,
    Wildcard,
)
from opentusk.search.words import STOP_WORDS, composed, forms_of, stems_of, variants_of

_MEANS_SOMETHING = frozenset("\\.+*?()|[]{}^$#&-~")
_GAPS = {Gap.ANY: "(.|\n)*", Gap.ONE: "(.|\n)"}


@cache
def _fields() -> tantivy.Schema:
    return package_schema()


@cache
def _folding() -> tantivy.TextAnalyzer:
    """Lower case and no accents, of a word that may not be whole."""
    whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return whole.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


def is_weighing(node: Node) -> bool:
    """Whether some matches are more relevant than others."""
    match node:
        case Weighted():
            return True
        case All(nodes) | Some(nodes):
            return any(map(is_weighing, nodes))
        case Term(field, _) | Phrase(field, _) | Wildcard(field, _):
            return field is None or kind_of_text(field)
    return False


class Evaluation:
    """Trees on one state of the index, at one moment. `default_field` is that of words without a field."""

    def __init__(self, searcher: tantivy.Searcher, *, now: datetime, default_field: str = "text") -> None:
        self._searcher, self._now, self._default = searcher, now, default_field

    def query(self, node: Node) -> Query:
        """The query of a tree. Raises QueryRefused."""
        return self._node(node) or Query.empty_query()

    def words_query(self, words: Words, *, fields: Mapping[str, float], minimum: Minimum, tie: float) -> Query:
        """The query of bare words, each in every field that is given with its weight."""
        optional = _told(self._word(word, fields, tie) for word in _significant(words.optional))
        clauses = [(Occur.Must, query) for query in _told(self._word(word, fields, tie) for word in words.required)]
        clauses += [
            (Occur.MustNot, query) for query in _told(self._word(word, fields, tie) for word in words.forbidden)
        ]
        if optional:
            least = minimum.of(len(optional))
            should = [(Occur.Should, query) for query in optional]
            some = Query.boolean_query(should, minimum_number_should_match=least) if least else _any_or_all(optional)
            clauses.append((Occur.Must, some))
        if not any(occur is Occur.Must for occur, _query in clauses):
            return Query.empty_query()
        return Query.boolean_query(clauses)

    def _node(self, node: Node) -> Query | None:
        match node:
            case Not(inner):
                refused = self._node(inner)
                return refused and _but(refused)
            case All(nodes):
                wanted = _told(self._node(inner) for inner in nodes)
                return Query.boolean_query([(Occur.Must, query) for query in wanted]) if wanted else None
            case Some(nodes):
                wanted = _told(self._node(inner) for inner in nodes)
                return Query.boolean_query([(Occur.Should, query) for query in wanted]) if wanted else None
            case Weighted(inner, weight):
                return self._weighted(inner, weight)
        return self._leaf(node)

    def _weighted(self, node: Node, weight: float) -> Query | None:
        query = self._node(node)
        if query is None:
            return None
        return Query.boost_query(query, weight) if is_weighing(node) else Query.const_score_query(query, weight)

    def _leaf(self, leaf: Leaf) -> Query | None:
        if isinstance(leaf, Everything):
            return _silent(Query.all_query())
        field = leaf.field if leaf.field is not None else self._default
        if kind_of_text(field):
            return self._text(field, leaf)
        if kind_of_moment(field):
            return _silent(self._moment(field, leaf))
        return _silent(self._exact(field, leaf))

    def _exact(self, field: str, leaf: Leaf) -> Query:
        match leaf:
            case Term(_, text) | Phrase(_, text):
                return _one_value(field, text)
            case Wildcard(_, pattern):
                return _pattern("values", f"{field}{MARK}", pattern)
            case Exists() | Range(_, None, None, _, _):
                return Query.exists_query(column(field))
            case Range():
                return self._values_between(field, leaf)
        raise TypeError(leaf)

    def _text(self, field: str, leaf: Leaf) -> Query | None:
        match leaf:
            case Term(_, text) | Phrase(_, text):
                return _text_query(field, text)
            case Wildcard(_, pattern):
                if field.startswith(EXTRA_TEXTS):
                    raise OutsideSubset(f"Wildcards are not supported in '{field}': use the field of the extra itself.")
                return _pattern(forms_field(field), "", tuple(map(_folded, pattern)))
            case Exists() | Range(_, None, None, _, _):
                return _silent(Query.term_query(_fields(), "values", f"{field}{MARK}", "basic"))
        raise OutsideSubset(f"Ranges are not supported in the text field '{field}'.")

    def _moment(self, field: str, leaf: Leaf) -> Query:
        match leaf:
            case Exists():
                return Query.all_query() if field in MOMENTS else Query.exists_query(column(field))
            case Term(_, text) | Phrase(_, text):
                leaf = Range(field, text, text, True, True)
        if not isinstance(leaf, Range):
            raise OutsideSubset(f"Wildcards are not supported in the date field '{field}'.")
        low, high = self._read(leaf.low), self._read(leaf.high)
        if field in MOMENTS:
            return _micros_between(field, low, high, leaf.with_low, leaf.with_high)
        first, last = (None if bound is None else write_moment(bound) for bound in (low, high))
        return self._exact(field, Range(field, first, last, leaf.with_low, leaf.with_high))

    def _read(self, bound: str | None) -> datetime | None:
        return None if bound is None else read_moment(bound, now=self._now)

    def _values_between(self, field: str, asked: Range) -> Query:
        """By the values themselves: tantivy has no ranges of texts."""
        start = f"{field}{MARK}"
        values = (term[len(start) :] for term, _count in self._searcher.terms_with_prefix("values", start))
        found = [start + value for value in values if _is_between(value, asked)]
        return Query.term_set_query(_fields(), "values", found) if found else Query.empty_query()

    def _word(self, word: Word, fields: Mapping[str, float], tie: float) -> Query | None:
        options = []
        for field, weight in fields.items():
            if kind_of_text(field):
                query = _text_query(field, word.text)
            else:
                query = None if kind_of_moment(field) else Query.const_score_query(_one_value(field, word.text), 1.0)
            if query is not None:
                options.append(Query.boost_query(query, weight))
        return Query.disjunction_max_query(options, tie) if options and forms_of(word.text) else None


def _text_query(field: str, text: str) -> Query | None:
    """A word under each of its stems; several words beside each other."""
    forms = forms_of(text)
    where = loose_column(field) if field.startswith(EXTRA_TEXTS) else stems_field(field)
    if not forms:
        return None
    if len(forms) > 1:
        return Query.phrase_query(_fields(), where, list(stems_of(text)))
    stems = [(Occur.Should, Query.term_query(_fields(), where, stem)) for stem in variants_of(forms[0])]
    return stems[0][1] if len(stems) == 1 else Query.boolean_query(stems)


def _one_value(field: str, value: str) -> Query:
    return Query.term_query(_fields(), column(field), kept(value), "basic")


def _micros_between(field: str, low: datetime | None, high: datetime | None, with_low: bool, with_high: bool) -> Query:
    if low is None and high is None:
        return Query.all_query()
    # tantivy calls the missing side of a range included.
    with_low, with_high = with_low or low is None, with_high or high is None
    first, last = (None if bound is None else micros_of(bound) for bound in (low, high))
    return Query.range_query(_fields(), field, FieldType.Integer, first, last, with_low, with_high)


def box_query(box: Box) -> Query:
    """The packages whose box touches this one."""
    sides = (("west", None, box.east), ("east", box.west, None), ("south", None, box.north), ("north", box.south, None))
    ranges = [Query.range_query(_fields(), side, FieldType.Integer, low, high) for side, low, high in sides]
    return Query.boolean_query([(Occur.Must, _silent(query)) for query in ranges])


def _is_between(value: str, asked: Range) -> bool:
    above = asked.low is None or value > asked.low or (asked.with_low and value == asked.low)
    below = asked.high is None or value < asked.high or (asked.with_high and value == asked.high)
    return above and below


def _pattern(field: str, start: str, pattern: Pattern) -> Query:
    regex = "".join(_GAPS[piece] if isinstance(piece, Gap) else literal(piece) for piece in (start, *pattern))
    return _silent(regex_query(_fields(), field, regex))


def regex_query(schema: tantivy.Schema, field: str, regex: str) -> Query:
    """The query of a regular expression. Raises OutsideSubset for one that the index finds too large."""
    try:
        return Query.regex_query(schema, field, regex)
    except ValueError as fault:
        raise OutsideSubset("The pattern is too long: use a shorter text, with fewer wildcards.") from fault


def literal(text: str) -> str:
    """A text as a regular expression of the index that finds only itself."""
    return "".join(f"\\{letter}" if letter in _MEANS_SOMETHING else letter for letter in text)


def _folded(piece: str | Gap) -> str | Gap:
    return piece if isinstance(piece, Gap) else "".join(_folding().analyze(composed(piece)))


def _significant(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without the words that every text has, unless there are no others."""
    spoken = tuple(word for word in words if forms_of(word.text))
    return tuple(word for word in spoken if word.is_phrase or word.text.lower() not in STOP_WORDS) or spoken


def _told(queries: Iterable[Query | None]) -> list[Query]:
    return [query for query in queries if query is not None]


def _silent(query: Query) -> Query:
    """The query without a say in the order of relevance."""
    return Query.const_score_query(query, 0.0)


def _but(query: Query) -> Query:
    return Query.boolean_query([(Occur.Must, _silent(Query.all_query())), (Occur.MustNot, query)])


def _any_or_all(queries: list[Query]) -> Query:
    """Everything, what matches one of the queries first."""
    wanted: Iterator[tuple[Occur, Query]] = ((Occur.Should, query) for query in queries)
    return Query.boolean_query([(Occur.Must, _silent(Query.all_query())), *wanted])
