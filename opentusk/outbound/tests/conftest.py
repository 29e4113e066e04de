"""The other side of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from opentusk.outbound.tests.local_server import Site, serving


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Site]:
    """A server that this test may reach although it is on a private address."""
    settings.VAR_DIR = tmp_path
    with serving() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [running.place]
        yield running
