"""Proves that no reader of the journal sees a later entry before an earlier one, with two writers at once."""

import threading

import pytest
from django.db import connection, connections, transaction

from opentusk.bodies.models import Agent
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry


@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_until_the_first_has_committed():
    agent = Agent.objects.create(ipa_code="c_e506", slug="lecce", name="Comune di Lecce")
    first_has_written, first_may_commit = threading.Event(), threading.Event()
    order: list[str] = []

    def slow() -> None:
        with transaction.atomic():
            record("bodies.slow", agent, by=SYSTEM)
            first_has_written.set()
            assert first_may_commit.wait(10)
            order.append("slow")
        connections.close_all()

    def quick() -> None:
        assert first_has_written.wait(10)
        with transaction.atomic():
            record("bodies.quick", agent, by=SYSTEM)
            order.append("quick")
        connections.close_all()

    writers = [threading.Thread(target=slow), threading.Thread(target=quick)]
    for writer in writers:
        writer.start()
    assert first_has_written.wait(10)
    # While the first is still open, a reader sees neither: nothing later can have overtaken it.
    seen_early = list(Entry.objects.values_list("event", flat=True))
    first_may_commit.set()
    for writer in writers:
        writer.join(15)

    assert seen_early == []
    assert order == ["slow", "quick"], connection.vendor
    assert list(Entry.objects.order_by("seq").values_list("event", flat=True)) == ["bodies.slow", "bodies.quick"]
