"""Distributions to CKAN resources."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from opentusk.kit.mapping.ckan_extras import read_extras
from opentusk.kit.mapping.ckan_write_nodes import (
    Json,
    code_of,
    drop_empty,
    pack,
    write_languages,
    write_standard,
    write_text,
)
from opentusk.kit.records import DataService, Distribution, LicenseDocument
from opentusk.kit.vocabularies import FILE_TYPES, LICENCES, MEDIA_TYPES


def write_resource(distribution: Distribution, *, package_id: str, position: int) -> Json:
    """One resource. Its `id` is the UUID its address ends with, else one made from the address."""
    file_type = code_of(FILE_TYPES, distribution.format)
    resource = {
        "id": _resource_id(distribution, f"{package_id}/{position}"),
        "package_id": package_id,
        "position": position,
        "state": "active",
        "uri": distribution.iri,
        "url": distribution.access_url or next(iter(distribution.download_url), ""),
        "access_url": distribution.access_url,
        "download_url": list(distribution.download_url),
        **write_text("name", distribution.title),
        **write_text("description", distribution.description),
        "distribution_format": file_type,
        "mimetype": code_of(MEDIA_TYPES, distribution.media_type),
        "size": distribution.byte_size,
        "compress_format": distribution.compress_format,
        "package_format": distribution.package_format,
        **_write_licence(distribution.license),
        **_write_facts(distribution),
        **dict(read_extras(distribution.extra)),
    }
    return {**drop_empty(resource), "format": file_type or ""}


def _write_facts(distribution: Distribution) -> Json:
    checksum = distribution.checksum
    return {
        "rights": distribution.rights,
        "issued": distribution.issued,
        "last_modified": distribution.modified,
        "hash": checksum.value if checksum else None,
        "hash_algorithm": checksum.algorithm if checksum else None,
        "status": distribution.status,
        "availability": distribution.availability,
        "language": write_languages(distribution.language),
        "documentation": list(distribution.page),
        "conforms_to": pack([write_standard(standard) for standard in distribution.conforms_to]),
        "access_services": pack([_write_service(service) for service in distribution.access_service]),
        "applicable_legislation": list(distribution.applicable_legislation),
        "temporal_resolution": distribution.temporal_resolution,
        "spatial_resolution_in_meters": distribution.spatial_resolution_in_meters,
    }


def write_package_licence(distributions: Sequence[Distribution]) -> Json:
    """CKAN's single licence, said only when every distribution has the same one."""
    licences = [distribution.license for distribution in distributions]
    first = licences[0] if licences else None
    if first is None or any(licence != first for licence in licences):
        return {}
    term = LICENCES.by_iri(first.iri or "")
    address = first.iri if first.iri and "://" in first.iri else None
    title = first.name.get("it") or next(iter(first.name.values()), "")
    return {"license_id": term.code if term else first.iri, "license_title": title, "license_url": address}


def _write_licence(licence: LicenseDocument | None) -> Json:
    if licence is None:
        return {}
    term = LICENCES.by_iri(licence.iri or "")
    title = licence.name[""] if set(licence.name) == {""} else dict(licence.name)
    return {"license": licence.iri, "license_type": term.agid_iri if term else None, "license_title": title}


def _write_service(service: DataService) -> Json:
    return drop_empty(
        {
            "uri": service.iri,
            **write_text("title", service.title),
            **write_text("description", service.description),
            "endpoint_url": list(service.endpoint_url),
            "endpoint_description": list(service.endpoint_description),
            "serves_dataset": list(service.serves_dataset),
            "license": service.license.iri if service.license else None,
            "access_rights": service.access_rights,
            "availability": service.availability,
            "hvd_category": list(service.hvd_category),
            "applicable_legislation": list(service.applicable_legislation),
            "documentation": list(service.page),
            **dict(read_extras(service.extra)),
        }
    )


def _resource_id(distribution: Distribution, otherwise: str) -> str:
    iri = distribution.iri or ""
    try:
        return str(UUID(iri.rsplit("/", 1)[-1]))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, iri or otherwise))
