"""What the worker does for the guide: copying files from their address."""

from opentusk.publishing import actions
from opentusk.publishing.models import Guide


def fetch(guide: int) -> None:
    """Copy the file of a guide from its address, if it still waits for it."""
    found = Guide.objects.with_dataset().to_fetch().filter(pk=guide).first()
    if found:
        actions.fetch_file(found)
