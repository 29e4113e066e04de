"""`opentusk check-service URL`: whether a web service is built so that a portal can read it; for suppliers."""

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from opentusk.feeding.calling import asking
from opentusk.feeding.errors import CallFailed
from opentusk.feeding.previewing import preview_service
from opentusk.feeding.refusals import words_for
from opentusk.kit.webservices.conformance import check_service, conforms
from opentusk.kit.webservices.shapes import Kind, Paging, Service

FINE, BLOCKED, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    """Walks a whole service twice and prints every check as JSON; exit 0 conforms, 1 does not, 2 unreadable."""

    help = "Verifica un servizio web: righe, pagine, totale, tipi, tempi."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, the key, and how the answers are built when it cannot be guessed."""
        parser.add_argument("url")
        parser.add_argument("--header", metavar="NOME: VALORE", default="", help="intestazione con la chiave")
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], default="")
        parser.add_argument("--rows", metavar="PERCORSO", default="")
        parser.add_argument("--total", metavar="PERCORSO", default="")
        parser.add_argument("--next", metavar="PERCORSO", default="")
        parser.add_argument("--page", metavar="PARAMETRO", default="", help="se si chiede il numero della pagina")
        parser.add_argument("--pages", type=int, default=20_000, help="al più tante pagine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, end with the exit code."""
        # On the supplier's own machine the service is usually a port of the same machine, named by its owner.
        settings.OUTBOUND_ALLOWED_PRIVATE = [*settings.OUTBOUND_ALLOWED_PRIVATE, urlsplit(options["url"]).netloc]
        name, _colon, value = options["header"].partition(":")
        headers = {name.strip(): value.strip()} if name and value else {}
        try:
            service = self._service(options, headers)
            checks = check_service(service, asking(service.url, headers), most_pages=options["pages"])
        except CallFailed as fault:
            self.stderr.write(words_for(fault))
            sys.exit(UNREADABLE)
        document = {"conforms": conforms(checks), "checks": [check.to_json() for check in checks]}
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        sys.exit(FINE if conforms(checks) else BLOCKED)

    def _service(self, options: dict[str, Any], headers: dict[str, str]) -> Service:
        if not options["kind"]:
            return preview_service(Service(url=options["url"]), headers, guess=True).service
        paging = Paging.PAGE if options["page"] else Paging.NEXT if options["next"] else Paging.NONE
        return Service(
            url=options["url"],
            kind=Kind(options["kind"]),
            rows_path=options["rows"],
            total_path=options["total"],
            next_path=options["next"],
            paging=paging,
            page_parameter=options["page"] or "page",
        )
