"""Writes documents as a frame around blocks, one block per run of nodes, so that pages are joined from stored texts.

Every document of a syntax has the same frame: the prefixes are fixed, and a block means the same in any of them.
"""

import json
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple, serialize

from opentusk.kit.rdf.graph import Graph, Subject, Term
from opentusk.kit.rdf.namespaces import PREFIXES, TYPE, XSD, short_iri
from opentusk.kit.rdf.syntaxes import Syntax

_XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS = "".join(f' xmlns:{name}="{base}"' for name, base in PREFIXES.items())
_XML_NAMESPACES = "".join(f' xmlns:{name}="{base}"' for name, base in PREFIXES.items())
_STRING = XSD("string")


def serialise(triples: Iterable[Triple], syntax: Syntax) -> bytes:
    """A whole document of these triples, which must be those of `rdf.write`: what is illegal is refused there."""
    return join_blocks([write_block(Graph(triples).triples(), syntax)], syntax)


def write_block(triples: Iterable[Triple], syntax: Syntax) -> str:
    """The text of these triples without a frame. Those of one subject must stand together."""
    if syntax is Syntax.JSON_LD:
        return _json_block(triples)
    text = serialize(triples, format=syntax.rdf_format, prefixes=PREFIXES)
    assert text is not None
    block = text.decode()
    if syntax is Syntax.TURTLE:
        return block.split("\n", len(PREFIXES))[-1] if block else ""
    if syntax is Syntax.RDF_XML:
        # The writer leaves carriage returns bare, and XML readers turn those into line feeds.
        inner = block[block.index(">\n", len(_XML_DECLARATION)) + 2 : -len("</rdf:RDF>")]
        return inner.replace("\r", "&#13;")
    return block


def join_blocks(blocks: Iterable[str], syntax: Syntax) -> bytes:
    """A whole document of blocks of that syntax; empty ones are left out."""
    head, separator, foot = _FRAMES[syntax]
    return (head + separator.join(block for block in blocks if block) + foot).encode()


def _json_block(triples: Iterable[Triple]) -> str:
    """Node objects separated by commas. Terms are shortened with the prefixes, so a page is half as long."""
    graph = Graph(triples)
    nodes = (_json_node(graph, subject) for subject in graph.subjects())
    return ",\n".join(json.dumps(node, ensure_ascii=False, separators=(",", ":")) for node in nodes)


def _json_node(graph: Graph, subject: Subject) -> dict[str, object]:
    node: dict[str, object] = {"@id": _json_id(subject)}
    for predicate, values in graph.statements(subject).items():
        if predicate == TYPE:
            node["@type"] = [short_iri(value.value) for value in values if isinstance(value, NamedNode)]
        else:
            written = [_json_value(value) for value in values]
            node[short_iri(predicate.value)] = written[0] if len(written) == 1 else written
    return node


def _json_value(value: Term) -> object:
    if not isinstance(value, Literal):
        return {"@id": _json_id(value)}
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype == _STRING:
        return {"@value": value.value}
    return {"@type": short_iri(value.datatype.value), "@value": value.value}


def _json_id(node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


_FRAMES: dict[Syntax, tuple[str, str, str]] = {
    Syntax.TURTLE: ("".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items()), "", ""),
    Syntax.RDF_XML: (
        f"{_XML_DECLARATION}<rdf:RDF{_XML_NAMESPACES}>\n",
        "",
        "</rdf:RDF>\n",
    ),
    Syntax.JSON_LD: ('{"@context":' + json.dumps(PREFIXES) + ',"@graph":[\n', ",\n", "\n]}\n"),
    Syntax.N_TRIPLES: ("", "", ""),
}
