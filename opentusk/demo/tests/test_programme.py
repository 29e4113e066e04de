"""Proves that the demonstration of the programme claims the known figures and nothing else, discrepancies included."""

import json
from io import BytesIO

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from opentusk.consultation.counting import canonical, counts_at
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.demand.models import Datalab, DatalabTable, Endorsement, WantedDataset
from opentusk.demo.participation import facts, load_programme, remove_programme
from opentusk.hackathon.models import Entry, Hackathon, RankedEntry
from opentusk.programme.models import Edition, Event
from opentusk.reuse.models import Work

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    # Once for all tests, and rolled back: the journal it writes would be there for every test of this worker.
    with django_db_blocker.unblock(), transaction.atomic():
        load_programme()
        yield
        transaction.set_rollback(True)


def report(kind):
    return json.loads(MilestoneReport.objects.get(kind=kind).counts)


CLAIMS = {
    "invariant 6: the basket after the datalabs": (lambda: report("datalab")["basket"], 219),
    "invariant 6: the basket after the consultation": (lambda: report("consultation")["basket"], 242),
    "the basket now": (lambda: WantedDataset.objects.of_edition("2023").in_the_basket().count(), 242),
    "wishes of Lecce": (lambda: of_datalab("datalab-lecce-2023"), 71),
    "wishes of Foggia": (lambda: of_datalab("datalab-foggia-2023"), 95),
    "wishes of Brindisi": (lambda: of_datalab("datalab-brindisi-2023"), 53),
    "wishes of the consultation": (lambda: WantedDataset.objects.filter(origin="consultation").count(), 23),
    "themes": (lambda: len([n for n in report("consultation")["by_theme"].values() if n]), 13),
    "people at the datalabs": (
        lambda: sum(event.declared_attendance for event in Event.objects.filter(kind="datalab", edition__slug="2023")),
        185,
    ),
    "webinars of 2023": (lambda: Event.objects.filter(kind="webinar", edition__slug="2023").count(), 5),
    "participants in 2023": (lambda: hackathon("2023").participants_declared, 91),
    "invariant 22: tables of 2023": (lambda: hackathon("2023").tables_declared, 19),
    "invariant 22: works of 2023": (lambda: hackathon("2023").entries.count(), 13),
    "works of 2024": (lambda: hackathon("2024").entries.count(), 19),
    "apps of 2024": (lambda: hackathon("2024").entries.filter(category="app").count(), 12),
    "stories of 2024": (lambda: hackathon("2024").entries.filter(category="storytelling").count(), 7),
    "registered in 2024": (lambda: hackathon("2024").registrations_declared, 135),
    "present in 2024": (lambda: hackathon("2024").participants_declared, 100),
    "awards of 2024": (lambda: hackathon("2024").awards.count(), 6),
    "weights of 2026": (lambda: sum(one.weight for one in hackathon("2026").criteria.all()), 100),
    "rankings that nobody published": (lambda: RankedEntry.objects.count(), 0),
}


def hackathon(edition):
    return Hackathon.objects.get(slug=f"hackathon-{edition}")


def of_datalab(slug):
    event = Event.objects.get(slug=slug)
    return WantedDataset.objects.in_the_basket().filter(event=f"programme.event:{event.pk}").count()


@pytest.mark.parametrize("claim", CLAIMS)
def test_invariant_28_every_figure_that_is_claimed_is_counted_from_the_rows(loaded, claim):
    count, expected = CLAIMS[claim]

    assert count() == expected


@pytest.mark.parametrize(("kind", "basket"), [("datalab", 219), ("consultation", 242)])
def test_invariant_06_page_csv_json_pdf_and_indicators_show_the_one_figure_of_the_milestone(
    loaded, client, kind, basket
):
    address = f"/rapporti/{MilestoneReport.objects.get(kind=kind).uuid}"

    page, table = (client.get(f"{address}{ending}").content.decode() for ending in ("", "/sintesi.csv"))
    pdf = PdfReader(BytesIO(client.get(f"{address}/rapporto.pdf").content))
    printed = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    rows = client.get("/indicatori.json?dimostrativi=1").json()["indicatori"]

    assert f"Voci nel paniere,{basket}" in table
    assert f"<td>{basket}</td>" in page and f"Voci nel paniere {basket}" in printed
    assert client.get(f"{address}/numeri.json").json()["basket"] == basket
    assert [row["valore"] for row in rows if row["indicatore"] == f"milestone_{kind}"] == [basket]


def test_the_facts_add_up_as_they_are_known():
    columns = [sum(counts[index] for counts in facts.BASKET.values()) for index in range(4)]

    assert columns == [71, 95, 53, 23]
    assert sum(columns[:3]) == 219


def test_invariant_28_every_invented_row_is_labelled_and_unknown_days_stay_unknown(loaded):
    for model in (Edition, Event, Datalab, WantedDataset, Endorsement, Consultation, Hackathon, Entry, Work):
        assert not model.objects.filter(is_demo=False).exists(), model
    assert Event.objects.filter(kind="webinar", starts_at__isnull=False).count() == 0


def test_a_report_of_the_demonstration_is_what_the_journal_tells(loaded):
    kept = MilestoneReport.objects.get(kind="datalab")

    assert canonical(counts_at("2023", kept.as_of)) == kept.counts


def test_something_is_open_to_be_tried_by_hand(loaded):
    now = timezone.now()

    assert DatalabTable.objects.filter(opens_at__lte=now, closes_at__gt=now).count() == 2
    assert [one.title for one in Consultation.objects.all() if one.is_open(now)] == ["Consultazione di prova"]
    assert hackathon("di-prova").takes_entries(now)


def test_loading_again_makes_nothing_and_removing_leaves_nothing(loaded):
    assert load_programme() == 0
    assert WantedDataset.objects.count() == 242
    assert remove_programme() == 242
    left = [model for model in (Edition, Event, WantedDataset, Endorsement, Hackathon, Work) if model.objects.exists()]
    assert left == []
