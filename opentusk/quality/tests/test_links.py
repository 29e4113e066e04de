"""Proves how links are asked: by HEAD through the guarded client, rarely when they answer, never when refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.catalog.actions import withdraw
from opentusk.catalog.tests.records import distribution
from opentusk.journal.actors import SYSTEM
from opentusk.outbound.tests.local_server import serving
from opentusk.quality.actions import check_links, score_datasets
from opentusk.quality.models import DatasetScore, UrlCheck


@pytest.fixture
def site(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running
