"""Distributions: addresses that work, the real format, the licence, an address that never changes."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from opentusk.kit.harmonise.concepts import (
    harmonise_hvd,
    harmonise_iris,
    harmonise_languages,
    harmonise_value,
    resolve,
)
from opentusk.kit.harmonise.coverage import harmonise_date
from opentusk.kit.harmonise.defaults import Defaults
from opentusk.kit.harmonise.licences import harmonise_licence
from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.harmonise.texts import harmonise_text
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Checksum, DataService, Distribution
from opentusk.kit.values import repair_iri, repair_url, slugify
from opentusk.kit.vocabularies import (
    ACCESS_RIGHTS,
    AVAILABILITIES,
    DISTRIBUTION_STATUSES,
    FILE_TYPES,
    MEDIA_TYPES,
    FileType,
)

IANA = "https://www.iana.org/assignments/media-types/"
_ZIPPED = re.compile(r"\.([A-Za-z0-9]{2,8})\.(zip|gz|7z)$", re.IGNORECASE)
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,8})$")
_PACKED = {"ZIP": f"{IANA}application/zip", "GZIP": f"{IANA}application/gzip"}
_HEXADECIMAL = re.compile(r"([0-9a-f]{2})+")


def harmonise_distributions(
    parts: tuple[Distribution, ...], identifier: str, defaults: Defaults, notes: Notes, iris: Iris
) -> tuple[Distribution, ...]:
    """The distributions of a dataset. One without address or format is left out when others remain."""
    taken: set[str] = set()
    found = []
    for number, part in enumerate(parts, start=1):
        with notes.inside(f"distribution {number}"):
            found.append(_distribution(part, identifier, defaults, notes, iris, taken))
    complete = [part for part in found if part.access_url and part.format]
    if not complete or len(complete) == len(found):
        return tuple(found)
    for number, part in enumerate(found, start=1):
        if part not in complete:
            code = "repair.distribution_without_format" if part.access_url else "repair.distribution_without_address"
            shown = part.access_url or next(iter(part.title.values()), None)
            notes.note(code, f"distribution {number}", shown, None, Severity.MAJOR)
    return tuple(complete)


def _distribution(
    part: Distribution, identifier: str, defaults: Defaults, notes: Notes, iris: Iris, taken: set[str]
) -> Distribution:
    downloads = tuple(
        dict.fromkeys(filter(None, (notes.mend(url, repair_url, "dcat:downloadURL") for url in part.download_url)))
    )
    access = notes.mend(part.access_url, repair_url, "dcat:accessURL") or ""
    if not access and downloads:
        access = downloads[0]
        notes.note("repair.access_from_download", "dcat:accessURL", part.access_url or None, access)
    file_type, compress = _format(part, access, downloads, notes)
    media = _media_type(part, file_type, notes)
    return replace(
        part,
        iri=_own_iri(part, identifier, access, iris, taken),
        title=harmonise_text(part.title, notes, "dct:title"),
        description=harmonise_text(part.description, notes, "dct:description"),
        access_url=access,
        download_url=downloads,
        format=file_type.iri if file_type else None,
        media_type=media,
        compress_format=compress or _media_iri(part.compress_format),
        package_format=_media_iri(part.package_format),
        license=harmonise_licence(part.license, defaults.license, notes),
        rights=_rights(part.rights, notes),
        issued=harmonise_date(part.issued, notes, "dct:issued"),
        modified=harmonise_date(part.modified, notes, "dct:modified"),
        checksum=_checksum(part.checksum, notes),
        status=harmonise_value(DISTRIBUTION_STATUSES, part.status, notes, "adms:status"),
        availability=harmonise_value(AVAILABILITIES, part.availability, notes, "dcatap:availability"),
        language=harmonise_languages(part.language, notes),
        page=_urls(part.page, notes, "foaf:page"),
        access_service=tuple(harmonise_service(service, notes, iris) for service in part.access_service),
        applicable_legislation=harmonise_iris(part.applicable_legislation, notes, "dcatap:applicableLegislation"),
    )


def harmonise_service(service: DataService, notes: Notes, iris: Iris) -> DataService:
    """A data service: texts, addresses, licence and categories."""
    title = harmonise_text(service.title, notes, "dct:title")
    own = repair_iri(service.iri or "").value
    name = slugify(next(iter(title.values()), "")) or "api"
    return replace(
        service,
        iri=own or iris.service(f"{name}-{str(uuid5(NAMESPACE_URL, ' '.join(service.endpoint_url)))[:8]}"),
        title=title,
        description=harmonise_text(service.description, notes, "dct:description"),
        endpoint_url=_urls(service.endpoint_url, notes, "dcat:endpointURL"),
        endpoint_description=_urls(service.endpoint_description, notes, "dcat:endpointDescription"),
        serves_dataset=harmonise_iris(service.serves_dataset, notes, "dcat:servesDataset"),
        license=harmonise_licence(service.license, None, notes),
        access_rights=harmonise_value(ACCESS_RIGHTS, service.access_rights, notes, "dct:accessRights"),
        availability=harmonise_value(AVAILABILITIES, service.availability, notes, "dcatap:availability"),
        applicable_legislation=harmonise_iris(service.applicable_legislation, notes, "dcatap:applicableLegislation"),
        hvd_category=harmonise_hvd(service.hvd_category, notes),
        page=_urls(service.page, notes, "foaf:page"),
    )


def _format(
    part: Distribution, access: str, downloads: tuple[str, ...], notes: Notes
) -> tuple[FileType | None, str | None]:
    """The file type and, for a file packed alone, what it is packed with: `trees.csv.zip` is CSV."""
    where = "dct:format"
    names = [unquote(urlsplit(url).path) for url in (*downloads, access)] + list(part.title.values())
    known = resolve(FILE_TYPES, part.format) if part.format else None
    if known and known.code in _PACKED and not part.compress_format:
        inner = _inner(names)
        if inner:
            notes.note("repair.inner_format", where, part.format, inner.iri)
            return inner, _PACKED[known.code]
    if known is None:
        known = _from_media_type(part.media_type) or _from_names(names[: len(downloads) + 1])
        if known:
            notes.note("repair.format_from_file", where, part.format, known.iri)
        elif part.format:
            notes.note("repair.value_unknown", where, part.format, None, Severity.MAJOR)
    elif known.iri != part.format:
        notes.note("repair.value_recognised", where, part.format, known.iri)
    return known, None


def _inner(names: Iterable[str]) -> FileType | None:
    for name in names:
        if match := _ZIPPED.search(name):
            found = FILE_TYPES.find(match[1])
            if found and found.code not in _PACKED:
                return found
    return None


def _from_names(names: Iterable[str]) -> FileType | None:
    for name in names:
        if (match := _ENDING.search(name)) and (found := FILE_TYPES.find(match[1])):
            return found
    return None


def _from_media_type(media_type: str | None) -> FileType | None:
    name = (media_type or "").partition("media-types/")[2] or media_type or ""
    return FILE_TYPES.find(name.partition(";")[0].strip()) if name else None


def _media_type(part: Distribution, file_type: FileType | None, notes: Notes) -> str | None:
    """The IANA address: the source's where it is one, else that of the format."""
    given = _media_iri(part.media_type)
    if given:
        if given != part.media_type:
            notes.note("repair.value_recognised", "dcat:mediaType", part.media_type, given, Severity.INFO)
        return given
    after = IANA + file_type.media_type if file_type and file_type.media_type else None
    if after or part.media_type:
        severity = Severity.MINOR if part.media_type else Severity.INFO
        notes.note("repair.media_type_from_format", "dcat:mediaType", part.media_type, after, severity)
    return after


def _media_iri(raw: str | None) -> str | None:
    term = MEDIA_TYPES.find(raw.partition(";")[0]) if raw else None
    return IANA + term.code if term else None


def _own_iri(part: Distribution, identifier: str, access: str, iris: Iris, taken: set[str]) -> str:
    """The source's address when it is one and is this file's alone; else one made from identifier and address."""
    given = repair_iri(part.iri or "").value if (part.iri or "").startswith(("http://", "https://")) else None
    iri = given if given and given not in taken else None
    seed = f"{identifier} {part.iri or ''} {access} {len(taken) if given else ''}"
    iri = iri or iris.distribution(str(uuid5(NAMESPACE_URL, seed)))
    while iri in taken:
        seed += "'"
        iri = iris.distribution(str(uuid5(NAMESPACE_URL, seed)))
    taken.add(iri)
    return iri


def _rights(raw: str | None, notes: Notes) -> str | None:
    """An access right, or the address of a statement of one's own; a text is no rights statement."""
    if not raw:
        return None
    term = resolve(ACCESS_RIGHTS, raw)
    iri = term.iri if term else (repair_iri(raw).value if "://" in raw else None)
    if iri != raw:
        code = "repair.value_recognised" if iri else "repair.value_unknown"
        notes.note(code, "dct:rights", raw, iri)
    return iri


def _checksum(checksum: Checksum | None, notes: Notes) -> Checksum | None:
    if checksum is None:
        return None
    value = checksum.value.strip().lower()
    algorithm = repair_iri(checksum.algorithm).value
    if algorithm is None or not _HEXADECIMAL.fullmatch(value):
        notes.note("repair.checksum_unusable", "spdx:checksum", checksum.value, None)
        return None
    if (algorithm, value) != (checksum.algorithm, checksum.value):
        notes.note("repair.value_recognised", "spdx:checksum", checksum.value, value, Severity.INFO)
    return Checksum(algorithm=algorithm, value=value)


def _urls(urls: tuple[str, ...], notes: Notes, where: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (notes.mend(url, repair_url, where) for url in urls))))
