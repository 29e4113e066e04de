"""Any metadata document to its datasets, whatever it says it is: the content decides, not the media type.

RDF in four syntaxes goes to `kit.rdf`. JSON is told apart by its keys: JSON-LD, DCAT-US `data.json`, and CKAN in every
shape its API gives (`package_show`, `package_search`, `organization_show`, `current_package_list_with_resources`, with
or without envelope).

Two cases look alike and are not. A source that offers nothing gives a reading without items and the problem
`reading.no_datasets`: its datasets may have been withdrawn. A document of another kind (a list of organizations, a
table, an error) is `Unreadable`: nothing can be concluded from it, least of all that datasets have vanished.
"""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from dataclasses import replace

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping import dcat_us
from opentusk.kit.mapping.ckan import read_package
from opentusk.kit.mapping.loose import read_integer, read_json, read_one_text, read_string
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.read import read_catalog
from opentusk.kit.rdf.syntax import parse_document
from opentusk.kit.records import Catalog

_API = "/api/"
_POD = "project-open-data"
# What every package has and neither organizations, groups, harvest sources nor table rows do.
_OF_PACKAGES = frozenset(("resources", "num_resources", "license_id"))
_BOM = b"\xef\xbb\xbf"


def read_metadata(content: bytes, *, base: str, media_type: str | None = None) -> CatalogReading:
    """The datasets of one document found at the address `base`. Raises Unreadable when it is no metadata."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    start = content.removeprefix(_BOM).lstrip()
    if not start:
        raise Unreadable("reading.empty")
    if start[:1] not in (b"{", b"["):
        return _read_rdf(content, base=base, media_type=media_type)
    document = _parse_json(content)
    if _is_json_ld(document):
        return _read_rdf(content, base=base, media_type=media_type)
    if isinstance(document, dict) and isinstance(document.get("dataset"), list):
        return dcat_us.read_catalog(document, site_url=base)
    return _read_ckan(document, base)


def _read_rdf(content: bytes, *, base: str, media_type: str | None) -> CatalogReading:
    reading = read_catalog(parse_document(content, base=base, media_type=media_type), base=base)
    if reading.items or reading.services or reading.series:
        return reading
    if reading.catalog is None:
        # A comment, an error in JSON-LD, a vocabulary: nothing can be concluded from it.
        raise Unreadable("reading.not_a_catalogue", base)
    return replace(reading, problems=(*reading.problems, _nothing()))


def _parse_json(content: bytes) -> object:
    try:
        return read_json(content.removeprefix(_BOM).decode(json.detect_encoding(content)))
    except ValueError as fault:
        raise Unreadable("reading.json_syntax", str(fault)) from fault


def _is_json_ld(document: object) -> bool:
    """Whether its nodes are meant as RDF. `data.json` has a JSON-LD context too, which nobody can resolve."""
    if isinstance(document, list):
        return any(isinstance(node, dict) and ("@id" in node or "@type" in node) for node in document)
    if not isinstance(document, dict):
        return False
    if "@graph" in document:
        return True
    return "@context" in document and _POD not in json.dumps([document["@context"], document.get("conformsTo")])


def _read_ckan(document: object, base: str) -> CatalogReading:
    result, site_url = document, _site(base)
    if isinstance(document, dict) and "success" in document:
        if document["success"] is not True:
            raise Unreadable("reading.ckan_refused", _error(document.get("error")))
        result = document.get("result")
        site_url = _site(read_string(document.get("help"))) or site_url
    members, total, catalog = _members(result)
    if members and not any(map(_is_package, members)):
        raise Unreadable("reading.not_a_catalogue", ", ".join(sorted(_keys(members[0]))[:6]))
    return CatalogReading(
        catalog=catalog,
        items=tuple(_read_member(member, site_url) for member in members),
        total=total,
        problems=() if members else (_nothing(),),
    )


def _members(result: object) -> tuple[list[object], int | None, Catalog | None]:
    """The packages of a result, how many the portal counts, and the catalogue they are if the result names one."""
    if isinstance(result, list):
        return result, None, None
    if not isinstance(result, dict):
        raise Unreadable("reading.not_a_catalogue", type(result).__name__)
    if isinstance(result.get("results"), list):
        return result["results"], read_integer(result.get("count")), None
    if isinstance(result.get("packages"), list):
        title = read_one_text(result.get("title")) or read_string(result.get("name"))
        return result["packages"], read_integer(result.get("package_count")), Catalog(title={"": title})
    if not _is_package(result):
        raise Unreadable("reading.not_a_catalogue", ", ".join(sorted(_keys(result))[:6]))
    return [result], None, None


def _read_member(member: object, site_url: str) -> Item:
    if isinstance(member, Mapping) and _is_package(member):
        return read_package(member, site_url=site_url)
    detail = str(member)[:80]
    problem = Problem(code="reading.item_not_an_object", severity=Severity.BLOCKS, values={"detail": detail})
    return Item(record=None, source_id=detail, problems=(problem,))


def _is_package(member: object) -> bool:
    return isinstance(member, Mapping) and not _OF_PACKAGES.isdisjoint(member) and bool({"id", "name"} & member.keys())


def _keys(member: object) -> list[str]:
    return [str(key) for key in member] if isinstance(member, Mapping) else [type(member).__name__]


def _site(address: str) -> str:
    """The portal an address of its API belongs to; "" for any other address."""
    site, api, _ = address.partition(_API)
    return site if api and site.startswith("http") else ""


def _error(error: object) -> str:
    if isinstance(error, Mapping):
        return read_string(error.get("message")) or read_string(error.get("__type")) or json.dumps(error)
    return read_string(error)


def _nothing() -> Problem:
    return Problem(code="reading.no_datasets", severity=Severity.MAJOR)
