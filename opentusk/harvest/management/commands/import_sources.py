"""`opentusk import-sources`: every source of a CKAN's list (that of dati.gov.it, say), paused."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.harvest.actions import import_sources
from opentusk.journal.actors import SYSTEM
from opentusk.kit.errors import Unreadable
from opentusk.kit.messages import sentence


class Command(BaseCommand):
    """Exit 0: every row is a source now; 1: some rows were refused; 2: the file is no list of sources."""

    help = "Importa in pausa le sorgenti di un elenco di CKAN (harvest_source_list)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="il file JSON")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Import, then tell what became of the rows."""
        try:
            imported = import_sources(file.read_bytes(), by=SYSTEM)
        except OSError as fault:
            raise CommandError(f"non riesco a leggere «{file}»: {fault.strerror}", returncode=2) from fault
        except Unreadable as fault:
            raise CommandError(sentence(fault.reason, "it", {"detail": fault.detail}), returncode=2) from fault
        report = {
            "added": len(imported.added),
            "known": len(imported.known),
            "refused": [
                {"row": one.row, "name": one.name, "problem": one.problem.message_it} for one in imported.refused
            ],
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        sys.exit(1 if imported.refused else 0)
