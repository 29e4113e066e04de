"""The seconds that each kind of question may take, and where files are made."""

from pathlib import Path

from django.conf import settings

from opentusk.kit.queries.shapes import Limits

LIMITS = Limits(export=float(settings.EXPORT_SECONDS))


def exports_dir() -> Path:
    """The folder of the exports; it can be emptied at any time."""
    folder = Path(settings.EXPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
