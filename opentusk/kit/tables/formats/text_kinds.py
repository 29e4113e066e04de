"""The kinds of text files: markup by its root, JSON by its first members, RDF by its directives, tables by shape."""

import codecs
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator

from opentusk.kit.tables.formats.kinds import Kind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_XML_PROLOGUE = re.compile(r"\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\])*>)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"\s*<([\w.-]+:)?([\w.-]+)(\s[^>]*|/)?>", re.DOTALL)
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|meta|title|div|table)\b", re.I | re.S
)
_ROOTS = {
    "html": Kind.HTML,
    "kml": Kind.KML,
    "svg": Kind.SVG,
    "rss": Kind.RSS,
    "feed": Kind.ATOM,
    "schema": Kind.XSD,
}
_GEO_TYPES = re.compile(
    r'"type"\s*:\s*"(FeatureCollection|Feature|Point|LineString|Polygon|MultiPoint|MultiLineString|MultiPolygon'
    r'|GeometryCollection)"'
)
_GEO_FIRST = re.compile(r'\{\s*"type"\s*:\s*"(Feature|Geom|Multi|Point|Line|Pol)')
_FEATURES = re.compile(r'"features"\s*:\s*\[\s*\{')
_LINKED = re.compile(r'^\s*[\[{]\s*(\{\s*)?"@(context|graph|id|type)"\s*:')
_DIRECTIVE = re.compile(r"^\s*(@prefix\s+[\w.-]*:\s*<|@base\s+<|prefix\s+[\w.-]*:\s*<|base\s+<)", re.I | re.M)
_STATEMENT = re.compile(r"^(<[^<>\s]+>|_:\w+)\s+<[^<>\s]+>\s+(<[^<>\s]+>|_:\w+|\".*\"\S*)(\s+<[^<>\s]+>)?\s*\.\s*$")
_SEPARATORS = (";", ",", "\t", "|")


def text_kind(head: bytes, ending: str, *, is_whole: bool) -> Kind | None:
    """The kind of a text that begins with `head`; None when it is no text. `ending` breaks ties."""
    text = _decode(head)
    if text is None:
        return None
    for find in (_rtf_or_calendar, _markup_kind, _json_kind, _rdf_kind):
        kind = find(text)
        if kind:
            return kind
    return _table_kind(text, ending, is_whole=is_whole)


def decoded_head(head: bytes) -> str:
    """The head as text, whatever it is written in: enough to look at its shape, not for reading it."""
    return _decode(head) or ""


def _decode(head: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "ignore")
    if b"\0" in head:
        return _decode_utf16(head)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    return text if len(_CONTROLS.findall(text)) * 200 <= len(text) else None


def _decode_utf16(head: bytes) -> str | None:
    """UTF-16 without its mark: in a text of ours every other byte is nearly always zero."""
    pairs = max(1, len(head) // 2)
    for encoding, zeros in (("utf-16-le", head[1::2].count(0)), ("utf-16-be", head[::2].count(0))):
        if zeros * 10 > pairs * 8:
            text = head.decode(encoding, "ignore")
            return text if not _CONTROLS.search(text) else None
    # A stray NUL byte does not make a text binary; many do.
    return head.decode("latin-1") if head.count(0) * 1_000 < len(head) else None


def _rtf_or_calendar(text: str) -> Kind | None:
    return Kind.ICS if text.lstrip().upper().startswith("BEGIN:VCALENDAR") else None


def _markup_kind(text: str) -> Kind | None:
    if not text.lstrip().startswith("<"):
        return None
    if _HTML.match(text):
        return Kind.HTML
    at = 0
    while found := _XML_PROLOGUE.match(text, at):
        at = found.end()
    root = _ROOT.match(text, at)
    if not root:
        return Kind.XML if at else None
    return _root_kind(root[2], root[3] or "")


def _root_kind(name: str, attributes: str) -> Kind | None:
    if name == "RDF" and "22-rdf-syntax-ns" in attributes:
        return Kind.RDF_XML
    if name in ("FeatureCollection", "Collection") and "opengis.net" in attributes:
        return Kind.GML
    if re.match(r"^https?$", name):
        return None  # an N-Triples file begins with <http://…>
    return _ROOTS.get(name.lower(), Kind.XML)


def _json_kind(text: str) -> Kind | None:
    start = text.lstrip("\ufeff \t\r\n")
    if not re.match(r'\{\s*["}]|\[\s*([\[{"\]\-\d]|true|false|null|$)', start):
        return None
    lines = [line for line in start.splitlines() if line.strip()]
    if len(lines) > 1 and _is_json(lines[0]) and lines[1].lstrip()[:1] in ("{", "["):
        return Kind.JSONL
    if _LINKED.match(start):
        return Kind.JSON_LD
    return Kind.GEOJSON if _is_geojson(start) else Kind.JSON


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_geojson(text: str) -> bool:
    """A collection says its type first, or holds features; a table with a GeoJSON cell does neither at its top."""
    if not text.startswith("{"):
        return False
    features = _FEATURES.search(text)
    before = text[: features.start()] if features else text[:2_000]
    found = _GEO_TYPES.search(before)
    if features:
        return bool(found) or bool(_GEO_TYPES.search(text, features.end(), features.end() + 500))
    return (bool(found) and '"geometry"' in text) or bool(_GEO_FIRST.match(text))


def _rdf_kind(text: str) -> Kind | None:
    if _DIRECTIVE.search(text[:4_000]):
        return Kind.TURTLE
    lines = [line for line in text.splitlines()[:20] if line.strip() and not line.startswith("#")]
    found = [_STATEMENT.match(line) for line in lines[: max(1, len(lines) - 1)]]
    if not found or not all(found):
        return None
    return Kind.N_QUADS if all(statement and statement[3] for statement in found) else Kind.N_TRIPLES


def _table_kind(text: str, ending: str, *, is_whole: bool) -> Kind:
    """A table has the same number of separators in most of its lines. A text of one column is one only by its name."""
    if ending == "md":
        return Kind.TEXT
    lines = text.splitlines()
    lines = [line for line in (lines if is_whole else lines[:-1]) if line.strip()]
    separator, share = max(((mark, _agreement(lines, mark)) for mark in _SEPARATORS), key=lambda found: found[1])
    if share >= 0.6 or (share >= 0.3 and ending in ("csv", "tsv", "tab")):
        return Kind.TSV if separator == "\t" else Kind.CSV
    if ending in ("csv", "tsv", "tab"):
        return Kind.TSV if ending != "csv" else Kind.CSV
    return Kind.TEXT


def _agreement(lines: list[str], separator: str) -> float:
    """Which share of the rows has the commonest number of fields, 0 when that is one."""
    widths = Counter(_widths(lines, separator))
    if not widths or sum(widths.values()) < 2:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / sum(widths.values()) if width > 1 else 0.0


def _widths(lines: list[str], separator: str) -> Iterator[int]:
    try:
        for row in csv.reader(lines, delimiter=separator):
            yield len(row)
    except csv.Error:
        return
