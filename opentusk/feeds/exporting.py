"""Writes the whole catalogue as one document, piece by piece, from the records as they stand now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import DatasetQuerySet
from opentusk.feeds.building import Fragment, Node, frame_of, unpack, write_dataset
from opentusk.feeds.heading import Heading, write_catalog_heading
from opentusk.feeds.joining import without_repetition
from opentusk.feeds.records import listed_datasets, record_to_write
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile


@dataclass
class Export:
    """How many datasets a document got, and why others were left out (identifier and fault)."""

    datasets: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def export_catalog(
    write: Callable[[bytes], object], syntax: Syntax, profile: Profile, *, holder: Agent | None = None
) -> Export:
    """Write the catalogue, or that of one titolare, in any profile; `write` takes the document's pieces."""
    export = Export()
    head, separator, foot = frame_of(syntax)
    write(head)
    for position, text in enumerate(_texts(export, profile, holder, syntax)):
        write(separator + text if position else text)
    write(foot)
    return export


def _texts(export: Export, profile: Profile, holder: Agent | None, syntax: Syntax) -> Iterator[bytes]:
    """The datasets, then the catalogue that lists them, then the nodes they share."""
    nodes: dict[str, Node] = {}
    addresses = []
    for address, fragment in _fragments(export, profile, syntax, _rows(holder)):
        addresses.append(address)
        nodes.update((node.digest, node) for node in fragment.nodes)
        yield from unpack(fragment.packed)
    heading = _heading(holder, profile, addresses, syntax)
    yield from (text for block in heading.blocks for text in block)
    yield from (text for node in without_repetition([*heading.nodes, *nodes.values()]) for text in node.texts)


def _rows(holder: Agent | None) -> DatasetQuerySet:
    listed = listed_datasets().in_feed_order()
    return listed.of(holder) if holder else listed


def _fragments(
    export: Export, profile: Profile, syntax: Syntax, rows: DatasetQuerySet
) -> Iterator[tuple[str, Fragment]]:
    for row in rows.iterator(chunk_size=500):
        written = write_dataset(row.pk, record_to_write(row), (profile,), (syntax,))
        if written.fault:
            export.left_out.append((row.identifier, written.fault))
        else:
            export.datasets += 1
            yield str(row.record["iri"]), written.fragments[profile.value]


def _heading(holder: Agent | None, profile: Profile, addresses: list[str], syntax: Syntax) -> Heading:
    newest = _rows(holder).order_by("-metadata_modified_at").values_list("metadata_modified_at", flat=True).first()
    return write_catalog_heading(holder, profile, addresses, modified=newest or timezone.now(), syntaxes=(syntax,))
