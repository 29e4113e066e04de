"""Proves that whoever follows a dataset hears of a reuse made with it: once, and not before it is in the gallery."""

import pytest

from opentusk.journal.actors import SYSTEM
from opentusk.reuse import actions
from opentusk.reuse.models import Work
from opentusk.subscriptions.actions import match_new
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(maker, datasets, settings, tmp_path) -> Work:
    settings.SEARCH_DIR = tmp_path / "search"
    made = actions.draft_work(by=maker, title="Ombra in città", abstract="Dove c'è ombra.", kind="web_app")
    actions.set_datasets(made, datasets, by=maker, main=datasets[0])
    everything_happens()
    match_new()
    return made


@pytest.mark.parametrize("more", [(), ("c_e506:alberi",), ("portal", "")])
def test_a_reuse_in_the_gallery_is_told_once_to_those_who_follow_its_datasets(work, maker, more):
    following("dataset", "c_e506:parchi")
    if more:
        following(*(more if len(more) > 1 else ("dataset", more[0])))
    actions.propose_work(work, by=maker)
    assert everything_happens() == 0

    actions.publish_work(work, by=SYSTEM)

    assert everything_happens() == 1
    assert letters()[-1].count("Un nuovo riuso dei dati è nella galleria.") == 1
    assert "Ombra in città" in letters()[-1]
    assert everything_happens() == 0


def test_a_reuse_of_other_data_is_not_told(work, maker, datasets):
    actions.set_datasets(work, datasets[:1], by=maker, main=datasets[0])
    following("dataset", "c_e506:parchi")
    actions.propose_work(work, by=maker)

    actions.publish_work(work, by=SYSTEM)

    assert everything_happens() == 0
