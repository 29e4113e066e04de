"""`opentusk harvest`: read one source now, from an address or from a file, and say what became of each item."""

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent
from opentusk.harvest.actions import SourceSettings, add_source, begin_run, run_source
from opentusk.harvest.errors import AlreadyRunning
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.harvest.reports import summary_of
from opentusk.harvest.sources import source_kinds
from opentusk.journal.actors import SYSTEM
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.vocabularies.bodies import find_body

_SHOWN_PROBLEMS = 100
_BAR = 30


class Command(BaseCommand):
    """Exit 0: everything is in; 1: something was rejected or waits for a confirmation; 2: the source is unreadable."""

    help = "Raccoglie una sorgente: un indirizzo, un file o una cartella di file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The kind, the place, the titolare."""
        parser.add_argument("kind", choices=sorted(source_kinds()), help="tipo di sorgente")
        parser.add_argument("place", type=_place, metavar="path_or_url", help="indirizzo, file o cartella")
        parser.add_argument("--titolare", default="", metavar="IPA", help="titolare di chi non ne dice uno")
        parser.add_argument("--aggregator", action="store_true", help="la sorgente parla per molti enti")
        parser.add_argument("--dry-run", action="store_true", help="solo il resoconto: non salva nulla")

    def handle(self, *, kind: str, place: str, titolare: str, aggregator: bool, dry_run: bool, **options: Any) -> None:
        """Find or make the source, walk a run, print the report."""
        role = HarvestSource.Role.AGGREGATOR if aggregator else HarvestSource.Role.BODY
        if not titolare and not aggregator:
            raise CommandError("indica il titolare con --titolare, o --aggregator", returncode=2)
        source = _source(kind, place, titolare, role)
        try:
            run = run_source(_active_or_new(source, dry_run), report=self._show_progress)
        except AlreadyRunning as refusal:
            raise CommandError(f"«{refusal.source}» è già in corso di raccolta", returncode=2) from refusal
        self._end_progress()
        self.stdout.write(json.dumps(summary_of(run, shown_problems=_SHOWN_PROBLEMS), ensure_ascii=False, indent=2))
        sys.exit(_exit_code(run))

    def _show_progress(self, run: HarvestRun) -> None:
        if not self.stderr.isatty():
            return
        done = _BAR * run.percent // 100
        bar = "█" * done + "·" * (_BAR - done)
        self.stderr.write(f"\r{bar} {run.percent:3} %  {run.handled}/{run.expected}", style_func=str, ending="")

    def _end_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("", style_func=str)


def _place(text: str) -> str:
    """A web address as it is, a path in full: the same file is the same source wherever the command is run."""
    if text.startswith(("http://", "https://")):
        return text
    path = Path(text)
    if not path.exists():
        raise ArgumentTypeError(f"«{text}» non esiste")
    return str(path.resolve())


def _source(kind: str, place: str, titolare: str, role: str) -> HarvestSource:
    if known := HarvestSource.objects.filter(kind=kind, url=place).with_agent().first():
        return known
    agent = _agent(titolare) if titolare else None
    name = place if place.startswith("http") else Path(place).name
    return add_source(SourceSettings(name=name[:200], kind=kind, url=place, agent=agent, role=role), by=SYSTEM)


def _agent(titolare: str) -> Agent:
    listed = find_body(titolare)
    return ensure_agent(AgentRecord(identifier=titolare, name=listed.name if listed else ""), by=SYSTEM)


def _active_or_new(source: HarvestSource, dry_run: bool) -> HarvestRun:
    """The run that an interruption left behind, if it is of the kind asked for; else a new one."""
    left = source.runs.active().filter(is_dry_run=dry_run).first()
    return left or begin_run(source, is_dry_run=dry_run)


def _exit_code(run: HarvestRun) -> int:
    if run.status == HarvestRun.Status.FAILED:
        return 2
    blocked = run.status == HarvestRun.Status.TO_CONFIRM or not run.is_complete or bool(run.counts.get("rejected"))
    return 1 if blocked else 0
