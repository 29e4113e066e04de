"""An examination as plain JSON, which rooms keep in rows, and back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from opentusk.kit.tables.shapes import Examination


def as_json(examination: Examination) -> dict[str, Any]:
    """The examination without its folder: of its files only the names stay."""
    plain = _plain(examination)
    assert isinstance(plain, dict)
    return plain


def from_json(document: Mapping[str, Any], *, folder: Path) -> Examination:
    """The examination again, its files in `folder`. Unknown keys are ignored, missing ones take their default."""
    found = _read(Examination, dict(document), folder)
    assert isinstance(found, Examination)
    return found


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Path):
        return value.name
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    return value


def _read(kind: Any, value: Any, folder: Path) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if value is None:
        return None
    if origin is UnionType:
        return _read(next(part for part in arguments if part is not type(None)), value, folder)
    if origin is tuple:
        kinds = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(_read(inner, part, folder) for inner, part in zip(kinds, value, strict=True))
    if origin is not None:
        return {key: _read(arguments[1], inner, folder) for key, inner in value.items()}
    return folder / value if kind is Path else _read_one(kind, value, folder)


def _read_one(kind: Any, value: Any, folder: Path) -> Any:
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return kind(value)
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], inner, folder) for name, inner in value.items() if name in hints})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
