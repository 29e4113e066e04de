"""Proves that Italian is found as Italians write it."""

import pytest

from opentusk.search.actions import rebuild_index
from opentusk.search.finding import find
from opentusk.search.question import Question
from opentusk.search.words import read_asked, variants_of

TITLES = (
    "Qualità dell'aria a Lecce",
    "Scuole dell'infanzia",
    "Edificio storico e museo",
    "Laghi e bacini artificiali",
    "Biblioteche di quartiere",
    "Raccolta dei rifiuti urbani",
    "Rifiuti speciali e bilanci urbani",
)


@pytest.fixture(autouse=True)
def _titles(publish_dataset):
    for title in TITLES:
        publish_dataset(title)
    rebuild_index()


def titles_for(text: str) -> list[str]:
    from opentusk.catalog.models import Dataset

    return [Dataset.objects.get(pk=pk).title for pk in find(Question(text=text)).ids]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("qualita", "Qualità dell'aria a Lecce"),
        ("QUALITÀ", "Qualità dell'aria a Lecce"),
        ("qualita\u0300", "Qualità dell'aria a Lecce"),
        ("l'aria", "Qualità dell'aria a Lecce"),
        ("nell’aria", "Qualità dell'aria a Lecce"),
        ("la qualità dell'aria", "Qualità dell'aria a Lecce"),
        ("scuola", "Scuole dell'infanzia"),
        ("edifici", "Edificio storico e museo"),
        ("lago", "Laghi e bacini artificiali"),
        ("biblio", "Biblioteche di quartiere"),
        ("bibliotech", "Biblioteche di quartiere"),
        ("quartieri", "Biblioteche di quartiere"),
        ("bibiloteche", "Biblioteche di quartiere"),
        ("infansia", "Scuole dell'infanzia"),
        ("artifciali", "Laghi e bacini artificiali"),
        ('"rifiuti urbani"', "Raccolta dei rifiuti urbani"),
        ("«raccolta dei rifiuti»", "Raccolta dei rifiuti urbani"),
    ],
)
def test_a_question_finds_the_title_it_means_and_no_other(text, title):
    assert titles_for(text) == [title]


def test_all_words_must_be_found():
    assert sorted(titles_for("rifiuti urbani")) == ["Raccolta dei rifiuti urbani", "Rifiuti speciali e bilanci urbani"]
    assert titles_for("rifiuti scuole") == []


def test_a_mistyped_question_says_that_it_was_read_generously():
    assert find(Question(text="bibiloteche")).is_widened
    assert not find(Question(text="biblioteche")).is_widened


def test_a_short_word_is_never_guessed():
    assert titles_for("arja") == []


def test_a_body_is_found_by_its_name_and_by_its_code(publish_dataset):
    publish_dataset("Alberi", body="c_a662")
    rebuild_index()

    assert titles_for("comune di bari") == ["Alberi"]
    assert titles_for("c_a662") == ["Alberi"]


@pytest.mark.parametrize("text", ["", " ", '"', '""', "«»", "il", "???", "a:b AND (", "'", "*", "\x00", "🌳"])
def test_no_question_is_an_error(text):
    find(Question(text=text))


def test_only_the_last_word_is_taken_for_a_beginning_and_only_while_it_is_typed():
    assert read_asked("scuole inf").started == "inf"
    assert read_asked("scuole infanzia ").started == ""
    assert read_asked('inf "scuole materne"').started == ""


def test_plurals_that_the_stemmer_cuts_elsewhere_are_the_same_word():
    for singular, plural in (("lago", "laghi"), ("edificio", "edifici"), ("atto", "atti"), ("parco", "parchi")):
        assert set(variants_of(singular)) & set(variants_of(plural))
