"""Documents of one thing, and the addresses of things, which lead to a page or to a document."""

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import iris
from opentusk.feeds.answers import Document, for_programs, pack_document, see_other, send
from opentusk.feeds.building import unpack, write_dataset
from opentusk.feeds.errors import NoSuchFeed, Withdrawn
from opentusk.feeds.heading import Heading
from opentusk.feeds.joining import join_document, stored_texts
from opentusk.feeds.models import FeedFragment, SharedNode
from opentusk.feeds.negotiation import wanted_syntax
from opentusk.feeds.records import record_to_write
from opentusk.feeds.selection import read_selection
from opentusk.feeds.views.feeds import SYNTAX_OF
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile


@for_programs
def dataset_document(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    """All that is said of one dataset. `name` is that of its page, or its UUID."""
    return send(request, _document_of(_public_dataset(named(name)), request, SYNTAX_OF[extension]))


@for_programs
def dataset_as(request: HttpRequest, syntax: Syntax, slug: str) -> HttpResponse:
    """The same document at the address of the page, for readers that prefer it."""
    return send(request, _document_of(_public_dataset(named(slug)), request, syntax))


@for_programs
def dataset_address(request: HttpRequest, ipa: str, local: str) -> HttpResponse:
    """The address of a dataset as a thing."""
    return _towards(request, Dataset.objects.filter(identifier=f"{ipa}:{local}").first(), f"{ipa}:{local}")


@for_programs
def distribution_address(request: HttpRequest, uuid: str) -> HttpResponse:
    """The address of a distribution as a thing: it is described with its dataset."""
    row = Distribution.objects.filter(iri=iris().distribution(uuid)).select_related("dataset").first()
    return _towards(request, row.dataset if row else None, uuid)


@for_programs
def agent_address(request: HttpRequest, ipa: str) -> HttpResponse:
    """The address of a body as a thing."""
    agent = Agent.objects.filter(ipa_code=ipa.lower()).first()
    if agent and not wanted_syntax(request):
        return see_other(f"/enti/{agent.slug}")
    return node_address(request, f"agente/{ipa}")


@for_programs
def catalog_address(request: HttpRequest, ipa: str) -> HttpResponse:
    """The address of a titolare's catalogue as a thing."""
    agent = Agent.objects.filter(ipa_code=ipa.lower()).first()
    if agent is None:
        raise NoSuchFeed(ipa)
    syntax = wanted_syntax(request)
    return see_other(f"/catalog.{syntax.value}?fq=organization:{agent.slug}" if syntax else f"/enti/{agent.slug}")


@for_programs
def node_address(request: HttpRequest, path: str) -> HttpResponse:
    """The address of a contact, place, period or standard: there is no page about it, so everybody gets data."""
    _node_at(path)
    syntax = wanted_syntax(request) or Syntax.TURTLE
    return see_other(f"/{quote(path)}.{syntax.value}")


@for_programs
def node_document(request: HttpRequest, path: str, extension: str) -> HttpResponse:
    """All that the feeds say of a node that datasets share."""
    heading = Heading((unpack(bytes(_node_at(path).packed)),), ())
    syntax = SYNTAX_OF[extension]
    return send(request, pack_document(join_document((), heading)[syntax], syntax.media_type))


def _node_at(path: str) -> SharedNode:
    """The node as last written."""
    node = SharedNode.objects.filter(iri=f"{settings.SITE_URL}/{quote(path)}").order_by("-id").first()
    if node is None:
        raise NoSuchFeed(path)
    return node


def named(name: str) -> Q:
    """A dataset by the name of its page, or by its UUID; never two, whatever names look like."""
    try:
        number = UUID(name) if len(name) == 36 else None
    except ValueError:
        number = None
    if number is None or Dataset.objects.filter(slug=name).exists():
        return Q(slug=name)
    return Q(uuid=number)


def _public_dataset(condition: Q) -> Dataset:
    dataset = Dataset.objects.with_holder().filter(condition).first()
    if dataset is None or not (dataset.is_published or dataset.is_withdrawn):
        raise NoSuchFeed("dataset")
    if dataset.is_withdrawn:
        raise Withdrawn(dataset.identifier, dataset.withdrawal_reason)
    return dataset


def _document_of(dataset: Dataset, request: HttpRequest, syntax: Syntax) -> Document:
    profile = read_selection(request.GET).profile
    row = FeedFragment.objects.filter(dataset=dataset).first()
    content = join_document(stored_texts([row.pk], profile))[syntax] if row else _write_now(dataset, profile, syntax)
    changed_at = int(dataset.metadata_modified_at.timestamp())
    return pack_document(content, syntax.media_type, changed_at=changed_at)


def _write_now(dataset: Dataset, profile: Profile, syntax: Syntax) -> bytes:
    """A public dataset that is in no feed: a duplicate, a demonstration row, or one just published."""
    written = write_dataset(dataset.pk, record_to_write(dataset), (profile,))
    if written.fault:
        raise NoSuchFeed(f"{dataset.identifier}: {written.fault}")
    fragment = written.fragments[profile.value]
    return join_document((), Heading((unpack(fragment.packed),), fragment.nodes))[syntax]


def _towards(request: HttpRequest, dataset: Dataset | None, name: str) -> HttpResponse:
    if dataset is None or not (dataset.is_published or dataset.is_withdrawn):
        raise NoSuchFeed(name)
    syntax = wanted_syntax(request)
    if syntax and dataset.is_withdrawn:
        raise Withdrawn(dataset.identifier, dataset.withdrawal_reason)
    return see_other(f"/dataset/{dataset.slug}.{syntax.value}" if syntax else f"/dataset/{dataset.slug}")
