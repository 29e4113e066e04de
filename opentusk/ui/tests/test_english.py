"""Proves that whoever reads the portal in English never meets an Italian sentence of the interface."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from django.utils.translation import gettext, override

from opentusk.ui.management.commands.translate import (
    catalogue_path,
    read_catalogue,
    speaking_rooms,
    updated_catalogue,
    without_english,
)

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\}")


@pytest.mark.parametrize("room", speaking_rooms())
def test_every_sentence_of_the_sources_has_its_english(room):
    assert without_english(updated_catalogue(room)) == []


@pytest.mark.parametrize("room", speaking_rooms())
def test_a_translation_keeps_the_places_of_the_values(room):
    for message in read_catalogue(room):
        italian = message.id[-1] if message.pluralizable else message.id
        english = message.string[-1] if message.pluralizable else message.string
        if italian:
            assert set(_PLACEHOLDER.findall(italian)) == set(_PLACEHOLDER.findall(english)), italian


@pytest.mark.parametrize("room", speaking_rooms())
def test_the_compiled_catalogue_is_the_one_that_is_written(room):
    compiled = BytesIO()

    write_mo(compiled, read_catalogue(room))

    assert compiled.getvalue() == catalogue_path(room).with_suffix(".mo").read_bytes()


def test_one_sentence_has_one_english_in_all_rooms():
    """Django reads one catalogue for all rooms: two translations of the same words would hide one another."""
    said: dict[object, set[object]] = {}
    for room in speaking_rooms():
        for message in read_catalogue(room):
            if message.id:
                said.setdefault(message.id, set()).add(message.string)

    assert {italian: english for italian, english in said.items() if len(english) > 1} == {}


def test_django_reads_the_compiled_catalogue():
    with override("en"):
        assert gettext("Scarica") == "Download"
