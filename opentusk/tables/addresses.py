"""The addresses of tables for people; those for programs begin with `api_of`."""

from django.conf import settings

from opentusk.tables.models import Table


def page_of(table: Table) -> str:
    """The explorer of a table."""
    return f"/dataset/{table.distribution.dataset.slug}/tabella/{table.uuid}"


def desk_page_of(table: Table) -> str:
    """The producer's page of a table."""
    return f"/scrivania/tabelle/{table.uuid}"


def api_of(table: Table) -> str:
    """The data API of a table, absolute."""
    return f"{settings.SITE_URL}/api/v1/tables/{table.uuid}"
