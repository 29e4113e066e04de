"""Proves that nothing feeds a suspended or ended body: no service, no watched address, no program, no schedule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.feeding import tasks
from opentusk.feeding.actions import connect_service
from opentusk.feeding.models import ServiceSource
from opentusk.feeding.tests.conftest import two_pages
from opentusk.feeding.tests.test_services import LECCIO, ULIVO, connection
from opentusk.journal.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["suspended", "ended"])
def close(request, lecce):
    return lambda: Agent.objects.filter(pk=lecce.pk).update(status=request.param)


def test_its_services_and_addresses_are_not_called_and_begin_again_with_it(site, draft, ada, lecce, close):
    connect_service(draft, connection(two_pages(site, [LECCIO], [ULIVO])), name="Alberi vivi", by=ada)
    ServiceSource.objects.update(next_call_at=timezone.now() - timedelta(hours=1))
    Task.objects.all().delete()
    close()

    tasks.call_due()
    assert not Task.objects.filter(function="opentusk.feeding.tasks.service").exists()

    Agent.objects.filter(pk=lecce.pk).update(status=Agent.Status.ACTIVE)
    tasks.call_due()
    assert Task.objects.filter(function="opentusk.feeding.tasks.service").count() == 1


def test_the_key_of_its_program_opens_nothing_any_more(program, draft, close):
    assert program.get(f"/datasets/{draft.identifier}").status_code == 200
    close()

    answer = program.post(f"/datasets/{draft.identifier}/publish")

    assert answer.status_code in {403, 404}
    draft.refresh_from_db()
    assert not draft.is_published


def test_its_scheduled_drafts_wait_with_it(draft, lecce, close):
    Dataset.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    assert draft in Dataset.objects.due(timezone.now())

    close()

    assert not Dataset.objects.due(timezone.now()).exists()
