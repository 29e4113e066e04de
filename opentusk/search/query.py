"""A question as the index understands it.

Every word must be found somewhere: best in the title, then in the titolare's name, the keywords, the rest. The word
still being typed may be a beginning. When that finds next to nothing, words of five letters or more may differ by one
letter, inserted, lost, changed or swapped.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import tantivy
from tantivy import Occur, Query

from opentusk.search.schema import schema
from opentusk.search.words import Asked, stems_of, variants_of

_WEIGHTS = {"title": 5.0, "holder_name": 3.0, "keywords": 2.0, "text": 1.0}
# A word found in two fields is worth a little more than in one.
_TIE = 0.1
_BEGINNING = 0.5
_MISTYPED = 0.3
_SHORTEST_BEGINNING = 2
_SHORTEST_MISTYPED = 5


@cache
def _fields() -> tantivy.Schema:
    return schema()


def asked_query(asked: Asked) -> Query:
    """Everything that was asked, as it was written."""
    clauses = [_word(word, starts=word == asked.started) for word in asked.words]
    return _all_of([*clauses, *map(_phrase, asked.phrases)])


def widened_query(asked: Asked) -> Query:
    """The same, with typing errors forgiven."""
    clauses = [_mistyped(word, _word(word, starts=word == asked.started)) for word in asked.words]
    return _all_of([*clauses, *map(_phrase, asked.phrases)])


def beginnings_query(field: str, forms: Iterable[str]) -> Query:
    """What has a word beginning with each of these in one field of forms."""
    return _all_of([_beginning(field, form) for form in forms])


def numbered_query(ids: Iterable[int]) -> Query:
    """The datasets with these numbers."""
    return Query.term_set_query(_fields(), "id", list(ids))


def can_be_widened(asked: Asked) -> bool:
    """Whether a word is long enough to be mistyped."""
    return any(len(word) >= _SHORTEST_MISTYPED for word in asked.words)


def filtered(query: Query, chosen: Mapping[str, tuple[str, ...]], *, but: str = "") -> Query:
    """The query under the chosen values of every facet, one facet left out; filters never change the relevance."""
    filters = [_any_of(facet, values) for facet, values in chosen.items() if facet != but]
    return _all_of([query, *filters]) if filters else query


def _any_of(facet: str, values: tuple[str, ...]) -> Query:
    terms = [(Occur.Should, Query.term_query(_fields(), facet, value, "basic")) for value in values]
    return Query.const_score_query(Query.boolean_query(terms), 0.0)


def _word(word: str, *, starts: bool) -> Query:
    options = [
        Query.boost_query(Query.term_query(_fields(), field, stem), weight)
        for field, weight in _WEIGHTS.items()
        for stem in variants_of(word)
    ]
    if starts and len(word) >= _SHORTEST_BEGINNING:
        options.append(Query.const_score_query(_beginning("forms", word), _BEGINNING))
    return Query.disjunction_max_query(options, _TIE)


def _mistyped(word: str, exact: Query) -> Query:
    if len(word) < _SHORTEST_MISTYPED:
        return exact
    near = [Query.fuzzy_term_query(_fields(), "forms", word, 1, True)]
    near += [Query.fuzzy_term_query(_fields(), field, variants_of(word)[0], 1, True) for field in _WEIGHTS]
    return Query.disjunction_max_query([exact, *(Query.boost_query(query, _MISTYPED) for query in near)], _TIE)


def _beginning(field: str, form: str) -> Query:
    # A form is letters and digits only, so nothing in it means anything to a regular expression.
    return Query.regex_query(_fields(), field, f"{form}.*")


def _phrase(phrase: str) -> Query:
    stems: list[str | tuple[int, str]] = [*stems_of(phrase)]
    if len(stems) == 1:
        return _word(phrase, starts=False)
    options = [Query.boost_query(Query.phrase_query(_fields(), field, stems), w) for field, w in _WEIGHTS.items()]
    return Query.disjunction_max_query(options, _TIE)


def _all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else Query.all_query()
