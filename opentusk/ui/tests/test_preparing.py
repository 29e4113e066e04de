"""Proves that the pages of a portal that was just started say what is missing, and fall silent when it is whole."""

import os
import time

import pytest

from opentusk.ui.preparing import say_prepared, say_preparing, what_is_prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.mark.parametrize(
    ("done", "words"), [(120, "120 dataset su 262"), (262, "ricerca, punteggi e tabelle si completano")]
)
def test_every_page_says_how_far_it_is(client, done, words):
    say_preparing(done, 262)

    assert words in client.get("/").text and words in client.get("/temi").text

    say_prepared()
    assert "appena partito" not in client.get("/").text
    say_prepared()


def test_what_a_dead_process_left_says_nothing(settings):
    say_preparing(10, 262)
    long_ago = time.time() - 3_600
    os.utime(settings.VAR_DIR / "preparing.json", (long_ago, long_ago))

    assert what_is_prepared() is None
