"""The parameters of a search, each in every form in which clients send it."""

import json
from collections.abc import Sequence
from typing import Any

from opentusk.ckan.errors import SearchQueryFault, ValidationFault
from opentusk.ckan.protocol import Call, whole
from opentusk.ckan_search.facets import Facets
from opentusk.ckan_search.searching import Bare, Question
from opentusk.ckan_search.sorting import DEFAULT
from opentusk.ckan_search.visibility import view_of
from opentusk.kit.solr.boxes import Box, read_box
from opentusk.kit.solr.errors import BadSyntax, OutsideSubset
from opentusk.kit.solr.loose import FIELDS, MINIMUM, TIE, read_fields, read_minimum, read_words
from opentusk.kit.solr.parsing import parse_query, refuse_local_params
from opentusk.kit.solr.sorting import parse_sort
from opentusk.kit.solr.tree import Everything, Node

MOST_ROWS = 1000
MOST_CONDITIONS = 20
MOST_LETTERS = 10_000
_ROWS = 10
_KNOWN = frozenset({
    "q", "fq", "fq_list", "rows", "start", "sort", "facet", "facet.field", "facet.limit", "facet.mincount", "fl",
    "include_private", "include_drafts", "include_deleted", "use_default_schema", "extras", "qf", "wt", "bf", "boost",
    "tie", "defType", "mm", "df",
})  # fmt: skip
# Functions of Solr's that change nothing but the order: ignoring them would give an order nobody asked for.
_FUNCTIONS = ("bf", "boost")
_PARSERS = ("", "dismax", "edismax", "lucene")
_EVERYTHING = ("", '""', "''", "*:*", "*")


def refuse_unknown(call: Call) -> None:
    """Raises SearchQueryFault for a parameter that a search does not have."""
    known = _KNOWN | {"callback"} if call.is_get else _KNOWN
    unknown = sorted(name for name in call.data if name not in known and not name.startswith("ext_"))
    if unknown:
        message = f"Invalid search parameters: {unknown}"
        raise SearchQueryFault(f"Search Query is invalid: {message!r}")


def refuse_too_many(param: str, texts: Sequence[str]) -> None:
    """Raises ValidationFault for more conditions, or longer ones, than one search weighs."""
    if len(texts) > MOST_CONDITIONS:
        raise ValidationFault({param: [f"At most {MOST_CONDITIONS} conditions, not {len(texts)}"]})
    if sum(map(len, texts)) > MOST_LETTERS:
        raise ValidationFault({param: [f"At most {MOST_LETTERS} characters in all"]})


def page_of(call: Call) -> tuple[int, int]:
    """How many rows, from which on; more rows than CKAN gives are cut as CKAN cuts them."""
    rows = call.natural("rows", _ROWS, maximum=MOST_ROWS)
    return _ROWS if rows is None else rows, call.natural("start", 0) or 0


def sort_of(call: Call) -> str:
    """The order as it is echoed."""
    sort = call.text("sort")
    return DEFAULT if sort in (None, "", "rank") else str(sort)


def question_of(call: Call, sort: str) -> Question:
    """The question of a call. Raises QueryRefused."""
    for name in _FUNCTIONS:
        if call.text(name):
            raise OutsideSubset(f"The parameter '{name}' is not supported.")
    if (call.text("wt") or "json") != "json":
        raise OutsideSubset("Only wt=json is supported.")
    return Question(
        query=_query_of(call),
        filters=tuple(_filters_of(call)),
        view=view_of(call),
        default_field=call.text("df") or "text",
        sort=parse_sort(sort),
        box=_box_of(call),
    )


def facets_of(call: Call) -> Facets:
    """The facets that are asked for."""
    fields = _facet_fields(call)
    limit = call.data.get("facet.limit")
    least = call.natural("facet.mincount", 1)
    return Facets(
        fields=fields if call.boolean("facet", True) else (),
        limit=50 if limit in (None, "") else whole("facet.limit", limit),
        least=1 if least is None else least,
    )


def fields_wanted(call: Call) -> tuple[str, ...]:
    """The fields of flat answers; none means whole packages."""
    names = (name for text in call.words("fl") for name in text.replace(",", " ").split())
    return tuple(dict.fromkeys(names))


def _box_of(call: Call) -> Box | None:
    """The box of ckanext-spatial, where its clients put it. Raises BadSyntax."""
    extras = call.data.get("extras")
    said = call.data.get("ext_bbox") or (extras.get("ext_bbox") if isinstance(extras, dict) else None)
    return read_box(said) if said else None


def _facet_fields(call: Call) -> tuple[str, ...]:
    value = call.data.get("facet.field")
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValidationFault({"facet.field": ["Could not parse as valid JSON", "Not a list"]}) from None
    if not isinstance(value, list):
        raise ValidationFault({"facet.field": ["Not a list"]})
    if not all(isinstance(name, str) for name in value):
        raise ValidationFault({"facet.field": ["Not a list of strings"]})
    names = tuple(dict.fromkeys(value))
    refuse_too_many("facet.field", names)
    return names


def _query_of(call: Call) -> Node | Bare:
    text, parser = (call.text("q") or "").strip(), call.text("defType") or ""
    for name in ("q", "qf", "mm"):
        refuse_too_many(name, [call.text(name) or ""])
    if parser not in _PARSERS:
        raise OutsideSubset(f"Query parser '{parser}' is not supported.")
    if text in _EVERYTHING:
        return Everything()
    refuse_local_params(text, param="q")
    if ":" in text or parser == "lucene":
        return parse_query(text)
    return Bare(
        words=read_words(text),
        fields=tuple(read_fields(call.text("qf") or FIELDS).items()),
        minimum=read_minimum(call.text("mm") or MINIMUM),
        tie=_tie_of(call),
    )


def _tie_of(call: Call) -> float:
    text: Any = call.text("tie")
    try:
        tie = float(text or TIE)
    except ValueError:
        tie = -1
    if not 0 <= tie <= 1:
        raise BadSyntax(f"Cannot parse param 'tie': '{text}'.")
    return tie


def _filters_of(call: Call) -> list[Node]:
    """Every filter by itself, so that an OR in one never reaches into another."""
    given = call.data.get("fq")
    texts = [("fq", text) for text in (given if isinstance(given, list) else [call.text("fq") or ""])]
    texts += [("fq_list", text) for text in call.words("fq_list")]
    if not all(isinstance(text, str) for _param, text in texts):
        raise ValidationFault({"fq": ["Must be a Unicode string value"]})
    texts = [(param, text) for param, text in texts if text.strip() not in ("", "*:*")]
    refuse_too_many("fq_list", [text for _param, text in texts])
    return [parse_query(text, param=param) for param, text in texts]
