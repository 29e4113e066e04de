"""The format of a file: what is inside it, what it is packed in, and what HTTP calls it."""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from opentusk.kit.harmonise.controlled import mend_term, resolve
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.problems import Severity
from opentusk.kit.records import Distribution
from opentusk.kit.vocabularies import FILE_TYPES, MEDIA_TYPES, FileType

_FORMAT = "dct:format"
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
    packing = mend_term(MEDIA_TYPES, distribution.compress_format, log, "dcat:compressFormat")
    file_type = _type_of(distribution)
    inner = _inner(distribution) if file_type and file_type.code in _PACKINGS else None
    if file_type and inner:
        packing = packing or _PACKINGS[file_type.code]
        before = distribution.format or ""
        log.changed("repair.inner_format", _FORMAT, before=before, after=inner.iri, archive=file_type.code)
    format_iri = inner.iri if inner else _mend_type(distribution, file_type, log)
    return replace(
        distribution,
        format=format_iri,
        media_type=_mend_media_type(distribution.media_type, inner or file_type, log, is_unpacked=inner is not None),
        compress_format=packing,
        package_format=_mend_package(distribution.package_format, log),
    )


def _type_of(distribution: Distribution) -> FileType | None:
    """The file type by the format, else by the media type, else by the ending of the file's name."""
    for text in (distribution.format, distribution.media_type):
        found = FILE_TYPES.by_iri(resolve(FILE_TYPES, text) or "") if text else None
        if found:
            return found
    return _type_of_ending(distribution)


def _mend_type(distribution: Distribution, file_type: FileType | None, log: RepairLog) -> str | None:
    """The format as given if it says something, else the one that was deduced."""
    given = distribution.format
    if file_type is None or (given and resolve(FILE_TYPES, given)):
        return mend_term(FILE_TYPES, given, log, _FORMAT)
    log.changed("repair.format_deduced", _FORMAT, before=given or "", after=file_type.iri)
    return file_type.iri


def _mend_package(given: str | None, log: RepairLog) -> str | None:
    """What several files are bundled in; ckanext-dcat gives it as a file type (`…/file-type/TAR`), which stays."""
    return given if given and FILE_TYPES.by_iri(given) else mend_term(MEDIA_TYPES, given, log, "dcat:packageFormat")


def _type_of_ending(distribution: Distribution) -> FileType | None:
    for name in _file_names(distribution):
        found = _ENDINGS.search(name)
        term = FILE_TYPES.find(found[2] or found[1]) if found else None
        if term:
            return term
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
