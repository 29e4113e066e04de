"""Proves that a thing of another room is found by its name, and that a name nobody answers for gives nothing."""

import pytest

from opentusk.journal.subjects import Card, SubjectKind, card_of, cards_of

LECCE = Card(subject="programme.event:1", title="Datalab di Lecce", url="/eventi/datalab-lecce", is_public=True)


def one(number: int) -> Card | None:
    return LECCE if number == 1 else None


def choices() -> list[Card]:
    return [LECCE]


SUBJECTS = (SubjectKind(kind="programme.event", one=f"{__name__}.one", choices=f"{__name__}.choices"),)


@pytest.fixture(autouse=True)
def answering(settings):
    settings.SUBJECTS = f"{__name__}.SUBJECTS"


def test_a_thing_is_found_by_its_name():
    assert card_of("programme.event:1") == LECCE
    assert cards_of("programme.event") == [LECCE]


@pytest.mark.parametrize("name", ["programme.event:2", "programme.event:", "reuse.work:1", "", "programme.event:x"])
def test_a_name_without_a_thing_gives_nothing(name):
    assert card_of(name) is None


def test_a_kind_without_choices_offers_none():
    assert cards_of("reuse.work") == []
