"""Proves that whoever follows the stream of changes from nothing has what the feeds have, and misses nothing."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Dataset as Quads
from pyoxigraph import NamedNode, RdfFormat, parse
from pyshacl import validate
from rdflib import Graph as RdfLibGraph

from opentusk.catalog.actions import change_record, create_draft, restore, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.feeds.actions import refresh_datasets
from opentusk.feeds.following import AS, LDES, TREE
from opentusk.feeds.models import Change, FeedFragment
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.feeds.tests.conftest import publish_one
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Cursor
from opentusk.journal.reactions import deliver_all
from opentusk.kit.rdf.namespaces import DCT, TYPE

pytestmark = pytest.mark.django_db
FORMS = {"trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}


@dataclass
class Follower:
    """A reader that knows nothing but the address of the stream."""

    client: object
    extension: str
    finished: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)

    def read(self) -> None:
        """Read the index, then every page that is new or not yet full; apply its new members in order."""
        index = self._quads(f"/feed/changes.{self.extension}")
        pages = {quad.object.value for quad in index.quads_for_predicate(TREE("node"))}
        for page in sorted(pages - self.finished, key=lambda address: int(address.rpartition("=")[2])):
            self._page(page)

    def _page(self, address: str) -> None:
        quads = self._quads(address.replace("http://localhost:8000", ""), finish=address)
        members = [quad.object.value for quad in quads.quads_for_predicate(TREE("member"))]
        for member in sorted(set(members) - self.seen, key=lambda name: int(name.rpartition("#")[2])):
            self.seen.add(member)
            self._apply(quads, NamedNode(member))

    def _apply(self, quads: Quads, member: NamedNode) -> None:
        facts = {quad.predicate: quad.object for quad in quads.quads_for_subject(member)}
        kind, iri = facts[TYPE].value.removeprefix(AS.base), facts[AS("object")]
        self.kinds.append(kind)
        assert facts[AS("published")].datatype.value.endswith("dateTime")
        if kind == "Delete":
            del self.titles[iri.value]
            return
        assert (kind == "Create") == (iri.value not in self.titles)
        payload = [quad for quad in quads.quads_for_graph_name(member) if quad.subject == iri]
        self.titles[iri.value] = next(quad.object.value for quad in payload if quad.predicate == DCT("title"))

    def _quads(self, address: str, finish: str = "") -> Quads:
        answer = self.client.get(address)
        assert answer.status_code == 200
        if "immutable" in answer.headers["Cache-Control"]:
            self.finished.add(finish)
        return Quads(parse(answer.content, FORMS[self.extension]))


def public_titles() -> dict[str, str]:
    return {row.record["iri"]: row.title for row in Dataset.objects.in_feeds()}


def rename(dataset, title):
    dataset.refresh_from_db()
    change_record(dataset, replace(to_record(dataset), title={"it": title}), by=SYSTEM, expected=dataset.checksum)


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr(Change, "PER_PAGE", 3)


@pytest.mark.parametrize("extension", FORMS)
def test_who_follows_from_nothing_has_what_the_feeds_have(client, catalogue, lecce, short_pages, extension):
    follower = Follower(client, extension)
    follower.read()
    assert follower.titles == public_titles() and follower.kinds == ["Create"] * 7

    rename(catalogue[0], "Un altro titolo")
    withdraw(catalogue[1], by=SYSTEM, reason="Sbagliato")
    create_draft(trees("c_e506:bozza"), holder=lecce, by=SYSTEM)
    deliver_all()
    follower.read()
    assert follower.titles == public_titles() and sorted(follower.kinds[7:]) == ["Delete", "Update"]

    restore(catalogue[1], by=SYSTEM)
    deliver_all()
    follower.read()
    assert follower.titles == public_titles() and follower.kinds[9:] == ["Create"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("publish", "change", "withdraw", "restore", "again", "rebuild", "read")),
            st.integers(0, 3),
            st.booleans(),
        ),
        min_size=3,
        max_size=14,
    ),
    extension=st.sampled_from(sorted(FORMS)),
)
def test_any_history_can_be_followed(client, lecce, short_pages, steps, extension):
    follower, late = Follower(client, extension), Follower(client, extension)
    for number, (verb, which, is_delivered) in enumerate(steps):
        _step(verb, number, f"gioco-{which}", lecce, follower)
        if is_delivered:
            deliver_all()
    deliver_all()

    follower.read()
    late.read()

    assert follower.titles == late.titles == public_titles()
    positions = list(Change.objects.in_place().values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    moments = list(Change.objects.in_place().values_list("at", flat=True))
    assert moments == sorted(moments)


def _step(verb, number, name, lecce, follower):
    dataset = Dataset.objects.filter(identifier=f"c_e506:{name}").first()
    match verb:
        case "read":
            follower.read()
        case "rebuild":
            rebuild_feeds()
        case "again":
            # The journal delivers at least once: here everything once more.
            Cursor.objects.filter(reaction="feeds").update(position=0)
        case "publish" if dataset is None:
            publish_one(lecce, name)
        case "change" if dataset and dataset.is_published:
            rename(dataset, f"Titolo {number}")
        case "withdraw" if dataset and dataset.is_published:
            withdraw(dataset, by=SYSTEM, reason="Prova")
        case "restore" if dataset and dataset.is_withdrawn:
            restore(dataset, by=SYSTEM)


def test_a_full_page_never_changes_and_an_open_one_is_asked_again(client, catalogue, short_pages):
    full, last = client.get("/feed/changes?page=1"), client.get("/feed/changes?page=3")
    rename(catalogue[0], "Nuovo")
    deliver_all()

    assert full.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/feed/changes?page=1").content == full.content
    assert last.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/feed/changes?page=3", headers={"if-none-match": last.headers["ETag"]})
    assert again.status_code == 200 and len(again.content) > len(last.content)
    assert client.get("/feed/changes?page=4").status_code == 404
    assert client.get("/feed/changes?page=x").status_code == 400


def test_the_index_says_what_it_is_and_between_which_moments_pages_lie(client, catalogue, short_pages):
    answer = client.get("/feed/changes", headers={"accept": "application/ld+json"})
    quads = Quads(parse(answer.content, RdfFormat.JSON_LD))
    stream = NamedNode("http://localhost:8000/feed/changes#stream")

    said = {(quad.predicate, quad.object) for quad in quads.quads_for_subject(stream)}
    assert (LDES("timestampPath"), AS("published")) in said
    assert (LDES("versionOfPath"), AS("object")) in said
    assert (TREE("view"), NamedNode("http://localhost:8000/feed/changes")) in said
    assert len(list(quads.quads_for_predicate(TREE("relation")))) == 3 + 2
    assert [quad.object for quad in quads.quads_for_predicate(LDES("retentionPolicy"))]
    assert client.get("/feed/changes").headers["Content-Type"] == "application/trig; charset=utf-8"


def test_every_member_has_the_shape_that_the_stream_names(client, catalogue):
    shape = RdfLibGraph().parse(data=client.get("/feed/changes/shape").content, format="turtle")
    quads = Quads(parse(client.get("/feed/changes?page=1").content, RdfFormat.TRIG))
    lines = "".join(f"{quad.triple} .\n" for quad in quads if quad.graph_name.__class__.__name__ == "DefaultGraph")

    conforms, _report, text = validate(RdfLibGraph().parse(data=lines, format="nt"), shacl_graph=shape)

    assert conforms, text
    assert lines.count("activitystreams#Create>") == 7


def test_a_portal_that_was_there_before_begins_with_everything(client, catalogue):
    Change.objects.all().delete()

    refresh_datasets([catalogue[0].pk])

    assert Change.objects.count() == 7 == FeedFragment.objects.count()


def test_a_row_that_is_deleted_leaves_a_change_behind(client, catalogue):
    withdraw(catalogue[0], by=SYSTEM, reason="Via")
    iri = catalogue[0].record["iri"]
    catalogue[0].delete()
    deliver_all()

    last = Change.objects.in_place().last()
    assert (last.kind, last.iri) == ("Delete", iri)


def test_a_member_carries_what_the_document_says(client, catalogue):
    page = Quads(parse(client.get("/feed/changes?page=1").content, RdfFormat.TRIG))
    document = client.get(f"/dataset/{catalogue[0].slug}.nt").content
    member = NamedNode("http://localhost:8000/feed/changes?page=1#1")

    carried = {quad.triple for quad in page.quads_for_graph_name(member)}

    assert carried == {quad.triple for quad in parse(document, RdfFormat.N_TRIPLES)}
