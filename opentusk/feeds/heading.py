"""What a page says before its datasets: the catalogue it belongs to, and where the other pages are.

Both spellings of the Hydra vocabulary are written, because harvesters read one or the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from pyoxigraph import Literal, NamedNode, Triple

from opentusk.bodies.models import Agent
from opentusk.catalog.records import agent_record, iris
from opentusk.feeds.building import SYNTAXES, Node, Texts, write_blocks, write_node
from opentusk.kit.rdf.documents import write_block
from opentusk.kit.rdf.namespaces import HYDRA, TYPE, XSD
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile, catalog_triples
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.records import Catalog

_ITALIAN = "http://publications.europa.eu/resource/authority/language/ITA"
_THEMES = "http://publications.europa.eu/resource/authority/data-theme"


@dataclass(frozen=True, kw_only=True)
class Position:
    """Which page of which feed, out of how many. `holder` is None for the complete catalogue.

    `query` holds the filters that its address repeats.
    """

    holder: Agent | None
    profile: Profile
    query: tuple[tuple[str, str], ...] = ()
    number: int
    last: int
    total: int
    page_size: int

    @property
    def scope(self) -> str:
        """The feed's name in rows and folders."""
        return self.holder.ipa_code if self.holder else ""


@dataclass(frozen=True)
class Heading:
    """The blocks of a document's beginning, each in every syntax, and the nodes it shares with the datasets."""

    blocks: tuple[Texts, ...]
    nodes: tuple[Node, ...]


def write_page_heading(position: Position, dataset_iris: Iterable[str], *, modified: datetime) -> Heading:
    """The heading of one page, which holds these datasets."""
    whole = write_catalog_heading(position.holder, position.profile, dataset_iris, modified=modified)
    paging = tuple(write_block(_paging_triples(position, syntax), syntax).encode() for syntax in SYNTAXES)
    return Heading((*whole.blocks, paging), whole.nodes)


def write_catalog_heading(
    holder: Agent | None,
    profile: Profile,
    dataset_iris: Iterable[str],
    *,
    modified: datetime,
    syntaxes: tuple[Syntax, ...] = SYNTAXES,
) -> Heading:
    """The heading of a document that is no page of another. Catalogue and bodies are written once each."""
    catalog = catalog_record(holder, modified)
    by_subject: dict[object, list[Triple]] = {}
    for triple in catalog_triples(catalog, profile, list(dataset_iris)):
        by_subject.setdefault(triple.subject, []).append(triple)
    own = by_subject.pop(NamedNode(str(catalog.iri)))
    nodes = tuple(
        write_node(node.value, tuple(triples), syntaxes)
        for node, triples in by_subject.items()
        if isinstance(node, NamedNode)
    )
    return Heading((write_blocks(own, syntaxes),), nodes)


def page_address(position: Position, syntax: Syntax, number: int) -> str:
    """The absolute address of a page of the same feed."""
    query: list[tuple[str, str | int]] = list(position.query)
    if position.profile is not Profile.DCATAP_IT:
        query.append(("profiles", position.profile.value))
    query.append(("page", number))
    return f"{settings.SITE_URL}/catalog.{syntax.value}?{urlencode(query)}"


def catalog_record(holder: Agent | None, modified: datetime) -> Catalog:
    """The catalogue of the portal, or of one titolare."""
    publisher = agent_record(holder) if holder else _portal_publisher()
    whose = f"{settings.PORTAL_TITLE} – {holder.name}" if holder else settings.PORTAL_TITLE
    return Catalog(
        iri=iris().catalog_of(holder.ipa_code) if holder else iris().catalog(),
        title={"it": whose},
        description={"it": settings.PORTAL_DESCRIPTION},
        publisher=publisher,
        homepage=f"{settings.SITE_URL}/",
        issued=settings.PORTAL_ISSUED,
        modified=timezone.localtime(modified).isoformat(timespec="seconds"),
        language=(_ITALIAN,),
        theme_taxonomy=(_THEMES,),
    )


def _portal_publisher() -> AgentRecord:
    code = settings.PORTAL_PUBLISHER_IPA
    return AgentRecord(iri=iris().agent(code), identifier=code, name=settings.PORTAL_PUBLISHER_NAME)


def _paging_triples(position: Position, syntax: Syntax) -> list[Triple]:
    page = NamedNode(page_address(position, syntax, position.number))
    triples = [
        Triple(page, TYPE, HYDRA("PagedCollection")),
        Triple(page, TYPE, HYDRA("PartialCollectionView")),
        Triple(page, HYDRA("totalItems"), Literal(str(position.total), datatype=XSD("integer"))),
        Triple(page, HYDRA("itemsPerPage"), Literal(str(position.page_size), datatype=XSD("integer"))),
    ]
    for name, number in _neighbours(position):
        target = NamedNode(page_address(position, syntax, number))
        triples += [Triple(page, HYDRA(name), target), Triple(page, HYDRA(f"{name}Page"), target)]
    return triples


def _neighbours(position: Position) -> list[tuple[str, int]]:
    found = [("first", 1), ("last", position.last)]
    if position.number < position.last:
        found.append(("next", position.number + 1))
    if position.number > 1:
        found.append(("previous", position.number - 1))
    return found
