"""Whether the jurors are enough, in words."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.hackathon.models import Hackathon
from opentusk.hackathon.states import EntryState
from opentusk.kit.judging import can_all_see_all, jurors_needed


def coverage_words(hackathon: Hackathon, minutes_each: int, minutes: int) -> str:
    """Whether every juror can see every entry, or how many jurors are needed: with the arithmetic."""
    states = (EntryState.SUBMITTED, EntryState.ADMITTED, EntryState.PRESENTED, EntryState.RANKED)
    number = hackathon.entries.filter(state__in=states).count()
    entries = ngettext("%(n)s progetto", "%(n)s progetti", number) % {"n": number}
    values = {"entries": entries, "each": minutes_each, "total": number * minutes_each, "minutes": minutes}
    times = {"entries": number, "minutes_each": Fraction(minutes_each), "minutes_of_judging": Fraction(minutes)}
    if can_all_see_all(**times):  # type: ignore[arg-type]
        words = _(
            "%(entries)s × %(each)s minuti = %(total)s minuti, e ce ne sono %(minutes)s: ogni giurato può"
            " vedere tutto, e basta la media pesata."
        )
        return words % values
    needed = jurors_needed(sheets_per_entry=hackathon.min_sheets, **times)  # type: ignore[arg-type]
    return _(
        "%(entries)s × %(each)s minuti = %(total)s minuti, ma ce ne sono %(minutes)s: un giurato non può"
        " vedere tutto. Con %(sheets)s schede per progetto servono %(needed)s giurati, e i punteggi standardizzati."
    ) % (values | {"sheets": hackathon.min_sheets, "needed": needed})
