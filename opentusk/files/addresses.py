"""The addresses of files: the one that always gives the newest, and the one of each version, for ever."""

from urllib.parse import quote

from django.conf import settings

from opentusk.files.models import FileSeries, FileVersion


def latest_address(series: FileSeries) -> str:
    """The address that always gives the newest public version."""
    return f"{settings.SITE_URL}{latest_path(series)}"


def version_address(version: FileVersion) -> str:
    """The address of one version."""
    return f"{settings.SITE_URL}{version_path(version)}"


def latest_path(series: FileSeries) -> str:
    """The same as `latest_address`, without the portal's own."""
    return f"/file/{series.uuid}/{quote(series.name, safe='')}"


def version_path(version: FileVersion) -> str:
    """The same as `version_address`, without the portal's own."""
    return f"/file/{version.series.uuid}/v/{version.number}/{quote(version.name, safe='')}"
