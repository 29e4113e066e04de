"""What every page knows of the portal."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opentusk.ui.preparing import what_is_prepared


def portal(request: HttpRequest) -> dict[str, object]:
    """Name and address of the portal, for the header, the footer and the links of machines."""
    return {
        "portal_title": settings.PORTAL_TITLE,
        "portal_description": settings.PORTAL_DESCRIPTION,
        "portal_publisher": settings.PORTAL_PUBLISHER_NAME,
        "portal_email": settings.PORTAL_EMAIL,
        "site_url": settings.SITE_URL,
        "preparing": what_is_prepared(),
        "main_sections": [
            ("/catalogo", _("Catalogo")),
            ("/temi", _("Temi")),
            ("/enti", _("Enti")),
            ("/novita", _("Novità")),
            ("/riusi", _("Riusi")),
            ("/partecipa", _("Partecipa")),
            ("/raccolte", _("Raccolte")),
            ("/il-portale", _("Il portale")),
        ],
    }
