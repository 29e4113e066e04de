"""Whether who signed in leads the tables of some datalab, for the links of the desk."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from opentusk.datalab.permissions import leads_some
from opentusk.people.actors import actor_of


def leading(request: HttpRequest) -> dict[str, object]:
    """Asked of the database only for accounts, and only by a page that has the link."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"leads_datalabs": SimpleLazyObject(lambda: leads_some(actor_of(user)))}
