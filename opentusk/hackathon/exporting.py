"""Everything of a hackathon as tables, at any time: the way out when something fails on the day."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from opentusk.hackathon.models import Conflict, Hackathon, Score

Row = list[Any]


def _entries(hackathon: Hackathon) -> Iterator[Row]:
    for entry in hackathon.entries.in_order().prefetch_related("work__datasets"):
        datasets = " | ".join(row.title for row in entry.work.datasets.all())
        yield [
            entry.pk, entry.team.name, entry.team.table_number or "", entry.work.title, entry.category, entry.state,
            entry.presentation_order or "", entry.submitted_at or "", entry.excluded_reason, entry.work.url, datasets,
        ]  # fmt: skip


def _teams(hackathon: Hackathon) -> Iterator[Row]:
    for team in hackathon.teams.order_by("table_number", "name").prefetch_related("members"):
        schools = " | ".join(sorted(filter(None, (one.school for one in team.members.all()))))
        yield [team.name, team.table_number or "", team.state, team.join_code, len(team.members.all()), schools]


def _jurors(hackathon: Hackathon) -> Iterator[Row]:
    for juror in hackathon.jurors.order_by("pk"):
        yield [juror.pk, juror.office, "sì" if juror.is_president else "", juror.state]


def _conflicts(hackathon: Hackathon) -> Iterator[Row]:
    found = Conflict.objects.filter(juror__hackathon=hackathon).select_related("juror", "team").order_by("pk")
    for one in found:
        yield [one.juror_id, one.juror.office, one.team.name, one.source, one.reason, one.waived_note]


def _marks(hackathon: Hackathon) -> Iterator[Row]:
    scores = Score.objects.filter(sheet__entry__hackathon=hackathon)
    related = scores.select_related("sheet__juror", "sheet__entry__team", "criterion")
    for one in related.order_by("sheet__entry", "sheet__juror", "criterion__position"):
        sheet = one.sheet
        yield [
            sheet.juror_id, sheet.juror.office, sheet.entry_id, sheet.entry.team.name, sheet.state,
            "sì" if sheet.is_void else "", one.criterion.code, one.criterion.weight, one.value,
        ]  # fmt: skip


def _ranking(hackathon: Hackathon) -> Iterator[Row]:
    for row in hackathon.ranking.select_related("entry__team", "entry__work"):
        yield [
            row.category, row.rank, row.entry_id, row.entry.team.name, row.entry.work.title, row.points, row.value,
            row.sheets, row.decided_by,
        ]  # fmt: skip


TABLES: Mapping[str, tuple[str, Callable[[Hackathon], Iterator[Row]]]] = {
    "progetti": ("number team table title category state order submitted reason url datasets", _entries),
    "squadre": ("team table state code members schools", _teams),
    "giurati": ("number office president state", _jurors),
    "conflitti": ("juror office team source reason waived", _conflicts),
    "voti": ("juror office entry team sheet void criterion weight mark", _marks),
    "classifica": ("category rank entry team title points exact_value sheets decided_by", _ranking),
}
