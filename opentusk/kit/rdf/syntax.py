"""Bytes to graph and back, in the four syntaxes of catalogues; what a server calls them is not believed."""

import re

from pyoxigraph import BlankNode, Literal, NamedNode, parse

from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.rdf.contexts import inline_contexts
from opentusk.kit.rdf.documents import serialise
from opentusk.kit.rdf.graph import Graph
from opentusk.kit.rdf.guard import decode_document, plain_xml
from opentusk.kit.rdf.namespaces import TYPE, mend_term
from opentusk.kit.rdf.relative import private_base
from opentusk.kit.rdf.syntaxes import Syntax

# Possessive, so that a page of a million comments is not tried in a million ways.
_XML_PROLOGUE = re.compile(
    r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+|<!DOCTYPE\s++(?P<doctype>[\w:.-]++)[^\[>]*+(?:\[.*?\]\s*+)?>\s*+)*+"
    r"<(?P<root>[A-Za-z_][\w.-]*+(?::[A-Za-z_][\w.-]*+)?)(?=[\s/>])",
    re.DOTALL,
)
_JSON_START = re.compile(r"""\s*(?:\{\s*["}]|\[\s*(?:[\[{"]|\]\s*\Z))""")
_PROLOGUE_LENGTH = 65_536


def sniff_syntax(content: bytes) -> Syntax:
    """The syntax the content really is in; Turtle covers N-Triples, which is a part of it.

    Raises Unreadable for an empty document and for a web page, which many servers send with status 200.
    """
    return _sniff(decode_document(content)[0])


def _sniff(text: str) -> Syntax:
    start = text[:_PROLOGUE_LENGTH]
    if _JSON_START.match(start):
        return Syntax.JSON_LD
    prologue = _XML_PROLOGUE.match(start)
    if prologue is None:
        return Syntax.TURTLE
    if "html" in (prologue["root"].lower(), (prologue["doctype"] or "").lower()):
        raise Unreadable("reading.html_page")
    return Syntax.RDF_XML


def parse_document(content: bytes, *, base: str, media_type: str | None = None) -> Graph:
    """The graph of a document found at `base`, with its misspelt terms mended and its repairs as problems.

    Relative IRIs stay recognisable (`rdf.relative`). Nothing is fetched. Raises Unreadable when there is no graph.
    """
    text, is_guessed = decode_document(content)
    syntax = _sniff(text)
    graph = _Parsing(private_base(base)).run(_parser_input(text, syntax), syntax)
    notes = []
    if is_guessed:
        notes.append(Problem(code="reading.not_utf8", severity=Severity.MINOR))
    if media_type and not _is_called(media_type, syntax):
        values = {"media_type": media_type, "expected": syntax.media_type}
        notes.append(Problem(code="reading.wrong_media_type", severity=Severity.INFO, values=values))
    graph.problems = (*notes, *graph.problems)
    return graph


def _parser_input(text: str, syntax: Syntax) -> bytes:
    if syntax is Syntax.RDF_XML:
        return plain_xml(text)
    if syntax is Syntax.JSON_LD:
        return inline_contexts(text)
    return text.encode("utf-8", errors="replace")


def _is_called(media_type: str, syntax: Syntax) -> bool:
    name = media_type.partition(";")[0].strip().lower()
    return name in syntax.media_types or (syntax is Syntax.TURTLE and name in Syntax.N_TRIPLES.media_types)


class _Parsing:
    """One document on its way to a graph: mends property and class names as they pass, and notes each once."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._mended: dict[NamedNode, NamedNode] = {}
        self._repairs: dict[str, Problem] = {}

    def run(self, content: bytes, syntax: Syntax) -> Graph:
        graph = Graph()
        try:
            for quad in parse(content, syntax.rdf_format, base_iri=self._base, lenient=True, rename_blank_nodes=True):
                subject, predicate, value = quad.subject, self._mend(quad.predicate), quad.object
                if predicate == TYPE and isinstance(value, NamedNode):
                    value = self._mend(value)
                if isinstance(subject, NamedNode | BlankNode) and isinstance(value, NamedNode | BlankNode | Literal):
                    graph.add(subject, predicate, value)
        except (SyntaxError, ValueError, MemoryError) as fault:  # MemoryError: one token of 16 MB
            raise Unreadable("reading.syntax", str(fault)) from fault
        graph.problems = tuple(self._repairs.values())
        return graph

    def _mend(self, term: NamedNode) -> NamedNode:
        mended = self._mended.get(term)
        if mended is None:
            mended = self._mended[term] = self._mend_new(term)
        return mended

    def _mend_new(self, term: NamedNode) -> NamedNode:
        before, after = term.value, mend_term(term.value)
        if after == before:
            return term
        self._repairs[before] = Problem(code="reading.term_mended", severity=Severity.MINOR, before=before, after=after)
        return NamedNode(after)


__all__ = ["Syntax", "parse_document", "serialise", "sniff_syntax"]
