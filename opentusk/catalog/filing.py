"""What a record says of a file that is kept here: address, size, checksum, format and type, by its content."""

from dataclasses import replace

from opentusk.files.addresses import latest_address
from opentusk.files.models import FileVersion
from opentusk.kit import records as kit
from opentusk.kit.tables.formats.kinds import FileKind
from opentusk.kit.tables.formats.sniffing import media_type_inside, media_type_of
from opentusk.kit.vocabularies import FILE_TYPES, MEDIA_TYPES

_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def describe_file(part: kit.Distribution, version: FileVersion) -> kit.Distribution:
    """The distribution with everything that this version of its file proves.

    Of an archive, format and type are those of what it holds, when that is one thing (DCAT-AP_IT), and
    `compress_format` says what it is packed in.
    """
    address, stored = latest_address(version.series), version.stored
    outer = media_type_of(stored.path, name=version.name)
    inner = media_type_inside(stored.path, name=version.name)
    shown = inner or outer
    return replace(
        part,
        access_url=address,
        download_url=(address,),
        byte_size=stored.size,
        checksum=kit.Checksum(algorithm=_SHA256, value=stored.sha256),
        # The European list does not know every kind yet; then what the editor chose stays.
        format=_format_of(shown) or part.format,
        media_type=_media_type_of(shown),
        compress_format=_media_type_of(outer) if inner else None,
        package_format=None,
    )


def _format_of(kind: FileKind) -> str | None:
    term = FILE_TYPES.by_code(kind.code) if kind.code else None
    return term.iri if term else None


def _media_type_of(kind: FileKind) -> str | None:
    term = MEDIA_TYPES.by_code(kind.media_type)
    return term.iri if term else None
