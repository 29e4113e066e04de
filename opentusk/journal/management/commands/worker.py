"""`opentusk worker`: delivers reactions, runs tasks, watches the clock, until it is stopped."""

import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from opentusk.journal.reactions import deliver, retry_setbacks
from opentusk.journal.schedule import tick
from opentusk.journal.tasks import run_next, take_back_orphans

_PAUSE = 0.5


class Command(BaseCommand):
    """The one background process of a small portal."""

    help = "Consegna le reazioni, esegue i lavori in attesa e segue l'orologio."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` empties what is waiting and ends."""
        parser.add_argument("--once", action="store_true", help="svuota quello che aspetta e termina")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        """Work until told to stop; the piece of work under way is always finished first."""
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        take_back_orphans()
        while not self.stopping:
            close_old_connections()
            worked = self._work()
            if once and not worked:
                return
            if not worked:
                time.sleep(_PAUSE)

    def _work(self) -> bool:
        tick(now=timezone.now())
        return bool(deliver()) | run_next() | bool(retry_setbacks())

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
