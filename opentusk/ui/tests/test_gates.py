"""Proves that a gate lets so many through, gives places back, and says in plain words when to come back."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore

from opentusk.ui.gates import Buckets, Crowded, TooOften, Turnstile, trying_out
from opentusk.ui.later import later_answer


def test_a_bucket_fills_again_at_its_rate():
    buckets = Buckets()
    for _time in range(3):
        buckets.take("lecce", rate=0.01, burst=3)

    with pytest.raises(TooOften) as refused:
        buckets.take("lecce", rate=0.01, burst=3)

    assert 90 <= refused.value.retry_after <= 100
    buckets.take("bari", rate=0.01, burst=3)


def test_of_all_only_so_many_are_inside_and_who_waits_gets_the_place():
    gate, order = Turnstile(places=1), []
    gate.enter("lecce", at_once=1, queue=0)
    with pytest.raises(Crowded):
        gate.enter("bari", at_once=1, queue=0)

    def wait() -> None:
        with gate.passing("bari", at_once=1, queue=1):
            order.append("bari")

    waiting = threading.Thread(target=wait)
    waiting.start()
    order.append("lecce")
    gate.leave("lecce")
    waiting.join()

    assert order == ["lecce", "bari"]


def test_one_trial_at_a_time_for_each(rf):
    with trying_out(rf.get("/")):
        with pytest.raises(Crowded), trying_out(rf.get("/")):
            pass
        with trying_out(rf.get("/", REMOTE_ADDR="192.0.2.20")):
            pass


@pytest.mark.parametrize(("seconds", "words"), [(1, "fra 1 secondo"), (45, "fra 45 secondi"), (61, "fra 2 minuti")])
def test_people_read_when_to_come_back(rf, seconds, words):
    request = rf.get("/prova")
    request.user, request.session = AnonymousUser(), SessionStore()

    answer = later_answer(request, TooOften(seconds))

    assert (answer.status_code, answer["Retry-After"]) == (429, str(seconds))
    assert words in answer.content.decode()
