"""What is behind an address: whether people reach it by GET, and what its content is (rules F3 and M15).

Only the beginning of the file is read, when HEAD fails and otherwise once a month.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from opentusk.kit.records import Distribution
from opentusk.kit.tables.formats.kinds import FILE_KINDS
from opentusk.kit.tables.formats.sniffing import HEAD, kind_of_head
from opentusk.kit.vocabularies import FILE_TYPES
from opentusk.outbound.client import Answer
from opentusk.outbound.errors import OutboundFault, Reason
from opentusk.quality.models import UrlCheck

SECONDS = 20.0
_PAUSE = timedelta(days=30)
# A host that does not exist does not exist for GET either.
_HOPELESS = frozenset({Reason.UNKNOWN_HOST.value})
_PACKINGS = frozenset({"ZIP", "GZIP", "BZIP2"})
# Types that the beginning of a file cannot tell apart, or that people rightly take for one another.
_FAMILIES = (
    {"CSV", "TSV", "TXT"},
    {"JSON", "GEOJSON", "JSON_LD"},
    {"XML", "RDF_XML", "KML", "GML", "RSS", "ATOM", "SCHEMA_XML", "GPX"},
    {"RDF_TURTLE", "RDF_N_TRIPLES", "RDF_N_QUADS", "TXT"},
    {"ZIP", "XLSX", "ODS", "DOCX", "ODT", "PPTX", "ODP", "KMZ", "EPUB", "SHP"},
    {"XLS", "DOC", "PPT", "OCTET"},
    {"HTML"},
    {"PDF"},
    {"GPKG"},
    {"JPEG", "PNG", "GIF", "TIFF", "BMP"},
)


def is_worth_a_look(check: UrlCheck, now: datetime) -> bool:
    """Whether to ask for the content too: always where HEAD fails, seldom elsewhere, never what we do not ask."""
    if check.state == UrlCheck.State.FAILING:
        return check.fault not in _HOPELESS
    return check.state == UrlCheck.State.OK and (check.looked_at is None or check.looked_at + _PAUSE < now)


def look(check: UrlCheck, now: datetime, *, fetch: Callable[..., Answer]) -> None:
    """Read the beginning of the content, and put in the row what it is."""
    check.get_status, check.looked_at = 0, now
    try:
        answer = fetch(check.url, seconds=SECONDS, first_bytes=HEAD)
    except OutboundFault:
        return
    check.get_status = answer.status
    if 200 <= answer.status < 300:
        note_headers(check, answer)
        check.found = _type_of(answer, check.url)


def note_headers(check: UrlCheck, answer: Answer) -> None:
    """What the server says of type and length; where it says nothing, what it said before is not true any more."""
    check.media_type = answer.media_type.partition(";")[0].strip().lower()[:200]
    check.byte_size = answer.declared


def is_another_type(part: Distribution, check: UrlCheck) -> bool:
    """Whether the content is clearly something else than the format declared: an HTML page behind a CSV."""
    declared = FILE_TYPES.by_iri(part.format or "")
    if declared is None or not check.found:
        return False
    if check.found in _PACKINGS and (part.compress_format or part.package_format):
        return False
    families = [family for family in _FAMILIES if declared.code in family]
    return bool(families) and not any(check.found in family for family in families)


def _type_of(answer: Answer, url: str) -> str:
    """The code of the European list for what the content is, "" when its beginning does not say."""
    name = PurePosixPath(urlsplit(answer.url or url).path).name
    if answer.content.startswith(b"PK\x03\x04"):
        return "ZIP"
    code = FILE_KINDS[kind_of_head(answer.content, name, is_whole=answer.size < HEAD)].code
    return "" if code == "OCTET" else code
