"""Scheduled work of the insights room."""

from django.utils import timezone

from opentusk.insights.actions import publish_years, take_snapshot


def measure_year() -> None:
    """Once a day: the values of this year, and the finished years into their dataset."""
    today = timezone.localdate()
    take_snapshot(today=today)
    publish_years(today=today)
