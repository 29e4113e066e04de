"""Proves that whoever reads the portal in English never meets an Italian sentence of the interface."""

import re
from io import BytesIO

from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation import gettext, override

from opentusk.ui.management.commands.translate import read_catalogue, updated_catalogue, without_english

_COMPILED = settings.BASE_DIR / "opentusk" / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.mo"
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\}")


def test_every_sentence_of_the_sources_has_its_english():
    catalogue = updated_catalogue()

    assert without_english(catalogue) == []


def test_a_translation_keeps_the_places_of_the_values():
    for message in read_catalogue():
        italian = message.id[-1] if message.pluralizable else message.id
        english = message.string[-1] if message.pluralizable else message.string
        if italian:
            assert set(_PLACEHOLDER.findall(italian)) == set(_PLACEHOLDER.findall(english)), italian


def test_the_compiled_catalogue_is_the_one_that_is_written():
    compiled = BytesIO()

    write_mo(compiled, read_catalogue())

    assert compiled.getvalue() == _COMPILED.read_bytes()


def test_django_reads_the_compiled_catalogue():
    with override("en"):
        assert gettext("Scarica") == "Download"
