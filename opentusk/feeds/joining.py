"""Joins stored texts into documents: nothing is serialised here, and a node that datasets share is written once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from opentusk.feeds.building import SYNTAXES, Node, Texts, join_texts, unpack
from opentusk.feeds.heading import Heading
from opentusk.feeds.models import FragmentText, SharedNode
from opentusk.kit.rdf.syntaxes import Syntax

_NO_HEADING = Heading((), ())
_LINES = SYNTAXES.index(Syntax.N_TRIPLES)


def stored_texts(fragment_ids: Collection[int], profile: str) -> list[tuple[bytes, list[str]]]:
    """The packed texts and shared nodes of these fragments, in feed order."""
    rows = FragmentText.objects.filter(fragment__in=fragment_ids, profile=profile).order_by("fragment")
    return [(bytes(packed), nodes) for packed, nodes in rows.values_list("packed", "nodes")]


def stored_nodes(digests: Iterable[str]) -> dict[str, Node]:
    """The shared nodes with these fingerprints. Those met before are remembered: equal print, equal node."""
    wanted = dict.fromkeys(digests)
    missing = [digest for digest in wanted if digest not in _remembered]
    if len(_remembered) + len(missing) > _MOST_REMEMBERED:
        _remembered.clear()
        missing = list(wanted)
    for row in SharedNode.objects.filter(digest__in=missing):
        texts = unpack(bytes(row.packed))
        is_bare = texts[_LINES].count(b"\n") == 1
        _remembered[row.digest] = Node(row.iri, texts, row.digest, is_bare)
    return {digest: _remembered[digest] for digest in wanted}


_MOST_REMEMBERED = 16_384
_remembered: dict[str, Node] = {}


def join_document(fragments: Sequence[tuple[bytes, list[str]]], heading: Heading = _NO_HEADING) -> dict[Syntax, bytes]:
    """The document of these fragments in every syntax."""
    owns = [_unpacked(packed) for packed, _nodes in fragments]
    nodes = stored_nodes(digest for _packed, digests in fragments for digest in digests)
    shared = [node.texts for node in without_repetition([*heading.nodes, *nodes.values()])]
    blocks = [*heading.blocks, *owns, *shared]
    return {syntax: join_texts([block[place] for block in blocks], syntax) for place, syntax in enumerate(SYNTAXES)}


def without_repetition(nodes: Iterable[Node]) -> Iterator[Node]:
    """Each node once.

    Two datasets may describe the same node differently (a body's name in capitals): the first description stands,
    since two names would break the national rules. A mere class beside it does no harm and is kept.
    """
    described: set[str] = set()
    typed: set[str] = set()
    for node in nodes:
        if node.is_bare:
            if node.digest not in typed:
                typed.add(node.digest)
                yield node
        elif node.iri not in described:
            described.add(node.iri)
            yield node


@lru_cache(maxsize=512)
def _unpacked(packed: bytes) -> Texts:
    """The texts of one fragment; the pages of the last changes are often needed again at once."""
    return unpack(packed)
