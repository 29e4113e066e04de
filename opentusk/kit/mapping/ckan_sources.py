"""The harvest sources of a CKAN (`harvest_source_list`, as dati.gov.it publishes it) as sources of ours.

Nothing of a row is lost: what has no meaning here stays in `listed`, the row as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opentusk.kit.errors import Unreadable
from opentusk.kit.mapping.loose import read_json, read_list, read_string, unpack
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.vocabularies import FREQUENCIES, LANGUAGES, THEMES

KIND_OF_TYPE = {
    "dcat_rdf": "dcat_rdf",
    "dcat_json": "dcat_us",
    "ckan": "ckan",
    "CKAN-DCATAPIT": "ckan",
    "csw": "csw",
    "geonetwork": "csw",
}
LONGEST_ADDRESS = 4_000
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class ListedSource:
    """One usable row: its number, what becomes settings here, and the row itself."""

    row: int
    name: str
    kind: str
    url: str
    filters: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row that cannot become a source, and why."""

    row: int
    name: str
    problem: Problem


def read_sources(content: bytes) -> tuple[list[ListedSource], list[RefusedRow]]:
    """The rows of a list, numbered from 1. Raises Unreadable when it is no such list."""
    try:
        document = read_json(content.decode("utf-8-sig"))
    except ValueError as fault:
        raise Unreadable("reading.json_syntax", str(fault)[:200]) from fault
    rows = document.get("result") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not rows:
        raise Unreadable("sources.not_a_list")
    read = [_read_row(number, row) for number, row in enumerate(rows, start=1)]
    return [one for one in read if isinstance(one, ListedSource)], [one for one in read if isinstance(one, RefusedRow)]


def _read_row(number: int, row: object) -> ListedSource | RefusedRow:
    if not isinstance(row, Mapping):
        return _refused(number, str(row)[:80], "sources.not_a_source")
    url, kind = read_string(row.get("url")).strip(), read_string(row.get("type")).strip()
    name = read_string(row.get("title")).strip() or read_string(row.get("name")).strip() or url
    if not url.startswith(("http://", "https://")) or len(url) > LONGEST_ADDRESS:
        return _refused(number, name, "sources.bad_address", url=url[:200])
    if kind not in KIND_OF_TYPE:
        return _refused(number, name, "sources.unknown_kind", type=kind, known=", ".join(KIND_OF_TYPE))
    try:
        config = _read_config(row.get("config"))
    except ValueError as fault:
        return _refused(number, name, "sources.bad_config", detail=str(fault)[:200])
    return ListedSource(
        row=number,
        name=name[:LONGEST_NAME],
        kind=KIND_OF_TYPE[kind],
        url=url,
        # Only CKAN's own harvester looks at them: an RDF feed has its filter in the address.
        filters=_filters(config) if KIND_OF_TYPE[kind] == "ckan" else {},
        defaults=dict(_defaults(config)),
        listed=dict(row),
    )


def _read_config(value: object) -> Mapping[str, object]:
    """The settings of a row: an object, or JSON in a string. Raises ValueError."""
    found = read_json(value) if isinstance(value, str) and value.strip() else value or {}
    if not isinstance(found, Mapping):
        raise ValueError(type(found).__name__)
    return found


def _filters(config: Mapping[str, object]) -> dict[str, str]:
    """The organizations to take or to leave, as a filter of the source itself."""
    included = [f"organization:{name}" for name in _names(config, "organizations_filter_include")]
    excluded = [f"-organization:{name}" for name in _names(config, "organizations_filter_exclude")]
    wanted = f"({' OR '.join(included)})" if len(included) > 1 else "".join(included)
    words = " ".join(filter(None, [wanted, *excluded]))
    return {"fq": words} if words else {}


def _names(config: Mapping[str, object], key: str) -> Sequence[str]:
    return [text for text in map(read_string, read_list(config.get(key))) if text]


def _defaults(config: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    extras = config.get("default_extras")
    if not isinstance(extras, Mapping):
        return
    themes = (THEMES.by_code(code.upper()) for code in map(read_string, read_list(unpack(extras.get("theme")))))
    if theme := next(filter(None, themes), None):
        yield "theme", theme.iri
    if language := LANGUAGES.find(read_string(extras.get("source_catalog_language"))):
        yield "language", language.iri
    if frequency := FREQUENCIES.find(read_string(extras.get("frequency"))):
        yield "frequency", frequency.iri


def _refused(number: int, name: str, code: str, **values: str) -> RefusedRow:
    return RefusedRow(row=number, name=name, problem=Problem(code=code, severity=Severity.BLOCKS, values=values))
