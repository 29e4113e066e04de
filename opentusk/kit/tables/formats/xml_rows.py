"""XML as a table: the element that repeats is the row, its attributes and the elements inside are the columns.

Entities are never expanded and nothing outside the file is read (defusedxml). The document is read as a stream of
events: no tree of it is ever made.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.expatreader import DefusedExpatParser  # type: ignore[import-untyped]
from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.json_tables import is_large, load_objects
from opentusk.kit.tables.raw import RawTable
from opentusk.kit.tables.shapes import Options, TableSource

_DEEPEST = 100
_MOST_PATHS = 5_000
_PIECE = 1 << 18
_Path = tuple[str, ...]


def list_xml(path: Path, name: str) -> list[TableSource]:
    """An XML file is one table. Raises Unreadable if no element repeats."""
    _row_path(path)
    return [TableSource(key="", label=name, format="xml")]


def load_xml(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """The rows as texts; elements inside elements as `a.b`, those that repeat in a row as a JSON list."""
    rows = enumerate(_rows(path, _row_path(path)), 1)
    return load_objects(connection, rows, source, options, is_large=is_large(path, options))


def _row_path(path: Path) -> _Path:
    """The path of the element that is the row: of those that repeat and hold something the outermost, then commonest.

    A document with a single row has none that repeats: then it is the element that holds the most different ones.
    """
    outline = _Outline()
    for _piece in _fed(path, outline):
        pass
    counts, members = outline.counts, outline.members
    repeated = [one for one, count in counts.items() if count > 1 and len(one) > 1 and members.get(one)]
    if repeated:
        return min(repeated, key=lambda one: (len(one), -counts[one]))
    single = [one for one, inside in members.items() if len(one) > 1 and len(inside) > 1]
    if not single:
        raise Unreadable("table.xml_no_rows", "/".join(next(iter(counts), ())))
    return max(single, key=lambda one: (len(members[one]), -len(one)))


def _rows(path: Path, row_path: _Path) -> Iterator[dict[str, object]]:
    handler = _Rows(row_path)
    for _piece in _fed(path, handler):
        yield from handler.ready
        handler.ready.clear()


def _fed(path: Path, handler: ContentHandler) -> Iterator[None]:
    """Tell the events of a file to `handler`, a piece at a time. Raises Unreadable where it is no XML, or hostile."""
    parser = DefusedExpatParser(namespaceHandling=0, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(handler)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                parser.feed(piece)
                yield
        parser.close()
        yield
    except DefusedXmlException as fault:
        raise Unreadable("table.hostile_xml", type(fault).__name__) from fault
    except (SAXParseException, UnicodeDecodeError, LookupError) as fault:
        raise Unreadable("table.xml_syntax", _words(fault)) from fault


def _words(fault: Exception) -> str:
    if isinstance(fault, SAXParseException):
        return f"{fault.getMessage()}, {fault.getLineNumber()}:{fault.getColumnNumber()}"
    return str(fault)[:200]


def _local(tag: str) -> str:
    """A name without its prefix."""
    return tag.rpartition(":")[2]


class _Outline(ContentHandler):
    """How often each path of elements occurs, and what each holds."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[_Path] = Counter()
        self.members: dict[_Path, set[str]] = {}
        self._path: _Path = ()

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (SAX calls it so)
        """Go into an element."""
        name = _local(name)
        if self._path:
            self.members.setdefault(self._path, set()).add(name)
        self._path = (*self._path, name)
        if len(self._path) > _DEEPEST or len(self.counts) > _MOST_PATHS:
            raise Unreadable("table.xml_no_rows", "/".join(self._path[:4]))
        self.counts[self._path] += 1
        if attributes := _attributes(attrs):
            self.members.setdefault(self._path, set()).update(attributes)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Come out of it."""
        self._path = self._path[:-1]


class _Rows(ContentHandler):
    """Makes a row of each element at the path: texts and attributes by the names that lead to them."""

    def __init__(self, row_path: _Path) -> None:
        super().__init__()
        self.ready: list[dict[str, object]] = []
        self._row_path = list(row_path)
        self._names: list[str] = []
        self._row: dict[str, list[str]] | None = None
        self._texts: list[list[str]] = []  # of the elements that are open inside the row
        self._full: list[bool] = []  # whether they hold elements or attributes

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Go into an element: into a row, or further into one."""
        self._names.append(_local(name))
        if self._row is None:
            if self._names != self._row_path:
                return
            self._row = {}
        elif self._full:
            self._full[-1] = True
        attributes = _attributes(attrs)
        prefix = self._label("")
        for key, value in attributes.items():
            self._row.setdefault(f"{prefix}{key}", []).append(value)
        self._texts.append([])
        self._full.append(bool(attributes))

    def characters(self, content: str) -> None:
        """Text inside the innermost element."""
        if self._texts:
            self._texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Come out of an element: its text is known; out of a row: it is whole."""
        if self._row is not None:
            text, is_full = "".join(self._texts.pop()).strip(), self._full.pop()
            is_row = len(self._names) == len(self._row_path)
            if text or not (is_full or is_row):
                label = self._names[-1] if is_row else self._label("")[:-1]
                self._row.setdefault(label, []).append(text)
            if is_row:
                self.ready.append({key: one[0] if len(one) == 1 else one for key, one in self._row.items()})
                self._row = None
        self._names.pop()

    def _label(self, name: str) -> str:
        return "".join(f"{one}." for one in self._names[len(self._row_path) :]) + name


def _attributes(attrs: AttributesImpl) -> dict[str, str]:
    """The attributes without those that only declare namespaces."""
    return {_local(key): str(value) for key, value in attrs.items() if not key.startswith(("xmlns", "xsi:"))}
