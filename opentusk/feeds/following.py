"""The changes as linked data that others follow: a DCAT-AP Feed, which is an event stream (LDES) of ActivityStreams.

The address of the stream is an index: it names every page with the moments between which its members fall. A page
holds a hundred members; once it is full it never changes. Each member says what happened to which dataset and when,
and carries what the dataset's document said then, in a graph that is named like the member.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum

from django.conf import settings
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from opentusk.feeds.building import frame_of, unpack
from opentusk.feeds.changes import KEPT_SYNTAXES
from opentusk.feeds.models import Change
from opentusk.kit.rdf.documents import write_block
from opentusk.kit.rdf.namespaces import DCT, RDF, TYPE, XSD, Namespace
from opentusk.kit.rdf.syntaxes import Syntax

AS = Namespace("https://www.w3.org/ns/activitystreams#")
LDES = Namespace("https://w3id.org/ldes#")
TREE = Namespace("https://w3id.org/tree#")
_LINES, _OBJECTS = (KEPT_SYNTAXES.index(syntax) for syntax in (Syntax.N_TRIPLES, Syntax.JSON_LD))


class Form(StrEnum):
    """A syntax that knows named graphs; the value is its file extension."""

    TRIG = "trig"
    JSON_LD = "jsonld"

    @property
    def media_type(self) -> str:
        """What it is called in a Content-Type."""
        return "application/trig" if self is Form.TRIG else "application/ld+json"


def address_of(page: int | None = None, extension: str = "") -> str:
    """The address of the index, or of a page, as its reader asked for it: with or without extension."""
    base = f"{settings.SITE_URL}/feed/changes{f'.{extension}' if extension else ''}"
    return f"{base}?page={page}" if page else base


def page_count() -> int:
    """How many pages there are."""
    return -(-Change.objects.last_position() // Change.PER_PAGE)


def write_index(form: Form, extension: str) -> bytes:
    """The stream, and where its pages are."""
    pages = page_count()
    edges = {
        (number - 1) * Change.PER_PAGE + offset for number in range(1, pages + 1) for offset in (1, Change.PER_PAGE)
    }
    moments = dict(Change.objects.filter(position__in=edges).values_list("position", "at"))
    view = NamedNode(address_of(extension=extension))
    triples = [*_stream(view), Triple(view, DCT("title"), Literal(settings.PORTAL_TITLE, language="it"))]
    triples += _retention(view)
    for number in range(1, pages + 1):
        first = moments[(number - 1) * Change.PER_PAGE + 1]
        triples += _relation(view, number, "GreaterThanOrEqualToRelation", first, extension)
        if last := moments.get(number * Change.PER_PAGE):
            triples += _relation(view, number, "LessThanOrEqualToRelation", last, extension)
    return _document(triples, (), form)


def write_page(number: int, changes: Sequence[Change], form: Form, extension: str) -> bytes:
    """One page of members."""
    node = NamedNode(address_of(number, extension))
    stream = _stream_node()
    members = [Triple(stream, TREE("member"), _member_node(change)) for change in changes]
    triples = [
        *_stream(NamedNode(address_of(extension=extension))),
        *members,
        Triple(node, TYPE, TREE("Node")),
        Triple(node, DCT("isPartOf"), NamedNode(address_of(extension=extension))),
    ]
    return _document(triples, changes, form)


def write_shape() -> bytes:
    """What every member looks like, as a SHACL shape."""
    return _SHAPE.format(shape=_shape_node().value, act=AS.base, xsd=XSD.base).encode()


def _stream(view: NamedNode) -> list[Triple]:
    stream = _stream_node()
    return [
        Triple(stream, TYPE, LDES("EventStream")),
        Triple(stream, LDES("timestampPath"), AS("published")),
        Triple(stream, LDES("versionOfPath"), AS("object")),
        Triple(stream, TREE("shape"), _shape_node()),
        Triple(stream, TREE("view"), view),
    ]


def _retention(view: NamedNode) -> list[Triple]:
    """What is promised for ever: the last member of each dataset. Today everything is kept."""
    policy, path = BlankNode("retention"), BlankNode("path")
    return [
        Triple(view, TYPE, TREE("Node")),
        Triple(view, LDES("retentionPolicy"), policy),
        Triple(policy, TYPE, LDES("LatestVersionSubset")),
        Triple(policy, LDES("amount"), Literal("1", datatype=XSD("integer"))),
        Triple(policy, LDES("versionKey"), path),
        Triple(path, RDF("first"), AS("object")),
        Triple(path, RDF("rest"), RDF("nil")),
    ]


def _relation(view: NamedNode, number: int, kind: str, moment: datetime, extension: str) -> list[Triple]:
    relation = BlankNode(f"{'from' if kind.startswith('Greater') else 'until'}{number}")
    return [
        Triple(view, TREE("relation"), relation),
        Triple(relation, TYPE, TREE(kind)),
        Triple(relation, TREE("node"), NamedNode(address_of(number, extension))),
        Triple(relation, TREE("path"), AS("published")),
        Triple(relation, TREE("value"), _time(moment)),
    ]


def _document(head: Sequence[Triple], changes: Sequence[Change], form: Form) -> bytes:
    syntax = Syntax.TURTLE if form is Form.TRIG else Syntax.JSON_LD
    beginning, separator, end = frame_of(syntax)
    # Those of one subject must stand together.
    by_subject = sorted(head, key=lambda triple: str(triple.subject))
    write = _as_trig if form is Form.TRIG else _as_json
    blocks = [write_block(by_subject, syntax).encode(), *(write(change) for change in changes)]
    return beginning + separator.join(blocks) + end


def _as_trig(change: Change) -> bytes:
    activity = write_block(_activity(change), Syntax.TURTLE).encode()
    if not change.packed:
        return activity
    return activity + f"<{_member_node(change).value}> {{\n".encode() + _content(change, _LINES) + b"}\n"


def _as_json(change: Change) -> bytes:
    node = json.loads(write_block(_activity(change), Syntax.JSON_LD))
    text = json.dumps(node, separators=(",", ":"))
    if not change.packed:
        return text.encode()
    return text[:-1].encode() + b',"@graph":[\n' + _content(change, _OBJECTS) + b"\n]}"


def _activity(change: Change) -> list[Triple]:
    member = _member_node(change)
    return [
        Triple(member, TYPE, AS(change.kind)),
        Triple(member, AS("object"), NamedNode(change.iri)),
        Triple(member, AS("published"), _time(change.at)),
    ]


def _content(change: Change, place: int) -> bytes:
    return unpack(bytes(change.packed))[place]


def _stream_node() -> NamedNode:
    return NamedNode(f"{settings.SITE_URL}/feed/changes#stream")


def _shape_node() -> NamedNode:
    return NamedNode(f"{settings.SITE_URL}/feed/changes/shape")


def _member_node(change: Change) -> NamedNode:
    """The same whoever asks and however: the page it stands on, and its place."""
    page = (change.position - 1) // Change.PER_PAGE + 1
    return NamedNode(f"{address_of(page)}#{change.position}")


def _time(moment: datetime) -> Literal:
    return Literal(moment.astimezone(UTC).isoformat().replace("+00:00", "Z"), datatype=XSD("dateTime"))


_SHAPE = """@prefix as: <{act}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <{xsd}> .

<{shape}> a sh:NodeShape ;
    sh:targetClass as:Create, as:Update, as:Delete ;
    sh:nodeKind sh:IRI ;
    sh:property [ sh:path as:object ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path as:published ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] .
"""
