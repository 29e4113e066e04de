"""What a team hands in, and whether it is let into the game."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.hackathon.actions.preparing import locked
from opentusk.hackathon.errors import IllegalMove, Missing, NotNow, TeamTooSmall
from opentusk.hackathon.events import HackathonEvent
from opentusk.hackathon.models import Entry, Team
from opentusk.hackathon.permissions import can_run, is_member, require
from opentusk.hackathon.states import ENTRY_MOVES, EntryState, TeamState
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.journal.models import reference_of
from opentusk.reuse.actions import Elsewhere, change_work, draft_work, set_datasets


@transaction.atomic
def save_entry(
    team: Team,
    *,
    by: Actor,
    title: str,
    category: str,
    datasets: Sequence[Dataset],
    main: Dataset | None,
    elsewhere: Sequence[Elsewhere] = (),
    now: datetime | None = None,
    **fields: Any,
) -> Entry:
    """Keep what the team has so far, complete or not. Raises NotAllowed, NotNow, IllegalMove once it is decided on."""
    hackathon = locked(team.hackathon)
    require(is_member(by, team), "save_entry")
    if not hackathon.takes_entries(now or timezone.now()):
        raise NotNow
    entry = Entry.objects.filter(team=team).select_related("work").first()
    if entry is not None and entry.state not in {EntryState.DRAFT, EntryState.SUBMITTED}:
        raise IllegalMove(entry.state, EntryState.DRAFT)
    if entry is None and not hackathon.teams.exclude(state=TeamState.WITHDRAWN).filter(pk=team.pk).exists():
        raise IllegalMove(TeamState.WITHDRAWN, EntryState.DRAFT)
    # The work is the team's, not of the one who happens to write: the portal itself keeps it.
    if entry is None:
        work = draft_work(
            by=SYSTEM, title=title, origin=reference_of(hackathon), is_demo=hackathon.is_demo, authors_label=team.name
        )
        entry = Entry.objects.create(hackathon=hackathon, team=team, work=work, is_demo=hackathon.is_demo)
    change_work(entry.work, by=SYSTEM, title=title, **fields)
    set_datasets(entry.work, datasets, by=SYSTEM, main=main, elsewhere=elsewhere)
    entry.category = category
    entry.save(update_fields=["category"])
    return Entry.objects.select_related("work").get(pk=entry.pk)


def missing_of(entry: Entry) -> tuple[str, ...]:
    """What keeps an entry from being handed in, all of it, in the order of the form."""
    hackathon, work = entry.hackathon, entry.work
    ours = [row for row in work.datasets.select_related("dataset") if row.is_portal]
    public = [row for row in ours if row.dataset is not None and row.dataset.is_published]
    lacking = {
        "abstract": not work.abstract.strip(),
        "category": bool(hackathon.categories) and entry.category not in hackathon.categories,
        "portal_dataset": not public,
        "dataset_gone": len(public) != len(ours),
        "main_dataset": hackathon.main_dataset_required and not any(row.is_main for row in public),
    }
    return tuple(name for name, is_lacking in lacking.items() if is_lacking)


@transaction.atomic
def submit(entry: Entry, *, by: Actor, now: datetime | None = None) -> None:
    """Hand it in, in time and complete. Raises NotNow, Missing, TeamTooSmall, IllegalMove, NotAllowed."""
    hackathon = locked(entry.hackathon)
    found = _begin(entry, EntryState.SUBMITTED)
    require(is_member(by, found.team), "submit")
    moment = now or timezone.now()
    if not hackathon.takes_entries(moment):
        raise NotNow
    if found.team.members.count() < hackathon.team_min:
        raise TeamTooSmall(hackathon.team_min)
    if lacking := missing_of(found):
        raise Missing(lacking)
    found.submitted_at = moment
    _finish(found, EntryState.SUBMITTED, HackathonEvent.SUBMITTED, by=by, entry=entry)


@transaction.atomic
def withdraw_entry(entry: Entry, *, by: Actor) -> None:
    """Take it back, before it is decided on. Raises IllegalMove, NotAllowed."""
    found = _begin(entry, EntryState.WITHDRAWN)
    require(is_member(by, found.team) or can_run(by), "withdraw_entry")
    _finish(found, EntryState.WITHDRAWN, HackathonEvent.TEAM_WITHDRAWN, by=by, entry=entry)


@transaction.atomic
def admit(entry: Entry, *, by: Actor, order: int | None = None) -> None:
    """Let it into the game. Raises IllegalMove, NotAllowed."""
    require(can_run(by), "admit")
    found = _begin(entry, EntryState.ADMITTED)
    found.presentation_order = order
    _finish(found, EntryState.ADMITTED, HackathonEvent.ADMITTED, by=by, entry=entry)


@transaction.atomic
def exclude(entry: Entry, *, by: Actor, reason: str) -> None:
    """Do not let it in, and say why: another act than a low mark. Raises Missing, IllegalMove, NotAllowed."""
    require(can_run(by), "exclude")
    found = _begin(entry, EntryState.EXCLUDED)
    if not reason.strip():
        raise Missing(("reason",))
    found.excluded_reason = reason.strip()
    _finish(found, EntryState.EXCLUDED, HackathonEvent.EXCLUDED, by=by, entry=entry)


@transaction.atomic
def present(entry: Entry, *, by: Actor) -> None:
    """It was presented. Raises IllegalMove, NotAllowed."""
    require(can_run(by), "present")
    _finish(_begin(entry, EntryState.PRESENTED), EntryState.PRESENTED, HackathonEvent.PRESENTED, by=by, entry=entry)


def _begin(entry: Entry, state: EntryState) -> Entry:
    rows = Entry.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("hackathon", "team__hackathon", "work").get(pk=entry.pk)
    if state not in ENTRY_MOVES[found.state]:
        raise IllegalMove(found.state, state)
    return found


def _finish(found: Entry, state: EntryState, event: HackathonEvent, *, by: Actor, entry: Entry) -> None:
    before, found.state = found.state, state
    found.save()
    facts = {"team": found.team.name, "title": found.work.title, "hackathon": found.hackathon.slug}
    record(event, found, by=by, changes={"state": [before, str(state)]}, facts=facts)
    entry.refresh_from_db()
