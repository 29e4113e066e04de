"""`opentusk decidim-import`: look at what a Decidim has, then take it over into a consultation."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.bodies.models import Agent
from opentusk.consultation.actions import import_export
from opentusk.consultation.import_words import fault_words, line_words
from opentusk.consultation.models import Consultation
from opentusk.consultation.remote import host_of, read_remote
from opentusk.journal.actors import SYSTEM
from opentusk.kit.decidim.archives import read_files
from opentusk.kit.decidim.shapes import DecidimFault


class Command(BaseCommand):
    """Exit 0: read, and written with `--write`; 1: it cannot be read, and nothing was written."""

    help = "Importa proposte, commenti, incontri e risultati da un'istanza di Decidim. Senza --write conta soltanto."

    def add_arguments(self, parser: CommandParser) -> None:
        """Files, or the address of an instance and the slug of a process."""
        parser.add_argument("files", nargs="*", help="ZIP dei dati aperti, CSV o JSON")
        parser.add_argument("--consultation", required=True, help="l'indirizzo della consultazione, per esempio 2023")
        parser.add_argument("--host", default="", help="il nome della piattaforma, quando si leggono file")
        parser.add_argument("--url", default="", help="l'indirizzo della piattaforma, per chiederle via GraphQL")
        parser.add_argument("--process", default="", help="con --url: l'indirizzo del processo")
        parser.add_argument("--event-kind", default="", help="di che genere sono gli incontri, per esempio datalab")
        parser.add_argument("--body", default="", help="codice IPA dell'ente a cui assegnare le voci avviate")
        parser.add_argument("--write", action="store_true", help="scrivi davvero")

    def handle(self, *, files: list[str], consultation: str, host: str, url: str, write: bool, **options: Any) -> None:
        """Read, count or write, and print the report as JSON."""
        found = Consultation.objects.filter(slug=consultation).first()
        if found is None:
            raise CommandError(f"Nessuna consultazione ha l'indirizzo «{consultation}».")
        if bool(files) == bool(url):
            raise CommandError("Indica dei file con --host, oppure --url e --process.")
        if files and not host:
            raise CommandError("Con i file serve --host: il nome della piattaforma da cui vengono.")
        agent = Agent.objects.filter(ipa_code=options["body"]).first() if options["body"] else None
        try:
            export = read_remote(url, options["process"]) if url else read_files([Path(name) for name in files])
        except DecidimFault as fault:
            raise CommandError(fault_words(fault)) from fault
        report = import_export(
            export,
            found,
            host=host or host_of(url),
            by=SYSTEM,
            is_dry=not write,
            event_kind=options["event_kind"],
            body=agent,
        )
        shown = {
            "dry": not write,
            "version": export.version,
            "counts": {f"{kind} {outcome}": number for (kind, outcome), number in sorted(report.counts.items())},
            "by_theme": dict(sorted(report.by_theme.items())),
            "left_out": export.left_out,
            "to_do": line_words(report.lines),
        }
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
