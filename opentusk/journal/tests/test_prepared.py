"""Proves that a question written once answers as the query set it was made of, for other values."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opentusk.journal.models import Task
from opentusk.journal.prepared import Prepared

pytestmark = pytest.mark.django_db


def _named(key: str, number: int):
    return Task.objects.filter(key=key, attempts=number).exclude(key="-").order_by("pk").values_list("function")


def test_values_take_the_places_of_their_stand_ins():
    for key, attempts in (("a", 1), ("a", 2), ("b", 1)):
        Task.objects.create(
            function=f"{key}{attempts}", arguments={}, key=key, attempts=attempts, status=Task.Status.DONE
        )
    asked = Prepared(_named, "?", 99)

    for key, attempts in (("a", 1), ("b", 1), ("a", 2), ("b", 2), ("x' OR 1=1 --", 1)):
        assert asked(key, attempts) == list(_named(key, attempts))


def test_the_question_is_written_once():
    made = []

    def make(key: str):
        made.append(key)
        return Task.objects.filter(key=key).values_list("pk")

    asked = Prepared(make, "?")
    with CaptureQueriesContext(connection) as seen:
        assert asked("a") == asked("b") == []

    assert made == ["?"]
    assert len(seen) == 2


def test_a_stand_in_that_the_question_does_not_ask_about_is_an_error():
    unknown = str(uuid4())

    with pytest.raises(ValueError, match=unknown):
        Prepared(lambda _key: Task.objects.filter(key="a").values_list("pk"), unknown)("b")
