"""Records to plain JSON values and back, exactly: `read_record(kind, write_record(record)) == record`.

Empty fields are left out, so a stored record is as long as what it says. A key that the record does not know is
refused: a stored document of a newer version must not lose a field in silence.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from opentusk.kit import records
from opentusk.kit.errors import Unreadable

Json = dict[str, Any]
R = TypeVar("R")
_Reader = Callable[[Any], Any]


def write_record(record: object) -> Json:
    """The JSON object of a record, without its empty fields."""
    written: Json = {}
    for name in _names(cast(Any, type(record))):
        value = getattr(record, name)
        # Most values say something: one look is enough for them.
        if not value and (value is None or value == "" or value == () or value == {}):
            continue
        written[name] = _write_value(value)
    return written


def read_record(kind: type[R], value: Json) -> R:
    """The record of type `kind` that `write_record` wrote. Raises Unreadable for an unknown field."""
    readers = _readers(cast(Any, kind))
    try:
        return kind(**{name: readers[name](raw) for name, raw in value.items()})
    except KeyError as unknown:
        raise Unreadable("reading.unknown_field", f"{kind.__name__}.{unknown.args[0]}") from unknown


def _write_value(value: Any) -> Any:
    if type(value) is str:
        return value
    if is_dataclass(value):
        return write_record(value)
    if isinstance(value, tuple):
        return [_write_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _write_value(item) for key, item in value.items()}
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _readers(kind: Any) -> dict[str, _Reader]:
    hints = get_type_hints(kind, vars(records))
    return {name: _reader_for(hints[name]) for name in _names(kind)}


def _reader_for(hint: Any) -> _Reader:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _reader_for(next(option for option in arguments if option is not types.NoneType))
    if origin is tuple:
        read_item = _reader_for(arguments[0])
        return tuple if read_item is _as_it_is else lambda items: tuple([read_item(item) for item in items])
    if origin is not None and issubclass(origin, Mapping):
        read_item = _reader_for(arguments[1])
        return dict if read_item is _as_it_is else lambda mapping: {key: read_item(mapping[key]) for key in mapping}
    if is_dataclass(hint):
        return lambda value: read_record(cast(type[Any], hint), value)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
