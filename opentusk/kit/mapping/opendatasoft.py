"""Pages of Opendatasoft's Explore API 2.1 (`catalog/datasets`) to records.

Every dataset with records can be exported by the portal itself: those exports are its distributions. Source: the
documentation of the Explore API, version 2.1.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.ckan_extras import Fields
from opentusk.kit.mapping.ckan_nodes import iri_of_code
from opentusk.kit.mapping.loose import read_integer, read_objects, read_string, read_strings, read_text
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import (
    Agent,
    ContactPoint,
    Dataset,
    Distribution,
    LicenseDocument,
    Location,
    PeriodOfTime,
    Text,
)
from opentusk.kit.vocabularies import FILE_TYPES, FREQUENCIES, MEDIA_TYPES

_EXPORTS = (("csv", "CSV"), ("json", "JSON"))
_OF_PLACES = ("geojson", "GEOJSON")


def read_page(answer: Mapping[str, object], *, site_url: str) -> CatalogReading:
    """The datasets of a page of the portal at `site_url`. Raises Unreadable for another kind of answer."""
    total = read_integer(answer.get("total_count"))
    if not isinstance(answer.get("results"), list) or total is None:
        raise Unreadable("reading.not_this_api", "Opendatasoft Explore 2.1")
    items = tuple(_read_item(source, site_url) for source in read_objects(answer["results"]))
    return CatalogReading(catalog=None, items=items, total=total)


def _read_item(source: Mapping[str, object], site_url: str) -> Item:
    identifier = read_string(source.get("dataset_id"))
    if source.get("data_visible") is False:
        problem = Problem(code="reading.package_not_public", severity=Severity.BLOCKS, values={"state": "data_visible"})
        return Item(record=None, source_id=identifier, problems=(problem,))
    return Item(record=_read_dataset(source, identifier, site_url), source_id=identifier)


def _read_dataset(source: Mapping[str, object], identifier: str, site_url: str) -> Dataset:
    metas = source.get("metas")
    groups = metas if isinstance(metas, Mapping) else {}
    said, dcat = _group(groups, "default"), _group(groups, "dcat")
    language = read_string(said.take("language"))
    licence = _read_licence(said)
    keywords = read_strings(said.take("keyword"))
    # Its `creator` is free text, an office as a rule, and stays among what is kept: an author needs a code.
    publisher = read_string(said.take("publisher"))
    landing = f"{site_url}/explore/dataset/{quote(identifier)}/"
    places = read_strings(said.take("territory")) or read_strings(dcat.take("spatial"))
    title = _text(said.take("title"), language)
    return Dataset(
        identifier=identifier,
        title=title,
        description=_text(said.take("description"), language),
        issued=read_string(dcat.take("issued")) or read_string(dcat.take("created")) or None,
        modified=read_string(said.take("modified")) or read_string(said.take("data_processed")) or None,
        metadata_modified=read_string(said.take("metadata_processed")) or None,
        theme=read_strings(said.take("theme")),
        keyword={language: keywords} if keywords else {},
        rights_holder=Agent(name=publisher) if publisher else None,
        contact_point=_read_contact(dcat),
        accrual_periodicity=iri_of_code(FREQUENCIES, read_string(dcat.take("accrualperiodicity"))) or None,
        distribution=tuple(_read_distributions(source, identifier, site_url, title, licence)),
        landing_page=landing,
        language=(language,) if language else (),
        temporal=_read_period(dcat),
        spatial=(Location(geographic_name=places[0]),) if places else (),
        page=tuple(address for address in read_strings(said.take("references")) if address.startswith("http")),
        source_catalog=site_url or None,
        extra=(*said.rest(without=frozenset(("records_count", "timezone"))), *dcat.rest(without=frozenset())),
    )


def _group(metas: Mapping[object, object], name: str) -> Fields:
    found = metas.get(name)
    return Fields(found if isinstance(found, Mapping) else {})


def _text(value: object, language: str) -> Text:
    text = read_text(value)
    return {language: text[""]} if language and set(text) == {""} else text


def _read_licence(said: Fields) -> LicenseDocument | None:
    name, address = read_string(said.take("license")), read_string(said.take("license_url"))
    if not name and not address:
        return None
    return LicenseDocument(iri=address or None, name={"": name} if name else {})


def _read_contact(dcat: Fields) -> tuple[ContactPoint, ...]:
    name, email = read_string(dcat.take("contact_name")), read_string(dcat.take("contact_email"))
    return (ContactPoint(fn=name or email, has_email=email),) if email else ()


def _read_period(dcat: Fields) -> tuple[PeriodOfTime, ...]:
    start, end = (read_string(dcat.take(f"temporal_coverage_{side}")) for side in ("start", "end"))
    return (PeriodOfTime(start_date=start, end_date=end or None),) if start else ()


def _read_distributions(
    source: Mapping[str, object], identifier: str, site_url: str, title: Text, licence: LicenseDocument | None
) -> Iterator[Distribution]:
    """The exports of the records, then the files attached to the dataset, then exports made elsewhere."""
    exports = [*_EXPORTS, *([_OF_PLACES] if "geo" in read_strings(source.get("features")) else [])]
    for path, code in exports if source.get("has_records") is not False else []:
        address = f"{site_url}/api/explore/v2.1/catalog/datasets/{quote(identifier)}/exports/{path}"
        yield Distribution(
            title={language: f"{text} ({code})" for language, text in title.items()},
            access_url=address,
            download_url=(address,),
            format=iri_of_code(FILE_TYPES, code),
            license=licence,
        )
    for found in (*read_objects(source.get("attachments")), *read_objects(source.get("alternative_exports"))):
        address = read_string(found.get("url"))
        if address.startswith("odsfile://"):
            path = quote(read_string(found.get("id")))
            address = f"{site_url}/api/explore/v2.1/catalog/datasets/{quote(identifier)}/attachments/{path}"
        yield Distribution(
            title=read_text(found.get("title")),
            description=read_text(found.get("description")),
            access_url=address,
            download_url=(address,),
            media_type=iri_of_code(MEDIA_TYPES, read_string(found.get("mimetype"))) or None,
            license=licence,
        )
