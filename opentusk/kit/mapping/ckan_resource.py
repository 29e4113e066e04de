"""CKAN resources to distributions, and the APIs of ckanext-dcat that hang from them to data services."""

from collections.abc import Mapping

from opentusk.kit.mapping.ckan_extras import Fields
from opentusk.kit.mapping.ckan_nodes import iri_of_code, read_languages, read_licence, read_standards
from opentusk.kit.mapping.loose import (
    read_day,
    read_integer,
    read_objects,
    read_string,
    read_strings,
)
from opentusk.kit.records import Checksum, DataService, Distribution, LicenseDocument
from opentusk.kit.vocabularies import FILE_TYPES, MEDIA_TYPES

_OF_CKAN = frozenset(
    [
        "cache_last_updated",
        "cache_url",
        "created",
        "datastore_active",
        "id",
        "metadata_modified",
        "package_id",
        "position",
        "resource_group_id",
        "revision_id",
        "revision_timestamp",
        "state",
        "tracking_summary",
        "url",
        "url_type",
        "webstore_last_updated",
        "webstore_url",
    ]
)
_UPLOADED = "upload"


def read_resource(resource: Mapping[str, object], *, address: str, licence: LicenseDocument | None) -> Distribution:
    """One resource. `address` is that of its package, `licence` the one the package declares for all its resources."""
    fields = Fields(resource)
    url, resource_id = read_string(fields.peek("url")), read_string(fields.peek("id"))
    media_type = iri_of_code(MEDIA_TYPES, read_string(fields.take("mimetype")))
    return Distribution(
        iri=read_string(fields.take("uri"))
        or (f"{address}/resource/{resource_id}" if address and resource_id else None),
        title=fields.take_text("name"),
        description=fields.take_text("description"),
        access_url=read_string(fields.take("access_url")) or url,
        download_url=_download_urls(fields, url),
        format=iri_of_code(FILE_TYPES, read_string(fields.take("distribution_format", "format"))) or None,
        media_type=media_type or None,
        compress_format=read_string(fields.take("compress_format")) or None,
        package_format=read_string(fields.take("package_format")) or None,
        license=_read_licence(fields) or licence,
        rights=read_string(fields.take("rights")) or None,
        issued=read_day(fields.take("issued")),
        modified=read_day(fields.take("modified", "last_modified")),
        byte_size=read_integer(fields.take("size")),
        checksum=_read_checksum(fields),
        status=read_string(fields.take("status")) or None,
        availability=read_string(fields.take("availability")) or None,
        language=read_languages(fields.take("language")),
        page=read_strings(fields.take("documentation")),
        conforms_to=read_standards(fields.take("conforms_to")),
        access_service=_read_services(fields.take("access_services")),
        applicable_legislation=read_strings(fields.take("applicable_legislation")),
        temporal_resolution=read_string(fields.take("temporal_resolution")) or None,
        spatial_resolution_in_meters=read_string(fields.take("spatial_resolution_in_meters")) or None,
        extra=fields.rest(without=_OF_CKAN),
    )


def _download_urls(fields: Fields, url: str) -> tuple[str, ...]:
    """The addresses said to be files; of an uploaded resource, CKAN itself serves the file."""
    stated = read_strings(fields.take("download_url"))
    return stated or ((url,) if url and fields.peek("url_type") == _UPLOADED else ())


def _read_licence(fields: Fields) -> LicenseDocument | None:
    """The resource's own licence: ckanext-dcat's `license` before the `license_type` of ckanext-dcatapit."""
    return read_licence(address=fields.take("license", "license_type"), title=fields.take("license_title"))


def _read_checksum(fields: Fields) -> Checksum | None:
    """A hash whose algorithm is known; alone it could be anything, and stays among the extras."""
    algorithm, value = read_string(fields.peek("hash_algorithm")), read_string(fields.peek("hash"))
    if not (algorithm and value):
        return None
    fields.take("hash_algorithm")
    fields.take("hash")
    return Checksum(algorithm=algorithm, value=value.lower())


def _read_services(value: object) -> tuple[DataService, ...]:
    services = map(_read_service, read_objects(value))
    return tuple(service for service in services if service != DataService())


def _read_service(source: Mapping[str, object]) -> DataService:
    fields = Fields(source)
    return DataService(
        iri=read_string(fields.take("uri", "access_service_ref")) or None,
        title=fields.take_text("title"),
        description=fields.take_text("description"),
        endpoint_url=read_strings(fields.take("endpoint_url")),
        endpoint_description=read_strings(fields.take("endpoint_description")),
        serves_dataset=read_strings(fields.take("serves_dataset")),
        license=read_licence(address=fields.take("license")),
        access_rights=read_string(fields.take("access_rights")) or None,
        availability=read_string(fields.take("availability")) or None,
        hvd_category=read_strings(fields.take("hvd_category")),
        applicable_legislation=read_strings(fields.take("applicable_legislation")),
        page=read_strings(fields.take("documentation")),
        extra=fields.rest(without=frozenset()),
    )
