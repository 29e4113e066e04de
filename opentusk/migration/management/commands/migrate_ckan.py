"""`opentusk migrate-ckan`: copy a whole CKAN, as often as it takes, and say what became of everything."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.migration.actions import migrate
from opentusk.migration.errors import SiteFault
from opentusk.migration.models import Thing
from opentusk.migration.remote import Site

_SHOWN = 500


class Command(BaseCommand):
    """Exit 0: everything is here and public; 1: something waits or could not be copied; 2: the CKAN does not answer."""

    help = "Copia un intero CKAN: organizzazioni, utenti, dataset, file, dizionari, chi segue."

    def add_arguments(self, parser: CommandParser) -> None:
        """The portal and a key."""
        parser.add_argument("url", help="l'indirizzo del CKAN")
        parser.add_argument("--token", default="", help="la chiave di un sysadmin; senza, solo ciò che è pubblico")
        parser.add_argument(
            "--publish-without-files",
            action="store_true",
            help="pubblica anche i dataset di cui un file non si scarica, con l'indirizzo di là",
        )

    def handle(self, *, url: str, token: str, publish_without_files: bool, **options: Any) -> None:
        """Copy, then print the report."""
        site = Site(url, token)
        try:
            migrate(site, needs_files=not publish_without_files, report=self._tell)
        except SiteFault as fault:
            raise CommandError(
                f"{site.address} non risponde come un CKAN ({fault}): controlla l'indirizzo e ripeti il comando, "
                "che riprende da dove era arrivato.",
                returncode=2,
            ) from fault
        rows = Thing.objects.of_site(site.address)
        left = list(rows.unfinished().in_order()[:_SHOWN])
        report = {
            "site": site.address,
            "counts": rows.counts(),
            "unfinished_total": rows.unfinished().count(),
            "unfinished": [
                {"kind": one.kind, "id": one.number, "name": one.name, "state": one.state, "reason": one.detail}
                for one in left
            ],
        }
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        sys.exit(1 if left else 0)

    def _tell(self, thing: Thing) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{thing.get_kind_display()} {thing.name}: {thing.get_state_display()}", style_func=str)
