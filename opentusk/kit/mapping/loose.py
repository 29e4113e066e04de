"""Reads the loosely typed values of catalogue JSON: what is found where a text, a list or an object was meant.

The same field arrives as a list, as JSON packed in a string, as the `repr` of a Python list, as a PostgreSQL array
(`{ITA,DEU}`) or as null, often within one portal. These functions give one shape; they never raise.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping

from opentusk.kit.records import Text
from opentusk.kit.values.finite import load_carefully, load_quickly
from opentusk.kit.values.numbers import whole_number

_ITALIAN_DAY = re.compile(r"(\d\d)-(\d\d)-(\d{4})")
_LANGUAGE_KEY = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")
_POSTGRES_ARRAY = re.compile(r'\{[^{}:"]*\}')


def read_string(value: object) -> str:
    """The text of a scalar, unchanged; "" for null, for blanks, and for what is not a scalar."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value if value.strip() else ""
    return str(value) if isinstance(value, int | float) else ""


def read_strings(value: object) -> tuple[str, ...]:
    """Every text of a list however it was packed, in order, each once; a lone text is a list of one."""
    return tuple(dict.fromkeys(text for text in map(read_string, read_list(value)) if text))


def read_list(value: object) -> list[object]:
    """The members of a list however it was packed, without the empty ones; anything else is a list of one."""
    found = unpack(value)
    members = found if isinstance(found, list) else [found]
    return [member for member in members if member not in (None, "", {}, [])]


def read_objects(value: object) -> list[Mapping[str, object]]:
    """The objects among the members of a list."""
    return [member for member in map(unpack, read_list(value)) if isinstance(member, dict)]


def read_text(value: object) -> Text:
    """A text by language: `{"it": …}` as an object or printed into a string, or one text without a language."""
    found = unpack(value)
    if isinstance(found, dict):
        return dict(_translations(found))
    text = read_string(found)
    return {"": text} if text else {}


def read_one_text(value: object) -> str:
    """A text where only one may stand: of several languages the Italian one, else the first."""
    texts = read_text(value)
    return texts.get("it") or next(iter(texts.values()), "")


def read_integer(value: object) -> int | None:
    """A whole number, also when written `1024.0` or `"1024"`; None for anything else."""
    return whole_number(read_string(value))


def read_day(value: object) -> str | None:
    """A date, with the dd-mm-yyyy of ckanext-dcatapit turned round; any other spelling as it is."""
    text = read_string(value)
    italian = _ITALIAN_DAY.fullmatch(text.strip())
    return "-".join(reversed(italian.groups())) if italian else text or None


def unpack(value: object) -> object:
    """A list or an object that was packed in a string; any other value as it is."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not ((text.startswith("[") and text.endswith("]")) or (text.startswith("{") and text.endswith("}"))):
        return value
    if _POSTGRES_ARRAY.fullmatch(text):
        return [member.strip() for member in text[1:-1].split(",")]
    return _parse(text, value)


def read_json(text: str) -> object:
    """The JSON value of a text. Raises ValueError when it is none, or nested deeper than anybody writes by hand.

    Half a surrogate pair (`\\ud800`) is legal in JSON and in no RDF syntax: a question mark stands for it.
    """
    return _read(text, json.loads)


def read_finite_json(text: str) -> object:
    """The same, of which every number is one. Raises NotFiniteError too."""
    try:
        return load_quickly(text)
    except ValueError:
        return _read(text, load_carefully)


def _read(text: str, load: Callable[[str], object]) -> object:
    try:
        found = load(text)
    except RecursionError as too_deep:
        raise ValueError("nested too deep") from too_deep
    if "\\ud" not in text and "\\uD" not in text:
        return found
    return json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


def _parse(text: str, otherwise: str) -> object:
    try:
        return read_json(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return otherwise


def _translations(value: Mapping[object, object]) -> Iterator[tuple[str, str]]:
    for key, translation in value.items():
        text = read_string(translation)
        if isinstance(key, str) and (not key or _LANGUAGE_KEY.fullmatch(key)) and text:
            yield key.replace("_", "-"), text
