"""`opentusk demo`: loads the demonstration, or takes it away with `--remove`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from opentusk.demo.actions import load_demo, remove_demo
from opentusk.ui.preparing import say_preparing

_SAID_EVERY = 10


class Command(BaseCommand):
    """Demonstration data, labelled as such everywhere."""

    help = "Carica i dati dimostrativi (o li rimuove con --remove)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--remove` takes everything away again."""
        parser.add_argument("--remove", action="store_true", help="rimuove tutti i dati dimostrativi")

    def handle(self, *args: Any, remove: bool = False, **options: Any) -> None:
        """Load or remove, and say how many."""
        if remove:
            self.stderr.write(f"{remove_demo()} dataset dimostrativi rimossi")
            return
        made = load_demo(today=timezone.localdate(), progress=self._progress)
        self.stderr.write(f"\r{made} dataset dimostrativi creati".ljust(50))

    def _progress(self, done: int, total: int) -> None:
        if done % _SAID_EVERY == 0 or done == total:
            say_preparing(done, total)
        if sys.stderr.isatty() or done == total:
            self.stderr.write(f"\rdati dimostrativi: {done}/{total}", ending="")
