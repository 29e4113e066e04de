"""Records to schema.org, as search engines for datasets read it in a page.

Facts: schema.org Dataset and DataDownload, and the guidelines of Google Dataset Search (2026-08): a description of at
least 50 characters is expected and one of at most 5,000 is read; `temporalCoverage` is an ISO 8601 interval.
"""

import json
from typing import Any

from opentusk.kit.records import Agent, Dataset, Distribution, Location, PeriodOfTime, Text
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FILE_TYPES, THEMES

Json = dict[str, Any]
_LONGEST_DESCRIPTION = 5_000
# A script element ends at the first `</`, whatever it is part of; the rest keeps comments and entities out of it.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def schema_org(record: Dataset, *, page: str, catalog: str = "") -> Json:
    """The schema.org Dataset of a record; `page` is the address of its page, `catalog` that of the catalogue."""
    licences = [part.license.iri for part in record.distribution if part.license and part.license.iri]
    rights = ACCESS_RIGHTS.by_iri(record.access_rights or "")
    written = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": record.iri,
        "url": page,
        "identifier": record.identifier,
        "name": _one(record.title),
        "description": _one(record.description)[:_LONGEST_DESCRIPTION],
        "inLanguage": sorted(tag for tag in record.title if tag),
        "keywords": [*_themes(record), *dict.fromkeys(word for words in record.keyword.values() for word in words)],
        "creator": [_agent(agent) for agent in (record.creator or _only(record.rights_holder))],
        "publisher": _agent(record.publisher or record.rights_holder),
        "datePublished": record.issued,
        "dateModified": record.modified,
        "version": record.version_info,
        "license": next(iter(dict.fromkeys(licences)), None),
        "isAccessibleForFree": rights.code == "PUBLIC" if rights else None,
        "temporalCoverage": next((_interval(period) for period in record.temporal), None),
        "spatialCoverage": next((_place(place) for place in record.spatial), None),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": catalog} if catalog else None,
        "distribution": [_download(part) for part in record.distribution],
    }
    return _without_empty(written)


def script_text(document: Json) -> str:
    """The document as text for a `<script type="application/ld+json">`, which nothing in it can end."""
    text = json.dumps(document, ensure_ascii=False)
    for unsafe, escaped in _UNSAFE.items():
        text = text.replace(unsafe, escaped)
    return text


def _download(part: Distribution) -> Json:
    file_type = FILE_TYPES.by_iri(part.format or "")
    return _without_empty(
        {
            "@type": "DataDownload",
            "@id": part.iri,
            "name": _one(part.title),
            "contentUrl": next(iter(part.download_url), part.access_url),
            "encodingFormat": file_type.media_type or file_type.code if file_type else part.format,
            "contentSize": f"{part.byte_size} B" if part.byte_size is not None else None,
            "license": part.license.iri if part.license else None,
            "dateModified": part.modified,
        }
    )


def _agent(agent: Agent | None) -> Json | None:
    if agent is None:
        return None
    return _without_empty(
        {"@type": "GovernmentOrganization", "@id": agent.iri, "name": agent.name, "identifier": agent.identifier}
    )


def _only(agent: Agent | None) -> tuple[Agent, ...]:
    return (agent,) if agent else ()


def _themes(record: Dataset) -> list[str]:
    return [term.it for iri in record.theme if (term := THEMES.by_iri(iri))]


def _interval(period: PeriodOfTime) -> str | None:
    """An ISO 8601 interval; an open side is `..`."""
    if not (period.start_date or period.end_date):
        return None
    return f"{period.start_date or '..'}/{period.end_date or '..'}"


def _place(place: Location) -> Json | None:
    if not (place.geographic_name or place.iri):
        return None
    return _without_empty({"@type": "Place", "@id": place.iri, "name": place.geographic_name})


def _one(text: Text) -> str:
    return text.get("it") or text.get("") or next(iter(text.values()), "")


def _without_empty(written: Json) -> Json:
    return {name: value for name, value in written.items() if value not in (None, "", [], {})}
