"""Makes the bytes of a source safe and plain before the RDF parser sees them.

The parser (oxrdfxml 0.5) expands nested entities and takes quadratic time over deeply nested elements and over many
attributes: a page of 5 MB can hold a worker for minutes. All of it is refused here, before it costs anything.
"""

import codecs
import re
from xml.parsers import expat

from opentusk.kit.errors import Unreadable

LARGEST_DOCUMENT = 64 * 1024 * 1024
DEEPEST_NESTING = 200
_MOST_ATTRIBUTES = 500
_LONGEST_ENTITY = 2_000
_MOST_ENTITIES = 300
_LARGEST_EXPANSION = 1_000_000

_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODING_ATTRIBUTE = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")


def decode_document(content: bytes) -> tuple[str, bool]:
    """The text of a document without its BOM, and whether its bytes had to be read as Windows-1252.

    Raises Unreadable when it is empty or larger than any feed should be.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise Unreadable("reading.too_large", f"{len(content)} byte")
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Unreadable("reading.empty")
    text, is_guessed = _decode(content)
    return text.removeprefix("\ufeff"), is_guessed


def _decode(content: bytes) -> tuple[str, bool]:
    try:
        return content.decode(_encoding(content)), False
    except (UnicodeDecodeError, LookupError):
        # A page that says UTF-8 and is not was saved by a Windows program: its text is otherwise sound.
        return content.decode("windows-1252", errors="replace"), True


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED_ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
    return declared.group(1).decode() if declared else "utf-8"


def plain_xml(text: str) -> bytes:
    """The XML document in UTF-8, declared as such. Raises Unreadable for ill-formed and for hostile ones."""
    if text.lstrip().startswith("<?xml"):
        text = _ENCODING_ATTRIBUTE.sub(r"\1", text.lstrip(), count=1)
    content = text.encode("utf-8", errors="replace")
    _refuse_hostile_xml(content)
    return content


def _refuse_hostile_xml(content: bytes) -> None:
    reader = expat.ParserCreate("utf-8")
    depth = 0

    def enter(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_NESTING or len(attributes) > _MOST_ATTRIBUTES:
            raise Unreadable("reading.too_deep", f"riga {reader.CurrentLineNumber}")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    reader.StartElementHandler = enter
    reader.EndElementHandler = leave
    reader.EntityDeclHandler = _EntityLimits(content).declare
    try:
        reader.Parse(content, True)
    except expat.ExpatError as fault:
        raise Unreadable("reading.syntax", str(fault)) from fault


class _EntityLimits:
    """Allows the short internal entities that ontology editors write for namespaces, and nothing cleverer."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._declared = 0
        self._expanded = 0

    def declare(
        self,
        name: str,
        _is_parameter: bool,
        value: str | None,
        _base: str | None,
        system_id: str | None,
        _public_id: str | None,
        _notation: str | None,
    ) -> None:
        """Called at each declaration. Raises Unreadable for what could read files or grow without end."""
        if value is None or system_id is not None:
            raise Unreadable("reading.hostile_xml", f"&{name};")
        self._declared += 1
        self._expanded += len(value) * self._content.count(b"&%s;" % name.encode())
        if (
            len(value) > _LONGEST_ENTITY
            or self._declared > _MOST_ENTITIES
            or self._expanded > max(_LARGEST_EXPANSION, 2 * len(self._content))
            or _OTHER_ENTITY.search(value)
        ):
            raise Unreadable("reading.hostile_xml", f"&{name};")
