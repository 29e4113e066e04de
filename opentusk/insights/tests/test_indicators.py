"""Proves that page, CSV, JSON, snapshot and dataset say the same, and that no small cell of a world can be read."""

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.comments.actions import post, take_over
from opentusk.consultation import actions as consultation
from opentusk.consultation.counting import counts_at
from opentusk.consultation.models import MilestoneReport
from opentusk.demand import actions as demand
from opentusk.demand.models import Basket, WantedDataset
from opentusk.demand.states import Origin, Proponent, State
from opentusk.files.models import FileVersion
from opentusk.hackathon.tests.conftest import somebody
from opentusk.insights.actions import publish_years, take_snapshot
from opentusk.insights.indicators import INDICATORS, measure
from opentusk.insights.models import IndicatorSnapshot
from opentusk.insights.small_cells import SMALLEST_CELL, TOTAL, suppress
from opentusk.insights.worlds import WORLDS, crossed, people_by_world
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.people.models import User

ROWS, COLUMNS = ("a", "b", "c", "d"), ("2023", "2024", "2025")


def wishes(number: int, **fields) -> list[WantedDataset]:
    basket, _is_new = Basket.objects.get_or_create(edition=fields.pop("edition", "2026"))
    start = basket.last_number
    basket.last_number += number
    basket.save()
    values = {
        "primary_theme": "ENVI",
        "proponent_kind": Proponent.PERSON,
        "origin": Origin.DATALAB,
        "state": State.IN_BASKET,
    }
    return WantedDataset.objects.bulk_create(
        WantedDataset(basket=basket, number=start + one, title=f"Dato {start + one}", **values | fields)
        for one in range(1, number + 1)
    )


def values() -> dict[str, dict[str, float | int | None]]:
    return {one.indicator.code: {row.dimension: row.value for row in one.rows} for one in measure()}


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("seed", range(40))
def test_invariant_26_no_small_cell_is_shown_or_left_alone_in_a_line(seed, width):
    columns, chance = COLUMNS[:width], Random(seed)
    cells = {(row, column): chance.choice((0, 1, 4, 5, 9, 30)) for row in ROWS for column in columns}

    shown = suppress(cells, ROWS, columns)

    assert all(number is None or number >= SMALLEST_CELL for number in shown.values())
    for row in ROWS:
        assert sum(shown[row, column] is None for column in (*columns, TOTAL)) != 1
        if shown[row, TOTAL] is not None:
            assert shown[row, TOTAL] == sum(cells[row, column] for column in columns)
    for column in (*columns, TOTAL):
        assert sum(shown[row, column] is None for row in ROWS) != 1


@pytest.mark.django_db
def test_invariant_26_totals_are_the_sums_of_the_worlds_and_small_cells_are_not_on_the_page(client):
    for world, number in (("pa", 12), ("citizens", 7), ("students", 2), ("", 1)):
        wishes(number, proponent_world=world)
    wishes(9, proponent_world="pa", edition="2024")

    table = next(one for one in crossed(with_demo=False) if one.editions)
    assert table.sums == [9, 22]
    assert table.total == 31
    assert len(table.rows) == len(WORLDS)
    cells = [cell for _name, line, total in table.rows for cell in (*line, total) if cell is not None]
    assert min(cells) >= SMALLEST_CELL
    page = client.get("/indicatori").content.decode()
    assert "<td>31</td>" in page
    assert "<td>2</td>" not in page.partition("Per mondo e per edizione")[2]


@pytest.mark.django_db
def test_the_values_come_from_the_rows_and_invented_ones_are_out_unless_asked(client):
    now = timezone.now()
    wishes(6)
    wishes(2, origin=Origin.REQUEST, primary_theme="TRAN", created_at=now - timedelta(days=4), assigned_at=now)
    wishes(5, is_demo=True)
    wishes(3, state=State.REFUSED, refusal_reason="not_held", public_answer="Nessuno lo ha.")

    found = values()

    assert sum(found["basket_by_origin"].values()) == sum(found["basket_by_theme"].values()) == 8
    assert found["basket_by_origin"][Origin.DATALAB] == 6
    assert found["refusals_by_reason"] == {"not_held": 3}
    assert found["days_to_assignment"] == {"": 4.0}
    assert found["share_published"] == {"": 0.0}
    rows = list(csv.DictReader(StringIO(client.get("/indicatori.csv?dimostrativi=1").content.decode())))
    assert {row["indicatore"] for row in rows} >= {"bodies_accredited", "works", "participants"}
    assert [row["valore"] for row in rows if row["dimensione"] == Origin.DATALAB] == ["0", "11"]
    told = client.get("/indicatori.json").json()["indicatori"]
    assert {"basket_by_theme", "TRAN"} <= {cell for row in told for cell in row.values() if isinstance(cell, str)}


@pytest.mark.django_db
def test_figures_of_another_platform_are_never_added_to_those_of_people_here():
    basket, wish = Basket.objects.create(edition="2026"), demand.Wish(title="Alberi", theme="ENVI")
    origin = {"origin": Origin.CONSULTATION, "consultation": "", "import_key": "altrove:1", "support": 28}
    item = demand.take_over(basket, wish, by=SYSTEM, **origin)
    demand.accept(item, by=SYSTEM)
    demand.endorse(item, by=somebody("dora"))
    about = reference_of(item)
    post(about, "Anche con le coordinate.", by=somebody("elio"))
    for number in range(3):
        take_over(about, "Utile.", by=SYSTEM, origin=f"altrove:{number}", created_at=timezone.now())

    found = values()

    assert found["endorsements"] == {"": 1}
    assert found["endorsements_imported"] == {"": 28}
    assert found["participants"] == {"": 2}
    assert counts_at("2026", timezone.now())["endorsements"] == 1
    assert (
        sum(total for table in crossed(with_demo=False) for total in table.sums if "Sostegni" in str(table.label)) == 1
    )


@pytest.mark.django_db
def test_people_of_the_demonstration_and_what_they_do_in_it_are_not_counted():
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    trial = consultation.create_consultation(by=SYSTEM, slug="c", edition="2026", title="C", is_demo=True, **times)
    consultation.schedule(trial, by=SYSTEM)
    dora, elio = somebody("dora"), somebody("elio")
    User.objects.filter(pk=elio.user_id).update(is_demo=True, world="pa")

    item = consultation.propose_wish(trial, demand.Wish(title="Alberi", theme="ENVI"), by=dora)
    demand.accept(item, by=SYSTEM)
    consultation.endorse_wish(trial, item, by=dora)
    consultation.endorse_proposal(trial.proposals.get(theme="ENVI"), by=dora)
    consultation.comment_on(trial, item, "Anche con le coordinate.", by=dora)

    found, with_demo = values(), people_by_world(with_demo=True)
    assert item.is_demo
    assert (found["endorsements"], found["comments"], found["participants"]) == ({"": 0}, {"": 0}, {"": 0})
    assert found["basket_by_theme"]["ENVI"] == 0
    assert (sum(found["people_by_world"].values()), with_demo["pa"], sum(with_demo.values())) == (1, 1, 2)


@pytest.mark.django_db
def test_the_milestone_is_the_frozen_report_beside_the_count_of_now():
    basket, dora = Basket.objects.create(edition="2026"), somebody("dora")
    for title in ("Alberi", "Parchi"):
        made = demand.propose(basket, demand.Wish(title=title, theme="ENVI"), by=dora, origin=Origin.REQUEST)
        demand.accept(made, by=SYSTEM)
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=2), "closes_at": now - timedelta(days=1)}
    held = consultation.create_consultation(by=SYSTEM, slug="c", edition="2026", title="C", **times)
    consultation.schedule(held, by=SYSTEM)
    consultation.freeze_report(held, by=SYSTEM)
    later = demand.propose(basket, demand.Wish(title="Fontane", theme="ENVI"), by=dora, origin=Origin.REQUEST)
    demand.accept(later, by=SYSTEM)

    found = values()

    assert MilestoneReport.objects.count() == 1
    assert found["milestone_consultation"] == {"2026": 2}
    assert found["basket_now"] == {"2026": 3}


@pytest.mark.django_db
def test_a_year_is_measured_again_until_it_ends_and_then_becomes_a_file_of_the_dataset(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    wishes(6)
    take_snapshot(today=date(2026, 11, 1))
    wishes(1)
    take_snapshot(today=date(2026, 12, 31))
    wishes(3)
    take_snapshot(today=date(2027, 1, 1))

    by_year = IndicatorSnapshot.objects.filter(code="basket_by_origin", dimension=Origin.DATALAB)
    assert [(one.period, one.value) for one in by_year.order_by("period")] == [(2026, 7), (2027, 10)]
    assert set(by_year.model.objects.values_list("code", flat=True)) <= {one.code for one in INDICATORS}
    assert publish_years(today=date(2027, 1, 1)) == [2026]
    assert publish_years(today=date(2027, 1, 2)) == []
    dataset = Dataset.objects.get(identifier__endswith=":indicatori-del-programma")
    version = FileVersion.objects.get(series__distribution__dataset=dataset)
    assert "2026,basket_by_origin,1,datalab" in version.stored.path.read_text()
    assert "2027" not in version.stored.path.read_text().replace("2027-01", "")
