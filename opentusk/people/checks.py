"""Refuses to start a public portal whose sessions anybody could sign."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def check_secret_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The key of the demonstration is printed in the source: it may sign nothing on a public address."""
    if settings.IS_LOCAL or settings.SECRET_KEY != settings.DEMO_SECRET_KEY:
        return []
    return [
        Error(
            "La chiave segreta è quella della dimostrazione, ma l'indirizzo del portale è pubblico.",
            hint="Imposta OPENTUSK_SECRET_KEY (o OPENTUSK_SECRET_KEY_FILE) con almeno 50 caratteri casuali.",
            id="people.E001",
        )
    ]
