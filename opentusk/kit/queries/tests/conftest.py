"""One engine for all tests of questions."""

from collections.abc import Iterator

import pytest

from opentusk.kit.queries.engine import Engine
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.queries.tests.tables import ROWS, write_table


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    engine = Engine("256MB", 2)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def table(tmp_path_factory) -> TableRef:
    return write_table(tmp_path_factory.mktemp("table"), ROWS)
