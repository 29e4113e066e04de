"""What may stand in a page. One illegal address or character makes the whole of it unreadable for every harvester."""

import re

from pyoxigraph import Literal, NamedNode

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.namespaces import GSP, PREFIXES, XSD
from opentusk.kit.rdf.relative import is_relative


class Unwritable(Exception):
    """A value that cannot be written so that everybody can read it back; `place` says where (rule M16)."""

    def __init__(self, place: str, value: str) -> None:
        super().__init__(f"{place}: {value!r}")
        self.place = place
        self.value = value

    @property
    def problem(self) -> Problem:
        """The fault as a value, for reports."""
        shown = self.value.encode("utf-8", "backslashreplace").decode()
        return Problem(code="reading.unwritable", severity=Severity.BLOCKS, where=self.place, values={"value": shown})


# XML 1.0 has no way to write these, escaped or not.
# Blanks of other alphabets are legal in an IRI, but not every reader takes them.
_BLANK = re.compile(r"\s")
_ILLEGAL_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A predicate becomes an XML element, whose name is the last part of its IRI.
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
_DATE_TYPES = (
    (re.compile(r"\d{4}\Z"), XSD("gYear")),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z"), XSD("gYearMonth")),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z"), XSD("date")),
    (
        re.compile(
            r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
            r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?\Z"
        ),
        XSD("dateTime"),
    ),
)
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z")
_DURATION = re.compile(r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?(?<!T)\Z")
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2})+\Z")
_GEOJSON = NamedNode("https://www.iana.org/assignments/media-types/application/vnd.geo+json")


def legal_iri(iri: str, place: str) -> NamedNode:
    """The node of an absolute IRI. Raises Unwritable for anything else: a CURIE, an address that was relative."""
    try:
        node = NamedNode(iri)
    except ValueError as illegal:
        raise Unwritable(place, iri) from illegal
    if iri.partition(":")[0] in PREFIXES or is_relative(iri) or _ILLEGAL_TEXT.search(iri) or _BLANK.search(iri):
        raise Unwritable(place, iri)
    return node


def is_legal(iri: str) -> bool:
    """Whether the IRI may be written."""
    try:
        return legal_iri(iri, "").value == iri
    except Unwritable:
        return False


def legal_predicate(iri: str, place: str) -> NamedNode:
    """The node of a property that RDF/XML can name. Raises Unwritable."""
    if not _XML_NAME.search(iri):
        raise Unwritable(place, iri)
    return legal_iri(iri, place)


def legal_text(text: str, place: str, language: str = "") -> Literal:
    """The literal of a text that every syntax can hold. Raises Unwritable."""
    if _ILLEGAL_TEXT.search(text):
        raise Unwritable(place, text)
    try:
        return Literal(text, language=language) if language else Literal(text)
    except ValueError as illegal:
        raise Unwritable(place, f"@{language}") from illegal


def legal_typed(text: str, datatype: NamedNode, place: str) -> Literal:
    """A literal of a type whose form the caller has checked. Raises Unwritable for illegal characters."""
    if _ILLEGAL_TEXT.search(text):
        raise Unwritable(place, text)
    return Literal(text, datatype=datatype)


def date_literal(text: str, place: str) -> Literal:
    """A date, typed by its precision; a text that is no date stays a plain text, for the checks to find."""
    for form, datatype in _DATE_TYPES:
        if form.match(text):
            return Literal(text, datatype=datatype)
    return legal_text(text, place)


def decimal_literal(text: str, place: str) -> Literal:
    """A decimal number; any other text stays plain."""
    return Literal(text, datatype=XSD("decimal")) if _DECIMAL.match(text) else legal_text(text, place)


def duration_literal(text: str, place: str) -> Literal:
    """A duration such as P1D; any other text stays plain."""
    return Literal(text, datatype=XSD("duration")) if _DURATION.match(text) else legal_text(text, place)


def hexadecimal_literal(text: str, place: str) -> Literal:
    """The value of a checksum; any other text stays plain."""
    return Literal(text, datatype=XSD("hexBinary")) if _HEXADECIMAL.match(text) else legal_text(text, place)


def geometry_literal(text: str, place: str) -> Literal:
    """A geometry, typed by its first character: GML, GeoJSON or WKT."""
    datatype = {"<": GSP("gmlLiteral"), "{": _GEOJSON}.get(text.lstrip()[:1], GSP("wktLiteral"))
    return legal_typed(text, datatype, place)
