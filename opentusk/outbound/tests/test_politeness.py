"""A host is asked one thing at a time, and left alone for as long as it asks."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opentusk.outbound.errors import Reason, Unreachable
from opentusk.outbound.politeness import asked_rest, turn_at


def test_the_next_request_waits_for_the_rest_the_host_asked_for(tmp_path: Path) -> None:
    slept: list[float] = []

    with turn_at("a.example", tmp_path, clock=lambda: 1000.0) as turn:
        turn.rest(7)
    with turn_at("a.example", tmp_path, clock=lambda: 1002.0, sleep=slept.append):
        pass

    assert slept == [5.0]


def test_another_host_does_not_wait(tmp_path: Path) -> None:
    slept: list[float] = []

    with turn_at("a.example", tmp_path, clock=lambda: 1000.0) as turn:
        turn.rest(7)
    with turn_at("b.example", tmp_path, clock=lambda: 1000.0, sleep=slept.append):
        pass

    assert slept == []


def test_a_rest_of_an_hour_is_not_slept_through(tmp_path: Path) -> None:
    with turn_at("a.example", tmp_path, clock=lambda: 1000.0) as turn:
        turn.rest(3600)

    with pytest.raises(Unreachable) as fault, turn_at("a.example", tmp_path, clock=lambda: 1001.0):
        pass

    assert fault.value.reason == Reason.BUSY


def test_two_threads_never_ask_the_same_host_together(tmp_path: Path) -> None:
    inside: list[int] = []
    seen: list[int] = []

    def ask() -> None:
        for _time in range(20):
            with turn_at("a.example", tmp_path):
                inside.append(1)
                seen.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=ask) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(seen) == {1}


NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "attempt", "seconds"),
    [
        ("12", 0, 12),
        ("Thu, 01 Jan 2026 12:00:30 GMT", 0, 30),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0, 0),
        ("", 2, 8),
        ("²", 0, 2),
        ("9" * 5_000, 0, 2),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_missing(header: str, attempt: int, seconds: float) -> None:
    assert asked_rest(header, attempt, now=NOW) == seconds
