"""Whether who signed in leads the tables of some datalab, for the links of the desk."""

from django.http import HttpRequest

from opentusk.datalab.permissions import leads_some
from opentusk.people.context import of_account


def leading(request: HttpRequest) -> dict[str, object]:
    """Whether there are tables to lead."""
    return of_account(request, "leads_datalabs", leads_some)
