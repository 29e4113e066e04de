"""Answers of the national repertory of territorial data (RNDT), whose REST interface wraps ISO 19139 records in JSON.

The links it gives are of its own inner network: nobody outside can follow them, so an item's address is made anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.iso.records import read_single
from opentusk.kit.mapping.loose import read_integer, read_objects, read_string
from opentusk.kit.problems import Problem, Severity


@dataclass(frozen=True, kw_only=True)
class RndtPage:
    """One answer of the search. `ids` are those of items whose record did not come with them."""

    reading: CatalogReading
    ids: tuple[str, ...]
    following: int
    total: int


def read_search(answer: Mapping[str, object]) -> RndtPage:
    """The items of a search. Raises Unreadable for another kind of answer."""
    if not isinstance(answer.get("results"), list) or read_integer(answer.get("total")) is None:
        raise Unreadable("reading.not_this_api", "RNDT REST")
    items = []
    ids = []
    for found in read_objects(answer["results"]):
        identifier = read_string(found.get("id"))
        record = _record_in(found)
        if record is None:
            ids.append(identifier)
        else:
            items.append(record)
    total = read_integer(answer.get("total")) or 0
    return RndtPage(
        # The records that did not come are counted when they are asked for.
        reading=CatalogReading(catalog=None, items=tuple(items), total=None if ids else total),
        ids=tuple(ids),
        following=read_integer(answer.get("nextStart")) or 0,
        total=total,
    )


def read_missing(answer: Mapping[str, object], *, address: str) -> Item:
    """What `{"found": false}` means: the item is listed and not there. Raises Unreadable for another answer."""
    if answer.get("found") is not False:
        raise Unreadable("reading.not_this_api", "RNDT REST")
    problem = Problem(code="rndt.not_found", severity=Severity.BLOCKS)
    return Item(record=None, source_id=item_at(address), problems=(problem,))


def item_at(address: str) -> str:
    """The identifier of the item whose XML is at this address."""
    return unquote(address.rpartition("/item/")[2].removesuffix("/xml"))


def item_address(search: str, identifier: str) -> str:
    """Where the XML of an item is, beside the address of the search."""
    return f"{search.partition('?')[0].rstrip('/').removesuffix('/search')}/item/{quote(identifier, safe='')}/xml"


def _record_in(found: Mapping[str, object]) -> Item | None:
    """The record inside an item of the search, when it came whole."""
    source = found.get("_source")
    text = read_string(source.get("sys_xml_clob")) if isinstance(source, Mapping) else ""
    if not text.rstrip().endswith("Metadata>"):
        return None
    return read_single(text.encode(), source_id=read_string(found.get("id")))
