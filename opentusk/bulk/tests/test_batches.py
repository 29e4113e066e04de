"""Proves that a spreadsheet and its files are tried without a change, run once however often, and taken up again."""

import csv
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from opentusk.bulk import actions
from opentusk.bulk.errors import NotAllowed
from opentusk.bulk.models import Batch, BatchRow
from opentusk.bulk.readiness import drafts_of
from opentusk.bulk.sheets.folder import folder_of
from opentusk.bulk.sheets.reading import read_sheet
from opentusk.bulk.sheets.template import write_csv, write_xlsx
from opentusk.bulk.tasks import publish_batch as publish_task
from opentusk.catalog.actions import add_file_version, lift_hold, open_hold
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import to_record
from opentusk.editorial.models import Declaration
from opentusk.editorial.questions import QUESTIONS
from opentusk.editorial.signing import subject_of
from opentusk.files.actions import receive
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.kit.sheets.columns import COLUMNS, HEADERS
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.publishing.tests.conftest import TREES, work

LONG = "Gli alberi monumentali del comune, uno per riga, con specie, altezza e giorno del rilievo sul posto."
GOOD = {
    "key": "alberi-monumentali",
    "title": "Alberi monumentali",
    "description": LONG,
    "file": "alberi.csv",
    "theme": "Ambiente",
    "keyword": "alberi, verde",
    "frequency": "annuale",
    "start": "2020",
    "end": "31/12/2023",
}


def sheet_of(*rows: dict[str, str]) -> bytes:
    """An XLSX with the headers of the template and these rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Dataset")
        sheet.write_row(0, 0, [HEADERS[column.name] for column in COLUMNS])
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, [row.get(column.name, "") for column in COLUMNS])
    return buffer.getvalue()


def zip_of(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"dati/{name.replace('_csv', '.csv')}", content)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def unread(settings):
    """The files are not read here: that they are is proved elsewhere, and takes its time."""
    settings.REACTIONS = f"{__name__}.NO_REACTIONS"


NO_REACTIONS = ()


@pytest.fixture
def send(browser):
    """Sends a spreadsheet and a ZIP, and has them tried."""

    def make(*rows: dict[str, str], archive: bytes | None = None) -> Batch:
        given = archive if archive is not None else zip_of(alberi_csv=TREES)
        answer = browser.post(
            "/pubblica/in-blocco",
            {
                "agent": "c_e506",
                "sheet": SimpleUploadedFile("elenco.xlsx", sheet_of(*rows)),
                "file": SimpleUploadedFile("file.zip", given),
            },
        )
        assert answer.status_code == 302, answer.context["form"].errors
        work()
        return Batch.objects.latest("pk")

    return make


def run(batch: Batch, browser) -> Batch:
    browser.post(f"/pubblica/in-blocco/{batch.uuid}/esegui")
    work()
    batch.refresh_from_db()
    return batch


def test_the_trial_says_what_will_happen_and_changes_nothing(send):
    batch = send(GOOD, {"key": "Alberi!", "theme": "Boschi", "file": "manca.csv", "start": "ieri"})

    good, bad = batch.rows.in_order()
    assert batch.state == Batch.State.CHECKED
    assert (good.outcome, good.problems) == (BatchRow.Outcome.CREATE, [])
    assert bad.outcome == BatchRow.Outcome.WRONG
    assert {problem["column"] for problem in bad.problems} == {"key", "title", "theme", "file", "start"}
    assert Dataset.objects.count() == 0


def test_what_is_wrong_names_the_row_the_column_and_the_way_out(send, browser):
    batch = send({**GOOD, "theme": "Ambente", "file": "alberii.csv"})

    page = browser.get(f"/pubblica/in-blocco/{batch.uuid}").text

    assert "Riga 2 ·" in page
    assert "Colonna «Tema»: «Ambente» non è una voce dell&#x27;elenco: forse volevi «Ambiente»." in page
    assert "Il file «alberii.csv» non è tra quelli caricati (alberi.csv)" in page


def test_running_makes_the_drafts_with_their_files(send, browser):
    batch = run(send(GOOD), browser)

    dataset = Dataset.objects.get()
    record = to_record(dataset)
    assert batch.state == Batch.State.DONE
    assert dataset.identifier == "c_e506:alberi-monumentali"
    assert (record.temporal[0].start_date, record.temporal[0].end_date) == ("2020", "2023-12-31")
    assert record.contact_point[0].has_email == "opendata@example.org"
    assert record.distribution[0].license.iri == "https://creativecommons.org/licenses/by/4.0/"
    assert FileVersion.objects.get().stored.path.read_bytes() == TREES


def test_the_same_sheet_again_does_nothing(send, browser):
    run(send(GOOD), browser)

    again = send(GOOD)

    assert again.rows.get().outcome == BatchRow.Outcome.SAME
    run(again, browser)
    assert (Dataset.objects.count(), FileVersion.objects.count()) == (1, 1)


def test_a_changed_row_and_a_changed_file_update_the_same_dataset(send, browser):
    run(send(GOOD), browser)

    again = send(
        {**GOOD, "title": "Alberi di pregio"}, archive=zip_of(alberi_csv=TREES + b"071060;Olea;3,00;01/01/2024\n")
    )

    assert again.rows.get().outcome == BatchRow.Outcome.UPDATE
    run(again, browser)
    assert Dataset.objects.get().title == "Alberi di pregio"
    assert Distribution.objects.get().series.versions.count() == 2


def test_a_run_that_was_killed_goes_on_where_it_was(send, browser, ada):
    other = {**GOOD, "key": "altri-alberi", "title": "Altri alberi"}
    batch = actions.start_batch(send(GOOD, other), by=ada)
    first = batch.rows.in_order()[0]
    # The worker died after the first row.
    actions.run_batch(Batch(pk=batch.pk, uuid=batch.uuid, agent=batch.agent, user_id=batch.user_id))
    batch.rows.filter(pk=first.pk).update(state=BatchRow.State.DONE)
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.RUNNING)

    work()

    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    assert Dataset.objects.count() == 2


def test_a_row_that_is_refused_stops_no_other(send, browser, lecce):
    batch = send(GOOD, {**GOOD, "key": "vuoto", "file": "vuoto.csv"}, archive=zip_of(alberi_csv=TREES, vuoto_csv=b""))

    assert [row.outcome for row in batch.rows.in_order()] == [BatchRow.Outcome.CREATE, BatchRow.Outcome.WRONG]
    run(batch, browser)
    assert [row.state for row in batch.rows.in_order()] == [BatchRow.State.DONE, BatchRow.State.LEFT]


def sign(batch: Batch, browser, *, rows=None, **answers: str) -> int:
    """Send the form as somebody does who may publish; the status of the answer."""
    usual = {f"answer_{question.code}": question.usual for question in QUESTIONS}
    chosen = [row.number for row in batch.rows.drafts()] if rows is None else rows
    address = f"/pubblica/in-blocco/{batch.uuid}/pubblica"
    hidden = {field.name: field.value() for field in browser.get(address).context["form"].seals()}
    answer = browser.post(address, {**usual, **hidden, "rows": chosen, **answers})
    work()
    batch.refresh_from_db()
    return answer.status_code


def looked_at() -> None:
    """The files were read, and nothing was found: the rooms that do it are not at work here."""
    for hold in Hold.objects.still_open().of_kind(Hold.Kind.EXAMINATION):
        lift_hold(hold, by=SYSTEM, reason="letto")


OTHER = {**GOOD, "key": "altri-alberi", "title": "Altri alberi"}


def test_one_signature_publishes_the_drafts_that_are_ready(send, browser):
    batch = run(send(GOOD, {**OTHER, "description": "Corta."}), browser)
    page = browser.get(f"/pubblica/in-blocco/{batch.uuid}/pubblica")
    assert "2 non sono ancora pronti" in page.text
    looked_at()

    page = browser.get(f"/pubblica/in-blocco/{batch.uuid}/pubblica")
    assert [draft.row.dataset.title for draft in page.context["ready"]] == ["Alberi monumentali", "Altri alberi"]
    assert sign(batch, browser) == 302

    assert batch.state == Batch.State.DONE
    assert {dataset.status for dataset in Dataset.objects.all()} == {Dataset.Status.PUBLISHED}
    assert {one.signed_by.email for one in Declaration.objects.select_related("signed_by")} == {"ada@example.org"}
    shown = browser.get(f"/pubblica/in-blocco/{batch.uuid}").text
    assert "Finito." in shown and "Firma e pubblica" not in shown


def test_a_draft_that_is_refused_stays_unsigned_and_says_why(send, browser):
    batch = run(send(GOOD, OTHER), browser)
    first, second = batch.rows.in_order()
    looked_at()
    open_hold(second.dataset, Hold.Kind.PERSONAL_DATA, by=SYSTEM)

    assert [one.row.number for one in drafts_of(batch) if one.is_ready] == [first.number]
    # The suspicion came up between the page and the click.
    Batch.objects.filter(pk=batch.pk).update(
        state=Batch.State.PUBLISHING,
        signer=User.objects.get(email="ada@example.org"),
        signed={
            "answers": {question.code: {"answer": question.usual} for question in QUESTIONS},
            "rows": [first.number, second.number],
        },
    )
    publish_task(batch.pk)

    assert Declaration.objects.get().dataset == first.dataset
    second.refresh_from_db()
    assert "potrebbe contenere dati personali" in second.problems[0]["message_it"]
    assert Dataset.objects.get(pk=second.dataset_id).status == Dataset.Status.DRAFT


def test_a_trial_that_nobody_ran_is_forgotten_with_its_files(send, browser):
    tried, done = send(GOOD), run(send(OTHER), browser)
    later = timezone.now() + actions.TRIALS_KEPT

    assert actions.sweep_trials(now=later - timedelta(hours=1)) == 0
    assert folder_of(tried.uuid).exists()
    lost = folder_of(uuid4())
    lost.mkdir()
    assert actions.sweep_trials(now=later + timedelta(minutes=1)) == 1

    assert list(Batch.objects.all()) == [done]
    assert not folder_of(tried.uuid).exists() and not lost.exists()


def test_data_that_came_after_the_page_are_not_signed_with_the_others(send, browser, ada):
    batch = run(send(GOOD, OTHER), browser)
    looked_at()
    first, second = batch.rows.in_order()
    shown = {row.number: subject_of(row.dataset).seal for row in (first, second)}
    file = second.dataset.distributions.get()
    stored = receive([TREES + b"9;Pinus\n"], name="altri.csv", agent=batch.agent, by=ada)
    add_file_version(file, stored, name="altri.csv", by=ada)
    looked_at()

    answers = {question.code: {"answer": question.usual} for question in QUESTIONS}
    actions.sign_batch(batch, answers, shown=shown, by=ada)
    work()

    assert Declaration.objects.get().dataset == first.dataset
    second.refresh_from_db()
    assert "Mentre rispondevi" in second.problems[0]["message_it"]


def test_a_draft_without_a_description_is_not_ready(send, browser):
    batch = run(send(GOOD, {**OTHER, "description": ""}), browser)
    looked_at()

    ready, waiting = drafts_of(batch)

    assert ready.is_ready and not waiting.is_ready
    assert "descrizione" in waiting.words


def test_an_answer_that_forbids_publication_signs_nothing(send, browser):
    batch = run(send(GOOD), browser)
    looked_at()

    assert sign(batch, browser, answer_licence="no") == 400
    assert sign(batch, browser, rows=[]) == 400
    assert not Declaration.objects.exists()
    assert batch.state == Batch.State.DONE


def test_only_who_may_write_for_the_body_signs(send, browser):
    batch = run(send(GOOD), browser)
    answers = {question.code: {"answer": question.usual} for question in QUESTIONS}

    for somebody in (actor_of(User.objects.create_user("bruno@example.org")), SYSTEM):
        with pytest.raises(NotAllowed):
            actions.sign_batch(batch, answers, shown={2: ""}, by=somebody)


def test_the_report_is_a_csv_that_runs_nothing(send, browser):
    batch = send({**GOOD, "title": "=1+1"})

    answer = browser.get(f"/pubblica/in-blocco/{batch.uuid}/rapporto.csv")

    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert lines[1][:4] == ["2", "alberi-monumentali", "'=1+1", "nuovo dataset"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_read_back_without_its_example(browser, tmp_path, kind):
    content = browser.get(f"/pubblica/in-blocco/modello.{kind}").content

    assert content == (write_xlsx() if kind == "xlsx" else write_csv()) or kind == "xlsx"
    path = tmp_path / "sheet"
    path.write_bytes(content.replace(b"esempio-da-cancellare", b"alberi") if kind == "csv" else content)
    if kind == "csv":
        assert read_sheet(path, "modello.csv")[0].cells["key"] == "alberi"


def test_a_sheet_that_is_not_the_template_says_so(browser):
    browser.post(
        "/pubblica/in-blocco",
        {"agent": "c_e506", "sheet": SimpleUploadedFile("altro.csv", b"a;b\n1;2\n"), "several": []},
    )
    work()

    batch = Batch.objects.get()
    assert batch.state == Batch.State.UNREADABLE
    assert "parti dal modello" in batch.problems[0]["message_it"]


def damaged_data() -> bytes:
    """An archive whose member is no longer what was compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("alberi.csv", TREES * 500)
    content = bytearray(buffer.getvalue())
    content[40:60] = b"\xff" * 20
    return bytes(content)


def damaged_list() -> bytes:
    """An archive whose list of members is damaged, though its end still says that it is one."""
    content = bytearray(zip_of(alberi_csv=TREES))
    place = content.index(b"PK\x01\x02")
    content[place : place + 4] = b"XXXX"
    return bytes(content)


@pytest.mark.parametrize("archive", [damaged_data(), damaged_list()], ids=["data", "list"])
def test_a_damaged_archive_is_said_to_be_damaged_and_nothing_of_it_stays(browser, settings, archive):
    answer = browser.post(
        "/pubblica/in-blocco",
        {
            "agent": "c_e506",
            "sheet": SimpleUploadedFile("elenco.xlsx", sheet_of(GOOD)),
            "file": SimpleUploadedFile("file.zip", archive),
        },
    )

    assert answer.status_code == 400
    assert "rovinato" in answer.content.decode()
    assert not Batch.objects.exists()
    assert not [path for path in (settings.VAR_DIR / "batches").rglob("*") if path.is_file()]


def test_nobody_sees_the_runs_of_another_body(send, client, db):
    batch = send(GOOD)
    client.force_login(User.objects.create_user("bruno@example.org"))

    assert client.get(f"/pubblica/in-blocco/{batch.uuid}").status_code == 404


def test_an_operator_does_it_from_a_terminal(lecce, tmp_path, capsys):
    sheet, folder = tmp_path / "elenco.xlsx", tmp_path / "dati"
    sheet.write_bytes(sheet_of(GOOD))
    folder.mkdir()
    (folder / "alberi.csv").write_bytes(TREES)

    call_command("publish_batch", str(sheet), body="c_e506", files=folder, run=True, report=tmp_path / "rapporto.csv")

    assert Dataset.objects.get().title == "Alberi monumentali"
    assert "fatto" in (tmp_path / "rapporto.csv").read_text("utf-8-sig")
