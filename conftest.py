"""What every test shares: which tests touch rows, so that `tests/run` can repeat them on PostgreSQL."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


def pytest_configure(config: pytest.Config) -> None:
    """Name our own marker."""
    config.addinivalue_line("markers", "django_db_rows: the test reads or writes the database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the database, by marker or by fixture."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}:
            item.add_marker("django_db_rows")


@pytest.fixture(autouse=True)
def no_package_remembered() -> None:
    """Rows of another test may have the same numbers as this one's."""
    from opentusk.ckan.remembering import forget  # not before Django knows its rooms

    forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The rows of the tests, which go away also when a browser still holds a line to the live server.

    A thread of the server lives as long as that line, and its own line to PostgreSQL with it.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
