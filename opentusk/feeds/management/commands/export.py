"""`opentusk export`: the whole catalogue in one document."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.bodies.models import Agent
from opentusk.feeds.exporting import export_catalog
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile


class Command(BaseCommand):
    """Exit 1 when datasets were left out, each with its reason on the error output."""

    help = "Scrive il catalogo intero in un solo documento."

    def add_arguments(self, parser: CommandParser) -> None:
        """Format, file, profile and titolare."""
        parser.add_argument("--format", choices=[syntax.value for syntax in Syntax], default=Syntax.TURTLE.value)
        parser.add_argument("-o", "--output", required=True, type=Path, help="il file da scrivere")
        parser.add_argument("--profile", choices=[profile.value for profile in Profile], default="dcatap_it")
        parser.add_argument("--titolare", help="codice IPA: solo i dataset di questo ente")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write beside the file first: a document that breaks off half way must not be taken for the catalogue."""
        holder = _find_holder(options["titolare"])
        output: Path = options["output"]
        draft = output.with_name(f"{output.name}.tmp")
        with draft.open("wb") as document:
            export = export_catalog(
                document.write, Syntax(options["format"]), Profile(options["profile"]), holder=holder
            )
        draft.replace(output)
        self.stderr.write(f"{export.datasets} dataset in {output}")
        for identifier, fault in export.left_out:
            self.stderr.write(f"escluso {identifier}: {fault}")
        if export.left_out:
            sys.exit(1)


def _find_holder(ipa_code: str | None) -> Agent | None:
    if ipa_code is None:
        return None
    agent = Agent.objects.filter(ipa_code=ipa_code.lower()).first()
    if agent is None:
        raise CommandError(f"nessun ente ha il codice IPA «{ipa_code}»")
    return agent
