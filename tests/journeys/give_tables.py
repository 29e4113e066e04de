"""Gives files to the portal of the settings, one dataset each: the hands of the tests of a killed worker."""

import sys
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from opentusk.bodies.actions import ensure_agent  # noqa: E402 - after Django is set up
from opentusk.catalog.actions import attach_file, create_draft  # noqa: E402
from opentusk.catalog.tests.records import trees  # noqa: E402
from opentusk.files.actions import receive  # noqa: E402
from opentusk.journal.actors import SYSTEM  # noqa: E402
from opentusk.kit.records import Agent, LicenseDocument  # noqa: E402


def main() -> None:
    """One draft per file."""
    lecce = ensure_agent(Agent(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    licence = LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/")
    for path in map(Path, sys.argv[1:]):
        draft = create_draft(replace(trees(f"c_e506:{path.stem}"), distribution=()), holder=lecce, by=SYSTEM)
        stored = receive(path, name=path.name, agent=lecce, by=SYSTEM)
        attach_file(draft, stored, name=path.name, by=SYSTEM, license=licence)


if __name__ == "__main__":
    main()
