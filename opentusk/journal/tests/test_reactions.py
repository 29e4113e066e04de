"""Proves that reactions get every entry at least once, in order, whatever fails."""

from collections.abc import Sequence

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Cursor, Entry, Setback
from opentusk.journal.reactions import Reaction, deliver_all, retry_setbacks

pytestmark = pytest.mark.django_db

SEEN: list[int] = []
FAULTY: set[int] = set()


def remember(entries: Sequence[Entry]) -> None:
    """A reaction that fails on the entries of FAULTY."""
    if any(entry.seq in FAULTY for entry in entries):
        raise ValueError("this entry cannot be taken")
    SEEN.extend(entry.seq for entry in entries)


TABLE = (
    Reaction("remember", ("bodies.*",), f"{__name__}.remember"),
    Reaction("nothing", ("catalog.*",), f"{__name__}.remember"),
)


@pytest.fixture(autouse=True)
def table(settings):
    settings.REACTIONS = f"{__name__}.TABLE"
    SEEN.clear()
    FAULTY.clear()


@pytest.fixture
def agent():
    return Agent.objects.create(ipa_code="c_e506", slug="lecce", name="Comune di Lecce")


def write(agent: Agent, event: str = "bodies.agent_changed") -> Entry:
    with transaction.atomic():
        return record(event, agent, by=SYSTEM)


def test_a_reaction_sees_the_entries_it_wants_in_order(agent):
    entries = [write(agent) for _ in range(5)]

    deliver_all(batch=2)

    assert SEEN == [entry.seq for entry in entries]


def test_entries_of_other_families_move_the_cursor_and_are_not_given(agent):
    other = write(agent, "people.signed_in")

    deliver_all()

    assert SEEN == []
    assert Cursor.objects.get(reaction="remember").position == other.seq


def test_one_bad_entry_becomes_a_setback_and_the_others_are_delivered(agent):
    entries = [write(agent) for _ in range(3)]
    FAULTY.add(entries[1].seq)

    deliver_all()

    assert SEEN == [entries[0].seq, entries[2].seq]
    assert list(Setback.objects.values_list("entry_id", flat=True)) == [entries[1].seq]


def test_a_setback_is_tried_again_when_its_time_has_come(agent):
    entry = write(agent)
    FAULTY.add(entry.seq)
    deliver_all()
    FAULTY.clear()

    assert retry_setbacks() == 0  # its minute has not passed yet
    Setback.objects.update(next_attempt_at=timezone.now())
    assert retry_setbacks() == 1

    assert SEEN == [entry.seq]
    assert not Setback.objects.exists()


def test_a_setback_that_fails_again_waits_longer(agent):
    FAULTY.add(write(agent).seq)
    deliver_all()
    Setback.objects.update(next_attempt_at=timezone.now())

    retry_setbacks()

    setback = Setback.objects.get()
    assert setback.attempts == 2
    assert (setback.next_attempt_at - timezone.now()).total_seconds() > 60


def test_a_cursor_that_was_not_moved_gives_the_entries_again(agent):
    entry = write(agent)
    deliver_all()
    Cursor.objects.all().delete()

    deliver_all()

    assert SEEN == [entry.seq, entry.seq]


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_written_inside_a_transaction_only():
    agent = Agent.objects.create(ipa_code="c_a662", slug="bari", name="Comune di Bari")

    with pytest.raises(TransactionManagementError):
        record("bodies.agent_changed", agent, by=SYSTEM)
