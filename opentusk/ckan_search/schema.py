"""The fields of the two indexes, and how packages and resources fill them.

Every exact value is kept twice: in a column of its own, for one value, counts and orders by value; and in `values`
behind the name of its field, for wildcards and ranges, which tantivy has for no column of a JSON field.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import tantivy

from opentusk.kit.solr.boxes import Box, box_of
from opentusk.kit.solr.documents import EXTRA_TEXTS, LONGEST_VALUE, TEXTS, Fields, fields_of
from opentusk.search import words

# Part of the indexes' addresses on the disk: whoever changes a field raises it, and the old index is left behind.
VERSION = 2

# How often eight bytes of a text are kept as a number, for orders; texts that agree so far are compared whole.
SORT_PARTS = 6
# The two halves of a UUID, as numbers in the same order.
SORTED_ID = ("id_start", "id_end")
SORTED_TEXTS = ("name", "title_string")
SORTED_MOMENTS = ("metadata_created", "metadata_modified")
CALLED = "called"
# The sides of the box on the map, for packages that have one.
BOX = Box._fields
# Between the name of a field and a value in `values`: no field of CKAN has it.
MARK = "\x1f"
_WITHOUT_COLUMN = re.compile(r"[^A-Za-z0-9_-]")


def package_schema() -> tantivy.Schema:
    """The fields of packages."""
    builder = _exact_builder()
    builder.add_unsigned_field("holder", indexed=True, fast=True)
    builder.add_json_field("loose", tokenizer_name=words.STEMS)
    builder.add_bytes_field("kept", stored=True)
    for name in TEXTS:
        builder.add_text_field(stems_field(name), tokenizer_name=words.STEMS)
        builder.add_text_field(forms_field(name), tokenizer_name=words.FORMS, index_option="basic")
    builder.add_text_field(forms_field(CALLED), tokenizer_name=words.FORMS, index_option="basic")
    for name in (*SORTED_MOMENTS, *BOX):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in SORTED_TEXTS:
        for part in range(SORT_PARTS):
            builder.add_unsigned_field(part_field(name, part), indexed=True, fast=True)
    return builder.build()


def resource_schema() -> tantivy.Schema:
    """The fields of resources; `number` is that of their dataset, `values` are in lower case."""
    builder = _exact_builder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def prepared(index: tantivy.Index) -> tantivy.Index:
    """The same index, knowing our words."""
    index.register_tokenizer(words.STEMS, words.stems_analyzer())
    index.register_tokenizer(words.FORMS, words.forms_analyzer())
    return index


@dataclass(frozen=True)
class Kept:
    """A package as it was when it was indexed; `stamp` says of which state of its dataset."""

    number: int
    stamp: str
    text: bytes

    def package(self) -> dict[str, Any]:
        """The package."""
        found: dict[str, Any] = json.loads(self.text)
        return found


def kept_package(document: tantivy.Document) -> Kept:
    """The package that a document of the index keeps."""
    stamp, _newline, text = bytes(document.get_first("kept") or b"").partition(b"\n")
    return Kept(number=int(document.get_first("number") or 0), stamp=stamp.decode(), text=text)


def package_document(number: int, holder: int, package: Mapping[str, Any], *, stamp: str) -> tantivy.Document:
    """What the index knows of a package; `number` and `holder` are its dataset and its body."""
    fields = fields_of(package)
    filled = _exact_document(number, fields.exact)
    filled.add_unsigned("holder", holder)
    for name, value in _values(fields.exact):
        filled.add_text("values", f"{name}{MARK}{value}")
    for name, micros in fields.moments.items():
        filled.add_integer(name, micros)
    for side, micros in zip(BOX, box_of(package) or (), strict=False):
        filled.add_integer(side, micros)
    _add_texts(filled, fields)
    _add_orders(filled, package)
    filled.add_bytes("kept", f"{stamp}\n{json.dumps(package, ensure_ascii=False)}".encode("utf-8", "replace"))
    return filled


def resource_document(number: int, resource: Mapping[str, Any]) -> tantivy.Document:
    """What the index knows of a resource."""
    exact = {name: (str(value),) for name, value in resource.items() if is_searchable(value)}
    filled = _exact_document(number, exact)
    filled.add_text("id", str(resource["id"]))
    _add_id(filled, resource["id"])
    for name, value in _values(exact):
        filled.add_text("values", f"{name}{MARK}{value.lower()}")
    return filled


def is_searchable(value: object) -> bool:
    """Whether a key of a resource can be searched: one text or number, not endless."""
    return isinstance(value, str | int) and bool(str(value)) and len(str(value).encode()) <= LONGEST_VALUE


def column(field: str) -> str:
    """The column of an exact field: its name, with what would mean something to the engine written as numbers."""
    return "exact." + _key(field)


def kept(value: str) -> str:
    """A value as its column keeps it: behind a sign, without which tantivy takes some texts for dates."""
    return f"={value}"


def given(value: object) -> str:
    """The value that a column keeps."""
    return str(value)[1:]


def loose_column(field: str) -> str:
    """The column of the text of an extra."""
    return "loose." + _key(field)


def stems_field(field: str) -> str:
    """The field of the stems of a text."""
    return f"{field}_stems"


def forms_field(field: str) -> str:
    """The field of the words of a text as they are written."""
    return f"{field}_forms"


def part_field(field: str, part: int) -> str:
    """The column of eight bytes of a text."""
    return f"{field}_{part}"


def parts_of(text: str) -> list[int]:
    """The beginning of a text as numbers in the same order."""
    content = text.encode()[: SORT_PARTS * 8].ljust(SORT_PARTS * 8, b"\0")
    return [int.from_bytes(content[8 * part : 8 * part + 8]) for part in range(SORT_PARTS)]


def _key(field: str) -> str:
    return _WITHOUT_COLUMN.sub(lambda found: f"~{ord(found[0]):x}~", field)


def _exact_builder() -> tantivy.SchemaBuilder:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True, indexed=True, fast=True)
    builder.add_json_field("exact", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("values", tokenizer_name="raw", index_option="basic")
    for name in SORTED_ID:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder


def _exact_document(number: int, exact: Mapping[str, tuple[str, ...]]) -> tantivy.Document:
    filled = tantivy.Document()
    filled.add_unsigned("number", number)
    filled.add_json("exact", {_key(name): list(map(kept, values)) for name, values in exact.items()})
    return filled


def _values(exact: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for name, values in exact.items():
        for value in values:
            yield name, value


def _add_texts(filled: tantivy.Document, fields: Fields) -> None:
    loose = {}
    for name, texts in fields.texts.items():
        # Having a text at all can be asked too (`notes:*`).
        filled.add_text("values", f"{name}{MARK}")
        if name.startswith(EXTRA_TEXTS):
            loose[_key(name)] = [words.composed(text) for text in texts]
            continue
        for text in texts:
            filled.add_text(stems_field(name), words.composed(text))
            filled.add_text(forms_field(name), words.composed(text))
    if loose:
        filled.add_json("loose", loose)


def _add_id(filled: tantivy.Document, uuid: object) -> None:
    for name, half in zip(SORTED_ID, divmod(UUID(str(uuid)).int, 2**64), strict=True):
        filled.add_unsigned(name, half)


def _add_orders(filled: tantivy.Document, package: Mapping[str, Any]) -> None:
    name, title = str(package["name"]), str(package.get("title") or "")
    _add_id(filled, package["id"])
    for field, text in (("name", name), ("title_string", title)):
        for part, number in enumerate(parts_of(text)):
            filled.add_unsigned(part_field(field, part), number)
    filled.add_text(forms_field(CALLED), words.composed(f"{name} {title}"))
