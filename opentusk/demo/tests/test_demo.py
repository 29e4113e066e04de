"""Proves that the demonstration says what it is, has what it promises, and goes away whole."""

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.models import Dataset, Distribution
from opentusk.demand.models import WantedDataset
from opentusk.demo.actions import FILES_DIR, load_demo, remove_demo
from opentusk.demo.bodies import BODIES
from opentusk.demo.files import LABEL
from opentusk.demo.tables import EXPLORED, OF_PEOPLE
from opentusk.demo.topics import TOPICS
from opentusk.files.models import FileSeries
from opentusk.joining.models import Accreditation, Obligation
from opentusk.journal.models import Task
from opentusk.kit.personal.codes import is_codice_fiscale
from opentusk.kit.vocabularies import SUBTHEMES, THEMES
from opentusk.kit.vocabularies.bodies import find_body
from opentusk.kit.vocabularies.territory import find_municipality
from opentusk.people.models import RoleGrant, User
from opentusk.reuse.models import Work

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loading takes seconds: once for all tests of this module, each of which takes back only what it changed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield load_demo(today=TODAY, progress=lambda done, total: None)
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def demo(loaded, db):
    """An answer with a file is read to its end and not closed: that would close the connection with what was loaded."""
    return loaded


def test_the_bodies_are_real():
    assert [body.ipa_code for body in BODIES if find_body(body.ipa_code) is None] == []
    assert [body.name for body in BODIES if body.istat and find_municipality(body.istat) is None] == []


def test_the_topics_are_over_all_thirteen_themes():
    wanted = {term.code for term in THEMES.terms if not term.provisional}

    assert {topic.theme for topic in TOPICS} == wanted
    assert [topic.key for topic in TOPICS if topic.subject and SUBTHEMES.by_code(topic.subject) is None] == []


def test_there_are_enough_datasets_in_every_state(demo):
    assert demo > 250
    assert Dataset.objects.published().count() > 250
    assert Dataset.objects.withdrawn().exists()
    assert Dataset.objects.filter(status=Dataset.Status.DRAFT).exists()


def test_every_row_says_that_it_is_invented_and_some_can_be_explored(demo, client):
    assert not Dataset.objects.filter(is_demo=False).exists()
    described = Dataset.objects.values_list("record__description__it", flat=True)
    assert all("inventato a scopo dimostrativo" in text for text in described)

    # Some files are given to be read, and one that names people waits for somebody to decide.
    given = Distribution.objects.filter(series__isnull=False).select_related("dataset", "series")
    of_people = given.get(dataset__identifier=OF_PEOPLE)

    assert {row.dataset.identifier for row in given} == {*EXPLORED, OF_PEOPLE}
    assert all(LABEL in row.series.versions.get().stored.path.read_text() for row in given)
    assert of_people.dataset.status == Dataset.Status.DRAFT
    codes = re.findall(r"[A-Z]{6}[A-Z0-9]{10}", of_people.series.versions.get().stored.path.read_text())
    assert len(codes) == 24
    assert all(is_codice_fiscale(code) for code in codes)

    answer = client.get("/dimostrazione/c_e506-alberi.csv")
    assert LABEL in answer.getvalue().decode()


def test_a_file_answers_head_with_its_exact_length(demo, client):
    answer = client.head("/dimostrazione/c_e506-alberi.csv")

    assert answer.status_code == 200
    assert int(answer["Content-Length"]) == (FILES_DIR / "c_e506-alberi.csv").stat().st_size
    assert answer.getvalue() == b""
    assert client.get("/dimostrazione/..%2Fopentusk.csv").status_code == 404


def test_loading_again_makes_nothing_new(demo):
    assert load_demo(today=TODAY, progress=lambda done, total: None) == 0


def test_requests_to_join_are_of_invented_bodies_in_many_states_and_write_to_nobody(demo):
    rows = Accreditation.objects.all()

    assert {row.status for row in rows} >= {"requested", "under_review", "transmitted", "active", "suspended"}
    assert all(row.is_demo and "dimostrativ" in row.name and find_body(row.subject_code) is None for row in rows)
    assert not Task.objects.filter(function__endswith="send_letter").exists()
    assert Membership.objects.filter(agent__ipa_code="c_e506").count() == 3


def test_the_programme_comes_after_the_datasets_so_that_a_wish_of_each_theme_is_answered_by_one(demo):
    states = ("assigned", "in_progress", "published")
    wishes = WantedDataset.objects.of_edition("2023").filter(state__in=states)

    assert Counter(wishes.values_list("state", flat=True)) == dict.fromkeys(states, 13)
    for wish in wishes:
        answers = [link.dataset for link in wish.links.holding()]
        assert len(answers) == (wish.state == "published")
        assert all(one.is_demo and one.rights_holder_id == wish.assigned_body_id for one in answers)
    works = Work.objects.filter(is_demo=True)
    assert works.count() == works.filter(datasets__isnull=False).distinct().count() == 32
    assert set(RoleGrant.objects.valid().values_list("role", flat=True)) == {"facilitator", "moderator", "juror"}


def test_one_command_takes_it_away(demo, monkeypatch, tmp_path):
    # The files of the others stay: only rows are taken back after a test.
    monkeypatch.setattr("opentusk.demo.actions.FILES_DIR", Path(shutil.copytree(FILES_DIR, tmp_path / "demo")))

    assert remove_demo() == demo

    assert not Dataset.objects.exists()
    assert not FileSeries.objects.exists()
    assert not Agent.objects.filter(is_demo=True).exists()
    assert not User.objects.exists()
    assert not Accreditation.objects.exists()
    assert not Obligation.objects.exists()
    assert not WantedDataset.objects.exists()
    assert not Work.objects.exists()
    assert list((tmp_path / "demo").iterdir()) == []
