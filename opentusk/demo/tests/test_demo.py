"""Proves that the demonstration says what it is, has what it promises, and goes away whole."""

from datetime import date

import pytest

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.demo.actions import FILES_DIR, load_demo, remove_demo
from opentusk.demo.bodies import BODIES
from opentusk.demo.files import LABEL
from opentusk.demo.topics import TOPICS
from opentusk.kit.vocabularies import SUBTHEMES, THEMES
from opentusk.kit.vocabularies.bodies import find_body
from opentusk.kit.vocabularies.territory import find_municipality
from opentusk.people.models import User

TODAY = date(2026, 11, 24)


@pytest.fixture
def demo(db):
    return load_demo(today=TODAY, progress=lambda done, total: None)


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


def test_every_row_says_that_it_is_invented(demo, client):
    assert not Dataset.objects.filter(is_demo=False).exists()
    described = Dataset.objects.values_list("record__description__it", flat=True)
    assert all("inventato a scopo dimostrativo" in text for text in described)

    answer = client.get("/dimostrazione/c_e506-alberi.csv")

    assert LABEL in answer.getvalue().decode()
    answer.close()


def test_a_file_answers_head_with_its_exact_length(demo, client):
    answer = client.head("/dimostrazione/c_e506-alberi.csv")

    assert answer.status_code == 200
    assert int(answer["Content-Length"]) == (FILES_DIR / "c_e506-alberi.csv").stat().st_size
    answer.close()
    assert client.get("/dimostrazione/..%2Fopentusk.csv").status_code == 404


def test_loading_again_makes_nothing_new(demo):
    assert load_demo(today=TODAY, progress=lambda done, total: None) == 0


def test_one_command_takes_it_away(demo):
    assert remove_demo() == demo

    assert not Dataset.objects.exists()
    assert not Agent.objects.filter(is_demo=True).exists()
    assert not User.objects.exists()
