"""One record to the texts that pages are joined from. Plain kit code, so that a rebuild may run it in other processes.

What is written is read again, strictly, in every syntax, before anybody else sees it: one bad value would make a
whole page unreadable for every harvester.
"""

import gzip
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import Triple, parse

from opentusk.kit.errors import Unreadable
from opentusk.kit.rdf.documents import join_blocks, write_block
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile, Unwritable, dataset_blocks
from opentusk.kit.record_json import Json, read_record
from opentusk.kit.records import Dataset

SYNTAXES = tuple(Syntax)
SERVED_PROFILES = (Profile.DCATAP_IT, Profile.DCATAP_3)

Texts = tuple[bytes, ...]
"""One text for each of SYNTAXES, in that order; encoded once, since pages are joined far more often than written."""


@dataclass(frozen=True)
class Node:
    """A node that several datasets may name, as it is written in each syntax. Equal digest, equal node.

    Of a node that `is_bare` nothing but its class is said: such texts may stand beside a fuller one.
    """

    iri: str
    texts: Texts
    digest: str
    is_bare: bool


@dataclass(frozen=True)
class Fragment:
    """What one dataset says in one profile: the packed texts of its own nodes, and the nodes it shares with others."""

    packed: bytes
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Written:
    """The fragments of a dataset by profile; or, when it cannot be written, why."""

    dataset_id: int
    fragments: dict[str, Fragment]
    fault: str = ""


def write_dataset(
    dataset_id: int,
    record: Json,
    profiles: Sequence[Profile] = SERVED_PROFILES,
    syntaxes: tuple[Syntax, ...] = SYNTAXES,
) -> Written:
    """The fragments of one stored record. Faults of the record are told, not raised; a bug is raised."""
    try:
        dataset = read_record(Dataset, record)
        return Written(dataset_id, {profile.value: write_fragment(dataset, profile, syntaxes) for profile in profiles})
    except (Unwritable, Unreadable, SyntaxError, ValueError) as fault:
        return Written(dataset_id, {}, fault=f"{type(fault).__name__}: {fault}")


def write_datasets(batch: Sequence[tuple[int, Json]]) -> list[Written]:
    """The fragments of a batch: the unit of work of a rebuild's processes."""
    return [write_dataset(dataset_id, record) for dataset_id, record in batch]


def write_fragment(dataset: Dataset, profile: Profile, syntaxes: tuple[Syntax, ...] = SYNTAXES) -> Fragment:
    """One dataset in one profile. Raises Unwritable, or SyntaxError when what was written cannot be read again."""
    own: list[Triple] = []
    nodes = []
    mine = _own_iris(dataset)
    for iri, triples in dataset_blocks(dataset, profile):
        if iri in mine or iri.startswith(f"{dataset.iri}#"):
            own.extend(triples)
        elif triples:
            nodes.append(write_node(iri, triples, syntaxes))
    return Fragment(pack(write_texts(own, syntaxes)), tuple(nodes))


@lru_cache(maxsize=16_384)
def write_node(iri: str, triples: tuple[Triple, ...], syntaxes: tuple[Syntax, ...] = SYNTAXES) -> Node:
    """The node's texts: bodies, licences and themes return in every dataset, so they are written and read once."""
    texts = write_texts(triples, syntaxes)
    return Node(iri, texts, _digest_of(iri.encode(), *texts), is_bare=len(triples) == 1)


def write_texts(triples: Sequence[Triple], syntaxes: tuple[Syntax, ...]) -> Texts:
    """The triples in these syntaxes, each read again. Raises SyntaxError or ValueError."""
    texts = write_blocks(triples, syntaxes)
    expected = len(set(triples))
    for syntax, text in zip(syntaxes, texts, strict=True):
        require_readable(join_texts([text], syntax), syntax, statements=expected)
    return texts


def write_blocks(triples: Sequence[Triple], syntaxes: tuple[Syntax, ...] = SYNTAXES) -> Texts:
    """The triples in these syntaxes, unchecked."""
    return tuple(write_block(triples, syntax).encode() for syntax in syntaxes)


def join_texts(texts: Iterable[bytes], syntax: Syntax) -> bytes:
    """A whole document of stored texts of one syntax."""
    head, separator, foot = frame_of(syntax)
    return head + separator.join(texts) + foot


@lru_cache
def frame_of(syntax: Syntax) -> tuple[bytes, ...]:
    """What the kit writes before, between and after blocks."""
    return tuple(join_blocks(["\0", "\0"], syntax).split(b"\0"))


def require_readable(document: bytes, syntax: Syntax, *, statements: int | None = None) -> None:
    """Read a document strictly. Raises SyntaxError, or ValueError when statements went missing."""
    found = sum(1 for _quad in parse(document, syntax.rdf_format))
    if statements is not None and found != statements:
        raise ValueError(f"{syntax.value}: {found} statements read, {statements} written")


def faults_in_files(files: Sequence[tuple[str, Syntax]]) -> list[str]:
    """The faults of these files (path and syntax), read strictly: empty when all is well."""
    faults = []
    for path, syntax in files:
        try:
            require_readable(gzip.decompress(Path(path).read_bytes()), syntax)
        except (SyntaxError, ValueError, OSError, EOFError) as fault:
            faults.append(f"{path}: {fault}")
    return faults


def pack(texts: Texts) -> bytes:
    """Texts for a row: a fifth of their size. The four say the same, so they compress well together."""
    return zlib.compress(b"\0".join(texts), 1)


def unpack(packed: bytes) -> Texts:
    """The texts that `pack` took."""
    return tuple(zlib.decompress(packed).split(b"\0"))


def _digest_of(*texts: bytes) -> str:
    return blake2b(b"\0".join(texts), digest_size=12).hexdigest()


def _own_iris(dataset: Dataset) -> set[str]:
    """The dataset, its distributions and its page; everything else may be said by others too."""
    return {iri for iri in (dataset.iri, dataset.landing_page, *(part.iri for part in dataset.distribution)) if iri}
