"""What every test shares: which tests touch rows, so that `tests/run` can repeat them on PostgreSQL."""

import pytest


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
