"""Pages of Socrata's catalogue (`/api/catalog/v1`) to records. Source: the documentation of the Discovery API.

The catalogue says little of each dataset; what a body adds (frequency, contact, licence) is in its own fields
(`domain_metadata`), under names that resemble each other.
"""

from collections.abc import Iterator, Mapping

from opentusk.kit.errors import Unreadable
from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.mapping.ckan_extras import write_extra
from opentusk.kit.mapping.ckan_nodes import iri_of_code
from opentusk.kit.mapping.loose import read_integer, read_objects, read_string, read_strings, read_text
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Agent, ContactPoint, Dataset, Distribution, LicenseDocument, Text
from opentusk.kit.vocabularies import FILE_TYPES, FREQUENCIES, MEDIA_TYPES

_EXPORTS = (("csv", "CSV"), ("json", "JSON"))
_OF_PLACES = ("geojson", "GEOJSON")
_PLACES = ("point", "multipoint", "line", "multiline", "polygon", "multipolygon", "location")
_DATASETS = ("dataset", "file", "href", "map")
# The end of a field's name, whatever the group it stands in: `Aggiornamento_Frequenza-di-aggiornamento`.
_FREQUENCY = ("frequenza", "frequenza-di-aggiornamento", "update-frequency", "frequency")
_CONTACT = ("contatto", "contact-name", "referente", "nome-referente")
_EMAIL = ("email", "e-mail", "contact-email", "email-referente", "email-contatto")


def read_page(answer: Mapping[str, object], *, site_url: str) -> CatalogReading:
    """The datasets of a page of the portal at `site_url`. Raises Unreadable for another kind of answer."""
    total = read_integer(answer.get("resultSetSize"))
    if not isinstance(answer.get("results"), list) or total is None:
        raise Unreadable("reading.not_this_api", "Socrata")
    items = tuple(_read_item(source, site_url) for source in read_objects(answer["results"]))
    return CatalogReading(catalog=None, items=items, total=total)


def _read_item(source: Mapping[str, object], site_url: str) -> Item:
    resource = _object(source, "resource")
    identifier, kind = read_string(resource.get("id")), read_string(resource.get("type"))
    if kind not in _DATASETS:
        problem = Problem(code="reading.package_not_dataset", severity=Severity.BLOCKS, values={"type": kind})
        return Item(record=None, source_id=identifier, problems=(problem,))
    return Item(record=_read_dataset(source, resource, identifier, site_url), source_id=identifier)


def _read_dataset(
    source: Mapping[str, object], resource: Mapping[str, object], identifier: str, site_url: str
) -> Dataset:
    classes = _object(source, "classification")
    own = {read_string(one.get("key")): read_string(one.get("value")) for one in _own_fields(classes)}
    licence = read_string(_object(source, "metadata").get("license"))
    body = read_string(resource.get("attribution"))
    keywords = read_strings([*read_strings(classes.get("domain_tags")), *read_strings(classes.get("tags"))])
    title = read_text(resource.get("name"))
    modified = read_string(resource.get("data_updated_at")) or read_string(resource.get("updatedAt"))
    email = _own(own, _EMAIL) or read_string(resource.get("contact_email"))
    category = read_string(classes.get("domain_category"))
    return Dataset(
        identifier=identifier,
        title=title,
        description=read_text(resource.get("description")),
        issued=read_string(resource.get("publication_date")) or read_string(resource.get("createdAt")) or None,
        modified=modified or None,
        metadata_modified=read_string(resource.get("metadata_updated_at")) or None,
        theme=(category,) if category else (),
        keyword={"": keywords} if keywords else {},
        rights_holder=Agent(name=body) if body else None,
        contact_point=(ContactPoint(fn=_own(own, _CONTACT) or body or email, has_email=email),) if email else (),
        accrual_periodicity=iri_of_code(FREQUENCIES, _own(own, _FREQUENCY)) or None,
        distribution=tuple(_read_distributions(resource, identifier, site_url, title, licence)),
        landing_page=read_string(source.get("permalink")) or None,
        source_catalog=site_url or None,
        extra=tuple(write_extra(key, value) for key, value in sorted(own.items()) if key and value),
    )


def _read_distributions(
    resource: Mapping[str, object], identifier: str, site_url: str, title: Text, licence: str
) -> Iterator[Distribution]:
    """The exports of a table; of a file put there as it is, the file; of a link, the page it leads to."""
    document = LicenseDocument(name={"": licence}) if licence else None
    kind = read_string(resource.get("type"))
    if kind == "file":
        address = f"{site_url}/download/{identifier}"
        media_type = iri_of_code(MEDIA_TYPES, read_string(resource.get("blob_mime_type"))) or None
        yield Distribution(
            title=title, access_url=address, download_url=(address,), media_type=media_type, license=document
        )
        return
    if kind == "href":
        yield Distribution(
            title=title,
            access_url=f"{site_url}/d/{identifier}",
            format=iri_of_code(FILE_TYPES, "HTML"),
            license=document,
        )
        return
    has_places = any(text.lower() in _PLACES for text in read_strings(resource.get("columns_datatype")))
    for path, code in (*_EXPORTS, *([_OF_PLACES] if has_places else [])):
        address = f"{site_url}/resource/{identifier}.{path}"
        if path == "csv":
            # The whole table: the address above gives a page of it.
            address = f"{site_url}/api/views/{identifier}/rows.csv?accessType=DOWNLOAD"
        yield Distribution(
            title={language: f"{text} ({code})" for language, text in title.items()},
            access_url=address,
            download_url=(address,),
            format=iri_of_code(FILE_TYPES, code),
            license=document,
        )


def _own_fields(classes: Mapping[str, object]) -> list[Mapping[str, object]]:
    return read_objects(classes.get("domain_metadata"))


def _own(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The value of the first field whose name ends in one of these."""
    for key, value in fields.items():
        if value and key.rpartition("_")[2].strip().lower().replace(" ", "-") in names:
            return value
    return ""


def _object(source: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = source.get(name)
    return found if isinstance(found, Mapping) else {}
