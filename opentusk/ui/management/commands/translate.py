"""`manage.py translate`: brings the English catalogue up to date and compiles it, without GNU gettext."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.core.management.base import BaseCommand

from opentusk.ui.messages import messages_under

_PACKAGE = Path(__file__).resolve().parents[3]
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_PO = _PACKAGE / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    """Adds what is new, drops what nobody says any more, and lists what still lacks its English."""

    help = "Update and compile the English catalogue"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: D102
        catalogue = updated_catalogue()
        with _PO.open("wb") as written:
            write_po(written, catalogue, sort_output=True, width=110)
        with _PO.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
        for message in without_english(catalogue):
            self.stdout.write(f"senza inglese: {message}")


def without_english(catalogue: Catalog) -> list[str]:
    """The messages that nobody has translated yet, or not in all their forms."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string or ()) if message.pluralizable else message.string)
    ]


def updated_catalogue() -> Catalog:
    """The English of every message of the sources; of the rest nothing is kept."""
    known = read_catalogue()
    fresh = Catalog(
        locale="en",
        header_comment="# The English of the interface, kept by `manage.py translate`.",
        project="OpenTusk",
        version="1",
        msgid_bugs_address="",
        last_translator="OpenTusk",
        language_team="OpenTusk",
        # A true date would change the file at every run and tell nobody anything.
        creation_date=_BEGINNING,
        revision_date=_BEGINNING,
        fuzzy=False,
    )
    for message, places in messages_under(_PACKAGE).items():
        former = known.get(message)
        fresh.add(message, former.string if former else None, locations=_locations(places))
    return fresh


def _locations(places: Iterable[str]) -> list[tuple[str, int]]:
    """The files alone: line numbers would change with every edit. Babel leaves a missing number out."""
    return [(place, cast(int, None)) for place in dict.fromkeys(places)]


def read_catalogue() -> Catalog:
    """The catalogue as it is kept."""
    if not _PO.exists():
        return Catalog(locale="en")
    with _PO.open("rb") as kept:
        return read_po(kept, locale="en")
