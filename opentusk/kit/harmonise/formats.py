"""The format of a file: what is inside it, what it is packed in, and what HTTP calls it."""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from opentusk.kit.harmonise.controlled import mend_term, resolve
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.problems import Severity
from opentusk.kit.records import Distribution
from opentusk.kit.vocabularies import FILE_TYPES, MEDIA_TYPES, FileType

_ENDINGS = re.compile(r"\.([A-Za-z0-9]{2,8})(?:\.(zip|gz|bz2|7z))?$", re.IGNORECASE)
# How a single packed file is called: DCAT keeps it apart from the format of what is inside.
_PACKINGS = {
    "ZIP": "https://www.iana.org/assignments/media-types/application/zip",
    "GZIP": "https://www.iana.org/assignments/media-types/application/gzip",
    "7Z": "https://www.iana.org/assignments/media-types/application/x-7z-compressed",
    "BZIP2": "https://www.iana.org/assignments/media-types/application/x-bzip2",
}


def mend_format(distribution: Distribution, log: RepairLog) -> Distribution:
    """The distribution with its four format fields harmonised.

    `dct:format` of an archive named `trees.csv.zip` is CSV (DCAT-AP_IT: for a zip the inner format). Where no format
    is given, the ending of the file's name is one. The media type follows from the format.
    """
    given = distribution.format
    format_iri = _mend_type(distribution, log)
    packing = mend_term(MEDIA_TYPES, distribution.compress_format, log, "dcat:compressFormat")
    package = mend_term(MEDIA_TYPES, _media_iri(distribution.package_format), log, "dcat:packageFormat")
    file_type = FILE_TYPES.by_iri(format_iri or "")
    inner = _inner(distribution) if file_type and file_type.code in _PACKINGS else None
    if file_type and inner:
        log.changed("repair.inner_format", "dct:format", before=given or "", after=inner.iri, archive=file_type.code)
        packing = packing or _PACKINGS[file_type.code]
        file_type, format_iri = inner, inner.iri
    media_type = _mend_media_type(distribution.media_type, file_type, log, is_unpacked=inner is not None)
    return replace(
        distribution, format=format_iri, media_type=media_type, compress_format=packing, package_format=package
    )


def _mend_type(distribution: Distribution, log: RepairLog) -> str | None:
    """The file type from the format, else from the media type, else from the ending of the file's name."""
    given = distribution.format
    if given and FILE_TYPES.by_iri(given):
        return given
    if given and resolve(FILE_TYPES, given):
        return mend_term(FILE_TYPES, given, log, "dct:format")
    other = resolve(FILE_TYPES, distribution.media_type) if distribution.media_type else None
    other = other or _type_of_ending(distribution)
    if other is None:
        return mend_term(FILE_TYPES, given, log, "dct:format")
    log.changed("repair.format_deduced", "dct:format", before=given or "", after=other)
    return other


def _type_of_ending(distribution: Distribution) -> str | None:
    for name in _file_names(distribution):
        found = _ENDINGS.search(name)
        term = FILE_TYPES.find(found[2] or found[1]) if found else None
        if term:
            return term.iri
    return None


def _inner(distribution: Distribution) -> FileType | None:
    """What an archive is said to contain by its name: `trees.csv.zip`; None when the name does not say."""
    names = [*_file_names(distribution), *distribution.title.values()]
    endings = (_ENDINGS.search(name.strip()) for name in names)
    types = (FILE_TYPES.find(found[1]) for found in endings if found and found[2])
    return next((term for term in types if term and term.code not in _PACKINGS), None)


def _file_names(distribution: Distribution) -> list[str]:
    addresses = (*distribution.download_url, distribution.access_url)
    return [unquote(urlsplit(address).path).rpartition("/")[2] for address in addresses if _is_parsable(address)]


def _is_parsable(address: str) -> bool:
    return bool(address) and "[" not in address


def _media_iri(text: str | None) -> str | None:
    """The media type of a package format, which is also found as a file type (`…/file-type/TAR`)."""
    file_type = FILE_TYPES.by_iri(text) if text else None
    return _media_type_of(file_type) or text if file_type else text


def _media_type_of(file_type: FileType | None) -> str | None:
    term = MEDIA_TYPES.by_code(file_type.media_type) if file_type and file_type.media_type else None
    return term.iri if term else None


def _mend_media_type(given: str | None, file_type: FileType | None, log: RepairLog, *, is_unpacked: bool) -> str | None:
    """The IANA address: the one given, else that of the format. Of a packed file it is that of the file inside."""
    where = "dcat:mediaType"
    implied = _media_type_of(file_type)
    found = resolve(MEDIA_TYPES, given) if given else None
    if given and found and not (is_unpacked and found in _PACKINGS.values()):
        return mend_term(MEDIA_TYPES, given, log, where)
    if implied is None:
        return mend_term(MEDIA_TYPES, given, log, where)
    if implied != given:
        log.changed("repair.media_type", where, before=given or "", after=implied, severity=Severity.INFO)
    return implied
