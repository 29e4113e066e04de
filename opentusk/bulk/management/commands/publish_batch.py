"""`manage.py publish_batch SHEET --body c_e506 --files FOLDER`: bulk publishing for whoever runs the portal."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.bodies.models import Agent
from opentusk.bulk import actions
from opentusk.bulk.errors import BulkRefusal
from opentusk.bulk.models import Batch
from opentusk.bulk.refusals import words_for
from opentusk.bulk.sheets.report import report_lines
from opentusk.journal.actors import SYSTEM


class Command(BaseCommand):
    """Tries a spreadsheet of descriptions and its files; with --run also does it."""

    help = "Prova, e con --run esegue, un foglio di descrizioni con i suoi file"

    def add_arguments(self, parser: CommandParser) -> None:  # noqa: D102
        parser.add_argument("sheet", nargs="?", type=Path, help="il foglio (xlsx, ods, csv)")
        parser.add_argument("--body", help="codice IPA dell'ente")
        parser.add_argument("--files", type=Path, help="una cartella, o uno ZIP")
        parser.add_argument("--resume", help="numero (UUID) di un caricamento interrotto")
        parser.add_argument("--run", action="store_true", help="dopo la prova, esegue")
        parser.add_argument("--report", type=Path, help="dove scrivere il rapporto CSV")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: D102
        try:
            batch = self._resumed(options) if options["resume"] else self._tried(options)
            if options["run"] and batch.state == Batch.State.CHECKED:
                batch = actions.start_batch(batch, by=SYSTEM)
            if batch.state == Batch.State.RUNNING:
                batch = actions.run_batch(batch, by=SYSTEM)
        except BulkRefusal as refusal:
            raise CommandError(words_for(refusal)) from refusal
        self.stdout.write(f"{batch.uuid}: {batch.get_state_display()}")
        for problem in batch.problems:
            self.stdout.write(problem["message_it"])
        lines = list(report_lines(batch))
        for line in lines[1:]:
            self.stdout.write(" · ".join(filter(None, line)))
        if options["report"]:
            with options["report"].open("w", encoding="utf-8-sig", newline="") as out:
                csv.writer(out, delimiter=";").writerows(lines)

    def _tried(self, options: dict[str, Any]) -> Batch:
        if not options["sheet"] or not options["body"]:
            raise CommandError("Servono il foglio e --body.")
        holder = Agent.objects.filter(ipa_code=options["body"].lower()).first()
        if holder is None:
            raise CommandError(f"Nessun ente con codice {options['body']}.")
        sheet = options["sheet"]
        batch = actions.begin_batch(
            sheet, name=sheet.name, given=_files(options["files"]), holder=holder, by=SYSTEM
        )  # fmt: skip
        return actions.check_batch(batch, by=SYSTEM)

    def _resumed(self, options: dict[str, Any]) -> Batch:
        batch = Batch.objects.with_agent().filter(uuid=options["resume"]).first()
        if batch is None:
            raise CommandError("Nessun caricamento con questo numero.")
        return batch


def _files(given: Path | None) -> list[tuple[str, Path]]:
    if given is None:
        return []
    if given.is_dir():
        return [(path.name, path) for path in sorted(given.rglob("*")) if path.is_file()]
    return [(given.name, given)]
