"""What the calls of this room share: the part of a list that is asked, its order, texts of a limited length."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.protocol import Call

Row = TypeVar("Row")
_NAME = re.compile(r"[a-z0-9_-]*")
_ALPHABET = "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"
_SORTS = ("name", "title", "package_count")
_RESERVED = frozenset({"new", "edit", "search"})


def part(call: Call, *, usual: int | None = None, most: int | None = None) -> slice:
    """The part of a list that is asked: from `offset`, at most `limit` of them."""
    limit, offset = call.natural("limit", usual, most), call.natural("offset", 0) or 0
    return slice(offset, None if limit is None else offset + limit)


def part_of_names(call: Call) -> slice:
    """The same of bodies and themes: for CKAN no `limit` is 0."""
    asked = part(call)
    return slice(asked.start, None if asked.stop == asked.start else asked.stop)


@dataclass(frozen=True)
class Order:
    """The order of a list of bodies or themes."""

    field: str
    is_reversed: bool

    def sort(self, rows: Iterable[Row], keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
        """The rows in this order; `keys` gives the value of each field."""
        return sorted(rows, key=keys[self.field], reverse=self.is_reversed)


def order_of(call: Call) -> Order:
    """What `sort` asks, `title asc` without it."""
    asked = (call.text("sort") or call.text("order_by") or "title asc").split()
    field, direction = asked[0] if asked else "title", asked[1].lower() if len(asked) > 1 else "asc"
    field = {"packages": "package_count"}.get(field, field)
    if field not in _SORTS or direction not in {"asc", "desc"} or len(asked) > 2:
        raise ValidationFault({"message": f"Cannot sort by field `{' '.join(asked)}`"})
    return Order(field, direction == "desc")


def names_in(call: Call, name: str) -> list[str]:
    """A list of names, also as one text with commas or blanks between them."""
    return [part for words in call.words(name) for part in re.split(r"[\s,]+", words) if part]


def checked_name(call: Call, field: str = "name") -> str:
    """A name that CKAN takes for a body or a person."""
    name = call.required(field)
    if len(name) < 2:
        raise ValidationFault({field: ["Must be at least 2 characters long"]})
    if len(name) > 100:
        raise ValidationFault({field: ["Name must be a maximum of 100 characters long"]})
    if not _NAME.fullmatch(name):
        raise ValidationFault({field: [_ALPHABET]})
    if name in _RESERVED:
        raise ValidationFault({field: ["That name cannot be used"]})
    return name


def short(call: Call, field: str, limit: int) -> str | None:
    """A text of at most `limit` letters; None when it is not given, "" when it is given empty."""
    if field not in call.data:
        return None
    text = (call.text(field) or "").strip()
    if len(text) > limit:
        raise ValidationFault({field: [f"Must be at most {limit} characters long"]})
    return text


def image_in(call: Call) -> str | None:
    """The address of an image; "" to have none, None to leave it. A name of a file of another portal is not one."""
    if "image_upload" in call.files:
        raise ValidationFault({"image_upload": ["Images are not kept here: give the address of one as image_url"]})
    given = short(call, "image_url", 500)
    if call.boolean("clear_upload", False) and not given:
        return ""
    if not given:
        return given
    shown = short(call, "image_display_url", 500) or ""
    address = given if "://" in given else shown
    if not address.lower().startswith(("http://", "https://")):
        raise ValidationFault({"image_url": ["Must be an address that begins with http:// or https://"]})
    return address
