"""`manage.py translate`: brings the English catalogues up to date and compiles them, without GNU gettext.

Each room keeps the English of its own sentences in its `locale` folder, so that a room comes and goes whole.
"""

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


class Command(BaseCommand):
    """Adds what is new, drops what nobody says any more, and lists what still lacks its English."""

    help = "Update and compile the English catalogues"

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: D102
        for room in speaking_rooms():
            catalogue = updated_catalogue(room)
            path = catalogue_path(room)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as written:
                write_po(written, catalogue, sort_output=True, width=110)
            with path.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
            for message in without_english(catalogue):
                self.stdout.write(f"{room}, senza inglese: {message}")


def speaking_rooms() -> list[str]:
    """The rooms that say something to people."""
    rooms = (path.name for path in sorted(_PACKAGE.iterdir()) if (path / "__init__.py").is_file())
    return [room for room in rooms if messages_under(_PACKAGE / room)]


def catalogue_path(room: str) -> Path:
    """Where the English of a room is kept."""
    return _PACKAGE / room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def without_english(catalogue: Catalog) -> list[str]:
    """The messages that nobody has translated yet, or not in all their forms."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string or ()) if message.pluralizable else message.string)
    ]


def updated_catalogue(room: str) -> Catalog:
    """The English of every message of a room's sources; of the rest nothing is kept."""
    known = read_catalogue(room)
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
    for message, places in messages_under(_PACKAGE / room).items():
        former = known.get(message)
        fresh.add(message, former.string if former else None, locations=_locations(places))
    return fresh


def _locations(places: Iterable[str]) -> list[tuple[str, int]]:
    """The files alone: line numbers would change with every edit. Babel leaves a missing number out."""
    return [(place, cast(int, None)) for place in dict.fromkeys(places)]


def read_catalogue(room: str) -> Catalog:
    """The catalogue of a room as it is kept."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as kept:
        return read_po(kept, locale="en")
