"""Proves what becomes an event, in which words, and that nothing private ever does."""

import json
import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentusk.catalog.actions import change_record, create_draft, delete_draft, publish, restore, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import trees
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.records import LicenseDocument
from opentusk.kit.tables.changes import TableDiff
from opentusk.notices.actions import rebuild_events, tell
from opentusk.notices.catalogue import RULES, all_rules
from opentusk.notices.errors import ReservedFacts
from opentusk.notices.models import Announcement, Event, Family, Severity
from opentusk.notices.rules import RESERVED, Rule
from opentusk.notices.tests.conftest import told
from opentusk.notices.tests.speaking import Announcements
from opentusk.notices.words import SPOKEN, line_for
from opentusk.tables.events import TablesEvent

pytestmark = pytest.mark.django_db


def changed(dataset: Dataset, **fields) -> Dataset:
    record = replace(to_record(dataset), **fields)
    return change_record(dataset, record, by=SYSTEM, expected=dataset.checksum)


def lines() -> list[str]:
    return [line_for(event) for event in Event.objects.order_by("seq")]


def test_a_publication_is_told_with_what_it_is_about(published):
    told()

    event = Event.objects.get()
    assert (event.type, event.is_public, event.themes, event.places) == ("dataset.published", True, ["ENVI"], ["Lecce"])
    assert event.payload["dataset"]["identifier"] == "c_e506:alberi"
    assert event.payload["holder"]["name"] == "Comune di Lecce"
    assert event.id == Entry.objects.get(event="catalog.dataset_published").id


def test_a_changed_description_says_what_was_and_what_is(published):
    changed(published, title={"it": "Alberi di Lecce"})

    assert told() == ["dataset.published", "dataset.metadata_changed"]
    payload = Event.objects.order_by("-seq").first().payload
    was, now = {"it": "Alberi del verde pubblico"}, {"it": "Alberi di Lecce"}
    assert payload["fields"] == [{"name": "title", "before": was, "after": now}]
    assert lines()[-1] == "Descrizione modificata: titolo."


def new_data(dataset: Dataset, **differences) -> None:
    """What the tables say when a new version goes out, with the differences as the reading keeps them."""
    counts = {"added": 0, "removed": 0, "changed": 0} | differences
    changes = {name: value for name, value in asdict(TableDiff(rows=Path(), **counts)).items() if name != "rows"}
    facts = {"table": "t", "from": 1, "to": 2, "changes": changes}
    record(TablesEvent.DATA_CHANGED, dataset, by=SYSTEM, facts=facts, is_public=True)


def test_new_data_say_how_many_rows_and_in_which_columns(published):
    new_data(published, added=3, changed=2, key=("codice",), per_column={"specie": 1, "altezza": 2})

    assert told() == ["dataset.published", "file.updated"]
    payload = Event.objects.order_by("-seq").first().payload
    expected = {"from_version": 1, "to_version": 2, "added": 3, "removed": 0, "changed": 2}
    assert expected.items() <= payload.items()
    assert lines()[-1] == "Dati aggiornati: 3 righe aggiunte, 2 righe cambiate. Colonne toccate: altezza, specie."


def test_without_a_key_no_row_is_said_to_be_unchanged(published):
    new_data(published, added=1, removed=1)
    told()

    assert "changed" not in Event.objects.get(type="file.updated").payload


@pytest.mark.parametrize(
    ("columns", "severity", "said"),
    [
        ({"removed_columns": ("specie",)}, "breaking", "tolte: specie"),
        ({"retyped": ("altezza",), "added_columns": ("note",)}, "breaking", "aggiunte: note; di tipo diverso: altezza"),
        ({"added_columns": ("note",)}, "info", "aggiunte: note"),
    ],
)
def test_other_columns_are_an_event_of_their_own(published, columns, severity, said):
    new_data(published, added=1, **columns)

    assert told() == ["dataset.published", "file.updated", "file.schema_changed"]
    event = Event.objects.get(type="file.schema_changed")
    assert (event.severity, event.payload["breaking"]) == (severity, severity == "breaking")
    assert line_for(event) == f"Colonne cambiate: {said}."


def test_a_changed_licence_is_an_event_of_its_own(published):
    part = to_record(published).distribution[0]
    zero = LicenseDocument(iri="http://creativecommons.org/publicdomain/zero/1.0/")
    changed(published, distribution=(replace(part, license=zero),))

    assert told()[-2:] == ["dataset.metadata_changed", "dataset.licence_changed"]
    first, second = Event.objects.order_by("-seq")[:2]
    assert first.id != second.id
    assert "Licenza cambiata" in lines()[-1]


def test_a_draft_is_never_told_and_its_past_is_not_told_later(lecce):
    draft = create_draft(trees(), holder=lecce, by=SYSTEM)
    changed(draft, title={"it": "Segretissimo"})
    told()
    publish(draft, by=SYSTEM)
    told()

    public = Event.objects.public()
    assert [event.type for event in public] == ["dataset.published"]
    assert "Segretissimo" in str(public.get().payload["dataset"]["title"])


def test_a_withdrawn_dataset_leaves_only_its_withdrawal(published):
    changed(published, title={"it": "Alberi di Lecce"})
    told()
    published.refresh_from_db()
    withdraw(published, by=SYSTEM, reason="superato")
    told()

    assert [event.type for event in Event.objects.public()] == ["dataset.withdrawn"]
    assert lines()[-1] == "Ritirato. Motivo: superato"


def test_telling_twice_changes_nothing(published):
    told()
    tell(list(Entry.objects.order_by("seq")))

    assert Event.objects.count() == 1


def test_everything_can_be_made_again(published):
    changed(published, title={"it": "Alberi di Lecce"})
    told()
    before = list(Event.objects.order_by("seq").values("seq", "id", "type", "payload", "is_public"))

    assert rebuild_events() == len(before)
    assert list(Event.objects.order_by("seq").values("seq", "id", "type", "payload", "is_public")) == before


def test_a_very_long_change_is_left_at_its_address(published):
    changed(published, description={"it": "parola " * 1_000})
    told()

    event = Event.objects.order_by("-seq").first()
    assert len(json.dumps(event.payload)) < 20_000
    assert event.payload["fields"] == [{"name": "description", "is_long": True}]


_STEPS = st.lists(st.sampled_from(["publish", "withdraw", "restore", "rename", "tell"]), max_size=9)


@given(steps=_STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_shows_what_is_not_public(lecce, steps):
    Event.objects.all().delete()
    Dataset.objects.all().delete()
    dataset = create_draft(trees(), holder=lecce, by=SYSTEM)
    private_changes = 0
    for number, step in enumerate(steps):
        dataset.refresh_from_db()
        if step == "publish" and dataset.status == "draft":
            publish(dataset, by=SYSTEM)
        if step == "withdraw" and dataset.is_published:
            withdraw(dataset, by=SYSTEM, reason="prova")
        if step == "restore" and dataset.is_withdrawn:
            restore(dataset, by=SYSTEM)
        if step == "rename":
            private_changes += not dataset.is_published
            changed(dataset, title={"it": f"Titolo {number}"})
        if step == "tell":
            told()

    told()
    dataset.refresh_from_db()
    public = list(Event.objects.public())
    if dataset.status == "draft":
        assert public == []
    if dataset.is_withdrawn:
        assert {event.type for event in public} == {"dataset.withdrawn"}
    hidden = Event.objects.filter(type="dataset.metadata_changed", is_public=False).count()
    assert hidden == private_changes


def test_a_deleted_draft_leaves_nothing(lecce):
    delete_draft(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)

    assert told() == []


def test_every_type_has_its_sentence_in_both_languages_and_its_line_in_the_reference():
    written = (Path(django_settings.BASE_DIR) / "docs" / "reference" / "public-events.md").read_text()
    rows = {(row[0], row[1], row[2], row[3]) for row in _reference_rows(written)}

    assert {rule.type for rule in RULES} == set(SPOKEN)
    assert {(rule.type, rule.family, rule.severity, rule.code) for rule in all_rules()} == rows
    for rule in all_rules():
        event = Event(type=rule.type, payload=dict.fromkeys(rule.facts))
        said = line_for(event)
        with override("en"):
            assert said and line_for(event) != said


def _reference_rows(text: str) -> list[tuple[str, str, str, str]]:
    found = re.findall(r"^\| `([\w.]+)` \| (\w+) \| (\w+) \| .* \| `([\w.]+)` \|$", text, re.MULTILINE)
    return [(kind, family, severity, code) for kind, family, severity, code in found]


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_rule_may_not_give_a_fact_that_every_event_has(name):
    with pytest.raises(ReservedFacts):
        Rule("x.happened", "x.happened", Family.DATA, Severity.INFO, facts=("number", name))


class Overwriting(Announcements):
    """A room whose rule gives a fact that it does not declare, and that is taken."""

    rules = (Rule("x.happened", "x.happened", Family.DATA, Severity.INFO, build=lambda entry: {"holder": "altro"}),)


def test_a_fact_that_would_overwrite_what_an_event_says_of_its_thing_is_refused(published):
    item = Announcement.objects.create(dataset=published, text="Più alberi", on=date(2027, 1, 1))
    entry = record("x.happened", item, by=SYSTEM, is_public=True)

    with override_settings(NOTICE_SPEAKERS=[f"{__name__}.Overwriting"]), pytest.raises(ReservedFacts) as refusal:
        tell([entry])

    assert (refusal.value.type, refusal.value.names) == ("x.happened", ("holder",))
    assert not Event.objects.filter(type="x.happened").exists()
