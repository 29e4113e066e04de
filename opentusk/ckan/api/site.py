"""What the portal says of itself, and of its actions."""

from typing import Any

from django.conf import settings

from opentusk.ckan.errors import NotFoundFault
from opentusk.ckan.protocol import Call, all_actions

# Clients read it to know which parameters they may send: the contract that this door keeps is that of 2.12.
CKAN_VERSION = "2.12.0"
# What clients look for before they use it.
_EXTENSIONS = ("activity", "datastore", "dcat", "structured_data", "dcatapit", "harvest")


def status_show(call: Call) -> Any:
    """Return the name of the portal, the version of CKAN's contract that it keeps, and what it can do."""
    return {
        "site_title": settings.PORTAL_TITLE,
        "site_description": settings.PORTAL_DESCRIPTION,
        "site_url": settings.SITE_URL,
        "ckan_version": CKAN_VERSION,
        "error_emails_to": settings.PORTAL_EMAIL,
        "locale_default": "it",
        "extensions": list(_EXTENSIONS),
    }


def help_show(call: Call) -> Any:
    """Return the help of the action `name`. An action that does not exist is not found."""
    found = all_actions().get(call.required("name"))
    if found is None:
        raise NotFoundFault("Action name not found.")
    return found.help


def site_read(call: Call) -> Any:
    """Return true: everybody may read this portal."""
    return True
