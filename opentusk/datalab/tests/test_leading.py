"""Proves that who leads the tables does it on pages, and nobody else does."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from opentusk.datalab import actions
from opentusk.demand.models import DatalabTable, WantedDataset

pytestmark = pytest.mark.django_db


def test_who_leads_a_table_opens_closes_hides_merges_and_takes_back(enter, table, wish, facilitator, referent):
    one, other = wish("Alberi"), wish("Gli alberi di Lecce")
    address = f"/scrivania/tavoli/{table.datalab.slug}"
    assert enter(referent).get(address).status_code == 403
    client = enter(facilitator)

    def tap(item, what, **said):
        page = client.post(f"{address}/voci/{item.pk}/{what}", said, follow=True).content.decode()
        item.refresh_from_db()
        return page

    client.post(f"{address}/1/chiudi")
    assert not DatalabTable.objects.get(pk=table.pk).is_open(timezone.now())
    client.post(f"{address}/1/apri")
    assert DatalabTable.objects.get(pk=table.pk).is_open(timezone.now())
    assert "Annulla" in tap(one, "nascondi") and one.is_hidden
    tap(one, "mostra")
    assert 'value="ENVI"' in tap(one, "tema", theme="TRAN") and one.primary_theme == "TRAN"
    assert "Queste due voci" in tap(one, "unisci", target=one.number)
    tap(one, "unisci", target=other.number, keep="this")
    other.refresh_from_db()
    assert (one.merged_into, other.title, one.is_hidden) == (other, "Alberi", False)


def test_cards_are_typed_one_after_the_other_and_the_theme_stays(enter, table, facilitator):
    actions.close_table(table, by=facilitator)
    client = enter(facilitator)
    address = f"/scrivania/tavoli/{table.datalab.slug}/1/schede"
    page = client.post(address, {"title": "Fontane", "theme": "HEAL", "world": "pa"}, follow=True).content.decode()

    item = WantedDataset.objects.get()
    assert (item.title, item.primary_theme, item.proponent_world) == ("Fontane", "HEAL", "pa")
    assert "Voce n. 1 scritta" in page and '<option value="HEAL" selected>' in page


def test_the_desk_prepares_tables_for_an_event_and_nobody_else_sees_the_form(enter, staff, facilitator):
    now = timezone.localtime()
    edition = apps.get_model("programme.Edition").objects.create(slug="2026", title="Programma 2026")
    event = apps.get_model("programme.Event").objects.create(
        edition=edition, slug="datalab-bari", kind="datalab", title="Datalab di Bari", starts_at=now, ends_at=now
    )
    said = {"event": f"programme.event:{event.pk}", "tables": "ENER\nXXXX", "opens_at": f"{now:%Y-%m-%dT%H:%M}"}
    said["closes_at"] = f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}"

    assert "Prepara i tavoli" not in enter(facilitator).get("/scrivania/tavoli").content.decode()
    client = enter(staff)
    wrong = client.post("/scrivania/tavoli", said)
    made = client.post("/scrivania/tavoli", said | {"tables": "ENER ECON\nheal"})
    assert wrong.status_code == 400 and "XXXX" in wrong.content.decode()
    assert made.url == "/scrivania/tavoli/datalab-di-bari"
    assert [table.themes for table in DatalabTable.objects.order_by("number")] == [["ENER", "ECON"], ["HEAL"]]


def test_whoever_leads_tables_finds_the_way_there_from_the_desk(enter, facilitator, citizen):
    of_the_facilitator = enter(facilitator).get("/scrivania").content.decode()
    of_somebody = enter(citizen).get("/scrivania").content.decode()

    assert ('href="/scrivania/tavoli"' in of_the_facilitator, "nessun ente" in of_the_facilitator) == (True, False)
    assert ('href="/scrivania/tavoli"' in of_somebody, "nessun ente" in of_somebody) == (False, True)
