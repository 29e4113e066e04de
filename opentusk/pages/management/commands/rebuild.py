"""`opentusk rebuild search|feeds|scores`: everything derived can be thrown away and made again."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.feeds.actions import write_lists
from opentusk.feeds.errors import BuildRefused
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.quality.actions import rebuild_scores
from opentusk.search.actions import rebuild_index


def _feeds() -> int:
    try:
        count = rebuild_feeds().datasets
    except BuildRefused as refusal:
        raise CommandError(f"feed non sostituiti, restano gli ultimi buoni: {refusal.reason}") from refusal
    write_lists()
    return count


_REBUILDS: dict[str, Callable[[], int]] = {"search": rebuild_index, "feeds": _feeds, "scores": rebuild_scores}


class Command(BaseCommand):
    """Each kind is made beside what is there and takes its place when it is whole."""

    help = "Ricostruisce da zero l'indice di ricerca, i feed o i punteggi."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to make again."""
        parser.add_argument("what", choices=_REBUILDS, help="che cosa ricostruire")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Rebuild, and say how much."""
        self.stderr.write(f"{what}: {_REBUILDS[what]()} dataset")
