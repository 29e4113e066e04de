"""A public dataset of Lecce, people who follow it, and a way to let everything happen."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.notices.tests.conftest import told
from opentusk.people.models import User
from opentusk.subscriptions.actions import confirm, follow, match_new, prepare_due, send_due
from opentusk.subscriptions.models import Subscription

LATER = timedelta(days=8)


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.fixture
def lecce(db) -> Agent:
    return ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)


@pytest.fixture
def published(lecce) -> Dataset:
    dataset = publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)
    told()
    match_new()
    return dataset


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_user("ada@example.org", "una frase abbastanza lunga")


def following(
    kind: str = "dataset", key: str = "c_e506:alberi", *, email: str = "rita@example.org", **more
) -> Subscription:
    """Somebody without an account who has confirmed."""
    subscription = follow(kind, key, email=email, **more)
    return confirm(subscription.subscriber, str(subscription.uuid))


def everything_happens(*, at: datetime | None = None) -> int:
    """Events are made, matched, and what is due by `at` (a week from now) is sent; how many messages."""
    now = at or timezone.now() + LATER
    told()
    match_new()
    prepare_due(now=now)
    return send_due(now=now)


def letters() -> list[str]:
    """The texts of the letters, without those that ask for a confirmation."""
    return [letter.body for letter in mail.outbox if "X-OpenTusk-Events" in letter.extra_headers]


def link_in(text: str, part: str) -> str:
    """The path of the first address of a letter that contains `part`."""
    found = re.search(rf"http://localhost:8000(\S*{part}\S*)", text)
    assert found, text
    return found.group(1)
