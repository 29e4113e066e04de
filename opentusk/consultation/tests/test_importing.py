"""Proves of an import from Decidim: exact dry runs, nothing twice, nobody's name, nothing overwritten."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments.models import Comment
from opentusk.consultation import actions
from opentusk.consultation.errors import NotAllowed
from opentusk.consultation.models import ImportRecord
from opentusk.consultation.remote import read_remote
from opentusk.demand.models import WantedDataset
from opentusk.journal.models import Entry
from opentusk.kit.decidim.archives import read_files
from opentusk.kit.decidim.shapes import DecidimFault, Export, RemoteComment
from opentusk.people.models import User
from opentusk.programme.models import Edition, Event

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "participation"
HOST = "partecipazione.example.org"
OLD = ("old-open-data-proposals", "open-data-proposal_comments", "open-data-meetings", "open-data-results")
NEW = ("new-open-data-proposals", *OLD[1:])


@pytest.fixture
def edition(db) -> Edition:
    return Edition.objects.create(slug="2023", title="OpenTusk 2023")


@pytest.fixture
def body(db) -> Agent:
    return Agent.objects.create(ipa_code="r_puglia", slug="regione", name="Regione", contact_email="x@example.org")


def sample(names) -> Export:
    return read_files([SAMPLES / f"synthetic_{name}.csv" for name in names])


@pytest.fixture
def take(consultation, edition, staff):
    """Imports the samples of a layout."""

    def run(names=OLD, export=None, **options):
        options = {"event_kind": "datalab"} | options
        return actions.import_export(export or sample(names), consultation, host=HOST, by=staff, **options)

    return run


def everything_said() -> str:
    """Every row of every table, as text."""
    rows = [row for model in apps.get_models(include_auto_created=True) for row in model._base_manager.values_list()]
    return repr(rows)


@pytest.mark.parametrize(("names", "wishes"), [(OLD, 3), (NEW, 2)])
def test_invariant_27_twice_is_the_same_rows_and_no_entry_the_second_time(take, names, wishes):
    first = take(names)
    rows, entries = everything_said(), Entry.objects.count()
    second = take(names)

    assert WantedDataset.objects.count() == wishes and first.has_changes
    assert everything_said() == rows and Entry.objects.count() == entries
    assert not second.has_changes and second.counts["item", "same"] == 2


@pytest.mark.parametrize("names", [OLD, NEW])
def test_invariant_27_no_name_of_a_person_is_anywhere(take, names, caplog):
    caplog.set_level(logging.DEBUG)
    take(names)
    assert "Persona" not in everything_said() and "Persona" not in caplog.text


@pytest.mark.parametrize("names", [OLD, NEW])
def test_a_proposal_of_a_theme_gives_drafts_that_nobody_sees_until_they_are_confirmed(take, consultation, staff, names):
    take(names)
    drafts = WantedDataset.objects.filter(origin="datalab").order_by("number")

    assert [item.is_hidden for item in drafts] == [True, True]
    assert [item.primary_theme for item in drafts] == ["TRAN", "TRAN"]
    assert drafts[0].title.startswith("Colonnine di ricarica")
    if names is OLD:
        assert [item.producers_text for item in drafts] == ["Comuni", "Regione, Comuni"]
    rows = ImportRecord.objects.filter(type="item").order_by("remote_id")
    assert ImportRecord.objects.get(type="proposal", remote_id="101").target.startswith(
        "consultation.thematicproposal:"
    )
    actions.confirm_draft(rows[0], title="Colonnine di ricarica elettrica", theme="TRAN", by=staff)
    actions.discard_draft(rows[1], by=staff)
    take(names)
    assert list(WantedDataset.objects.in_the_basket().values_list("title", flat=True)) == [
        "Colonnine di ricarica elettrica"
    ]


def test_a_result_moves_its_wish_by_the_steps_of_people(take, staff, body):
    waiting = take(body=body)
    assert ("confirm_first", "5 Colonnine di ricarica elettrica") in waiting.lines
    row = ImportRecord.objects.get(type="item", remote_id="101#0")
    item = actions.confirm_draft(row, title="Colonnine di ricarica elettrica", theme="TRAN", by=staff)
    assert ("body_missing", "5 Colonnine di ricarica elettrica") in take().lines

    take(body=body)

    item.refresh_from_db()
    assert (item.state, item.assigned_body) == ("in_progress", body)
    events = Entry.objects.filter(subject=f"demand.wanteddataset:{item.pk}").values_list("event", "actor")
    assert ("demand.started", f"import:{HOST}") in events


def test_meetings_comments_and_support_keep_what_was_said_of_them(take):
    report = take()
    event = Event.objects.get()
    first, reply = Comment.objects.order_by("pk")

    assert (event.kind, event.declared_attendance, event.state) == ("datalab", 60, "draft")
    assert (first.alignment, reply.parent, reply.body) == (1, first, "Concordo; formato JSON.")
    assert first.created_at.isoformat() == "2023-08-03T09:00:00+00:00"
    participant = WantedDataset.objects.get(origin="consultation")
    assert (participant.imported_support, participant.state, participant.producers_text) == (1, "proposed", "Comuni")
    assert report.by_theme == {"TRAN": 2, "": 1}
    assert ("kind_of_meetings", "31 Datalab di Lecce") in take(event_kind="", names=OLD[2:3]).lines


def test_a_comment_with_an_address_waits_hidden(take):
    export = sample(OLD[:1])
    for number, text in (("1", "Scrivetemi a persona@example.org"), ("2", "Chiamate 347 1234567"), ("3", "Bene.")):
        export.comments.append(
            RemoteComment(id=number, body=text, created_at=timezone.now(), alignment=0,
                          target_type="Decidim::Proposals::Proposal", target_id="101")
        )  # fmt: skip
    take(export=export)
    assert list(Comment.objects.order_by("pk").values_list("state", flat=True)) == ["hidden", "hidden", "visible"]


def test_what_changed_at_the_source_is_marked_and_nothing_here_is_overwritten(take, tmp_path, consultation, staff):
    take(OLD[:1])
    item = WantedDataset.objects.get(origin="consultation")
    WantedDataset.objects.filter(pk=item.pk).update(title="Stalli, scritto meglio")
    text = (SAMPLES / "synthetic_old-open-data-proposals.csv").read_text()
    (tmp_path / "p.csv").write_text(text.replace("Elenco georeferenziato", "Mappa").replace("Orari del", "Corse del"))

    report = take(export=read_files([tmp_path / "p.csv"]))

    item.refresh_from_db()
    assert (item.title, item.description.split()[0]) == ("Stalli, scritto meglio", "Elenco")
    marked = ImportRecord.objects.filter(needs_review=True, type__in=("proposal", "item"))
    assert {row.remote_id for row in marked} == {"101", "118", "101#1"} and "Mappa" in marked.get(
        remote_id="118"
    ).review_text
    assert report.counts["proposal", "changed"] == 2 and WantedDataset.objects.count() == 3


def test_what_is_gone_at_the_source_is_noted_and_stays(take, tmp_path):
    take(OLD[:1])
    lines = (SAMPLES / "synthetic_old-open-data-proposals.csv").read_text().splitlines()
    (tmp_path / "p.csv").write_text("\n".join(lines[:2]) + "\n")

    report = take(export=read_files([tmp_path / "p.csv"]))

    assert report.counts["proposal", "vanished"] == 1 and WantedDataset.objects.count() == 3
    assert ImportRecord.objects.get(type="proposal", remote_id="118").vanished_at is not None


def test_a_dry_run_counts_exactly_and_writes_nothing(take):
    before = everything_said()
    dry = take(is_dry=True)

    assert everything_said() == before
    assert (dry.counts, dry.lines, dry.by_theme) == ((wet := take()).counts, wet.lines, wet.by_theme)


def test_it_is_for_the_desk(consultation, edition, dora):
    with pytest.raises(NotAllowed):
        actions.import_export(sample(OLD), consultation, host=HOST, by=dora)


@pytest.mark.django_db(transaction=True)
def test_the_command_runs_dry_unless_it_is_told_to_write(consultation, edition, capsys):
    paths = [str(SAMPLES / f"synthetic_{name}.csv") for name in OLD]
    options = {"consultation": "consultazione-2023", "host": HOST, "event_kind": "datalab"}
    call_command("decidim_import", *paths, **options)
    assert not WantedDataset.objects.exists() and '"dry": true' in capsys.readouterr().out
    call_command("decidim_import", *paths, **options, write=True)
    assert WantedDataset.objects.count() == 3


def test_the_desk_looks_first_confirms_with_the_same_file_and_sees_two_columns(
    client, consultation, edition, staff, tmp_path
):
    client.force_login(User.objects.get(email="carla@example.org"))
    place = "/scrivania/consultazioni/decidim"
    path = SAMPLES / "synthetic_old-open-data-proposals.csv"

    def send(source=path, **said):
        with source.open("rb") as file:
            form = {"consultation": consultation.pk, "host": HOST, "event_kind": "", "exports": file}
            return client.post(place, form | said).content.decode()

    dry = send()
    assert not WantedDataset.objects.exists() and "seen" in dry
    seen = dry.partition('name="seen" value="')[2].partition('"')[0]
    other = send(SAMPLES / "synthetic_new-open-data-proposals.csv", seen=seen)
    assert not WantedDataset.objects.exists() and "non è lo stesso file" in other
    send(seen=seen)
    assert WantedDataset.objects.count() == 3
    page = client.get(f"{place}/voci").content.decode()
    row = ImportRecord.objects.get(type="item", remote_id="101#1")
    assert "Orari del trasporto pubblico locale (GTFS); produttori: Regione, Comuni" in page
    client.post(f"{place}/voci/{row.pk}", {"title": "Orari TPL", "theme": "TRAN", "che": "conferma"})
    assert WantedDataset.objects.in_the_basket().get().title == "Orari TPL"
    bad = tmp_path / "proposals.csv"
    bad.write_text("id;title;url\n1;x;y\n")
    assert "nulla è stato scritto" in send(bad, seen="")
    assert Entry.objects.filter(event="consultation.imported").count() == 1
    assert actions.draft_of(row).is_hidden is False


class Decidim(BaseHTTPRequestHandler):
    """A Decidim with one process, one component and two pages of proposals."""

    pages: ClassVar = {None: ("2", "A"), "A": ("1", None)}

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "participatoryProcess" in asked["query"]:
            components = [{"id": "39", "__typename": "Proposals"}]
            data = {"participatoryProcess": {"id": "1", "slug": "opentusk", "components": components}}
        else:
            number, after = self.pages[asked["variables"]["after"]]
            node = {
                "id": number,
                "title": {"translations": [{"locale": "it", "text": f"Dato {number}"}]},
                "body": {"translations": [{"locale": "it", "text": "Serve."}]},
                "likes": [{"name": "Persona A"}],
            }
            info = {"hasNextPage": after is not None, "endCursor": after}
            data = {"component": {"proposals": {"pageInfo": info, "edges": [{"node": node}]}}}
        answer = json.dumps({"data": data}).encode()
        is_right = self.path == "/api" and self.headers["Content-Type"] == "application/json"
        self.send_response(200 if is_right else 400)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args) -> None:
        """Nothing to say."""


def test_a_running_instance_is_asked_through_the_only_way_out(take, settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Decidim)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with pytest.raises(DecidimFault, match="unreachable"):
            read_remote(url, "opentusk", rest=0)
        settings.OUTBOUND_ALLOWED_PRIVATE = [f"127.0.0.1:{server.server_port}"]
        take(export=read_remote(url, "opentusk", rest=0))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

    assert list(WantedDataset.objects.order_by("number").values_list("title", flat=True)) == ["Dato 2", "Dato 1"]
    assert "Persona" not in everything_said()
    assert ImportRecord.objects.get(remote_id="1").url == f"{url}/processes/opentusk/f/39/proposals/1"
