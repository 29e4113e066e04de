"""`opentusk rebuild WHAT`: everything derived can be thrown away and made again."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.ckan_directory.actions import rebuild_tags
from opentusk.ckan_search.actions import rebuild_package_index
from opentusk.feeds.actions import write_lists
from opentusk.feeds.errors import BuildRefused
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.notices.actions import rebuild_events
from opentusk.quality.actions import rebuild_scores
from opentusk.search.actions import rebuild_index
from opentusk.sparql.actions import rebuild_store
from opentusk.tables.actions import rebuild_tables


def _feeds() -> int:
    try:
        count = rebuild_feeds().datasets
    except BuildRefused as refusal:
        raise CommandError(f"feed non sostituiti, restano gli ultimi buoni: {refusal.reason}") from refusal
    write_lists()
    return count


_REBUILDS: dict[str, Callable[[], int]] = {
    "search": rebuild_index,
    "packages": rebuild_package_index,
    "feeds": _feeds,
    "scores": rebuild_scores,
    "notices": rebuild_events,
    "tables": rebuild_tables,
    "tags": rebuild_tags,
    "sparql": rebuild_store,
}


class Command(BaseCommand):
    """Each kind is made beside what is there and takes its place when it is whole."""

    help = "Ricostruisce da zero ciò che si ricava: indici, feed, punteggi, eventi, tabelle, parole chiave, SPARQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to make again."""
        parser.add_argument("what", choices=_REBUILDS, help="che cosa ricostruire")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Rebuild, and say how much."""
        self.stderr.write(f"{what}: {_REBUILDS[what]()}")
