"""The parameters of `datastore_search`, understood. Lists may be written as texts, and texts may be JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opentusk.kit.datastore.errors import bad
from opentusk.kit.datastore.filters import read_filters
from opentusk.kit.datastore.shapes import ROW, Source, SourceField
from opentusk.kit.datastore.words import Words, read_words
from opentusk.kit.queries.tree import Condition
from opentusk.kit.values.finite import load_finite

MOST_ROWS = 32_000
_DEFAULT_ROWS = 100
FORMATS = ("objects", "lists", "csv", "tsv")
_ORDER = re.compile(r"^(?P<name>.*?)(?:\s+(?P<way>asc|desc))?(?:\s+nulls\s+(?P<nulls>first|last))?$", re.I | re.S)
_PARTS = re.compile(r'(?:[^,"]|"(?:[^"]|"")*")+')
_TRUE = frozenset({"true", "yes", "t", "y", "1", "on"})


@dataclass(frozen=True)
class Order:
    """A sort key. Without saying, empty cells are the greatest, as in PostgreSQL."""

    field: SourceField
    is_descending: bool
    nulls_first: bool


@dataclass(frozen=True)
class Sought:
    """Words looked for in every column, or in one; each gives a rank of this name."""

    words: Words
    field: SourceField | None
    rank: str


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A search that was understood. `limit` None is every row, which only a dump may ask."""

    fields: tuple[SourceField, ...]
    where: tuple[Condition, ...] = ()
    sought: tuple[Sought, ...] = ()
    orders: tuple[Order, ...] = ()
    has_chosen_fields: bool = False
    is_distinct: bool = False
    limit: int | None = _DEFAULT_ROWS
    offset: int = 0

    @property
    def ranks(self) -> tuple[str, ...]:
        """The names of the ranks that the best rows come first by: those of `q`."""
        return tuple(one.rank for one in self.sought if one.rank)

    @property
    def shown_ranks(self) -> tuple[str, ...]:
        """The ranks that stand behind the fields: none where the client says which it wants, or wants each row once."""
        return () if self.has_chosen_fields or self.is_distinct else self.ranks


def read_ask(source: Source, given: Mapping[str, Any], *, limit: int | None, offset: int) -> Ask:
    """What is asked of a table. Raises BadAsk, with CKAN's sentences."""
    is_plain = read_boolean(given.get("plain"), default=True)
    sought = [*_sought(source, given.get("q"), is_plain=is_plain, rank="rank")]
    sought += [
        Sought(one.words, one.field, "") for one in _sought(source, given.get("full_text"), is_plain=is_plain, rank="-")
    ]
    return Ask(
        fields=_fields(source, given.get("fields")),
        has_chosen_fields=bool(listed(given.get("fields"))),
        where=read_filters(source, decoded("filters", given.get("filters"))),
        sought=tuple(sought),
        orders=_orders(source, given.get("sort")),
        is_distinct=read_boolean(given.get("distinct"), default=False),
        limit=limit,
        offset=offset,
    )


def read_boolean(value: object, *, default: bool) -> bool:
    """What CKAN takes for true."""
    if value is None or value == "":
        return default
    return str(value).strip().lower() in _TRUE


def decoded(name: str, value: object) -> object:
    """A value that may have been written as JSON. Raises BadAsk."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return load_finite(value)
    except (ValueError, RecursionError):
        raise bad(name, "Cannot parse JSON") from None


def listed(value: object) -> list[str]:
    """Names as a list, as JSON, or with commas between them; a name in double quotes may hold commas."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("["):
            try:
                return listed(json.loads(text))
            except (ValueError, RecursionError):
                pass
        return [part.strip() for part in _PARTS.findall(text) if part.strip()]
    if isinstance(value, Sequence):
        return [str(part).strip() for part in value]
    return [str(value)]


def unquoted(name: str) -> str:
    """A name without the quotes of SQL."""
    if len(name) > 1 and name[0] == name[-1] == '"':
        return name[1:-1].replace('""', '"')
    return name


def _fields(source: Source, given: object) -> tuple[SourceField, ...]:
    names = listed(given)
    if not names:
        return source.all_fields
    return tuple(_field(source, "fields", unquoted(name), name) for name in names)


def _field(source: Source, parameter: str, name: str, said: str) -> SourceField:
    found = source.by_id.get(name)
    if found is None:
        raise bad(parameter, f'invalid value "{said}"')
    return found


def _orders(source: Source, given: object) -> tuple[Order, ...]:
    orders = []
    for said in listed(given):
        # A column may be called `a desc`: then that is its name.
        found = None if unquoted(said) in source.by_id else _ORDER.match(said)
        name = unquoted((found["name"] if found else said).strip())
        is_descending = bool(found and (found["way"] or "").lower() == "desc")
        nulls = (found["nulls"] or "").lower() if found else ""
        orders.append(
            Order(_field(source, "sort", name, said), is_descending, nulls == "first" if nulls else is_descending)
        )
    return tuple(orders)


def _sought(source: Source, given: object, *, is_plain: bool, rank: str) -> list[Sought]:
    if isinstance(given, str) and given.lstrip().startswith("{"):
        given = decoded("q", given)
    if given is None or given == "":
        return []
    if isinstance(given, str | int | float):
        return [Sought(read_words(str(given), is_plain=is_plain), None, rank)]
    if not isinstance(given, Mapping):
        raise bad("q", "Must be a string or a dict of strings")
    found = []
    for name, text in given.items():
        field = _field(source, "q", str(name), str(name))
        if field is ROW or not isinstance(text, str | int | float):
            raise bad("q", f'invalid value "{name}"')
        found.append(Sought(read_words(str(text), is_plain=is_plain), field, f"{rank} {field.id}"))
    return found
