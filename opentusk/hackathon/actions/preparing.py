"""Preparing a hackathon and leading it from phase to phase."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from opentusk.hackathon.errors import BadWeights, Frozen, IllegalMove, Missing
from opentusk.hackathon.events import HackathonEvent
from opentusk.hackathon.models import Criterion, Hackathon, Sheet
from opentusk.hackathon.permissions import can_run, require
from opentusk.hackathon.states import BEFORE_JUDGING, HACKATHON_MOVES, HackathonState
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor

_ALL = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class CriterionSaid:
    """What is judged, as it is said when the hackathon is prepared."""

    code: str
    label: str
    weight: Decimal
    help: str = ""
    max_score: Decimal = Decimal(10)
    step: Decimal = Decimal(1)


@transaction.atomic
def create_hackathon(*, by: Actor, slug: str, title: str, **fields: Any) -> Hackathon:
    """A draft."""
    require(can_run(by), "create_hackathon")
    hackathon = Hackathon.objects.create(slug=slug, title=title, **fields)
    record(HackathonEvent.CREATED, hackathon, by=by, facts={"title": title})
    return hackathon


@transaction.atomic
def change_hackathon(hackathon: Hackathon, *, by: Actor, **fields: Any) -> Hackathon:
    """Change settings; how marks are put together stays once judging began. Raises Frozen, NotAllowed."""
    require(can_run(by), "change_hackathon")
    found = locked(hackathon)
    changes = {name: [getattr(found, name), value] for name, value in fields.items() if getattr(found, name) != value}
    if found.state not in BEFORE_JUDGING and changes.keys() & {"combination", "min_sheets", "categories"}:
        raise Frozen
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    if changes:
        told = {name: [str(old), str(new)] for name, (old, new) in changes.items()}
        record(HackathonEvent.CHANGED, found, by=by, changes=told, facts={"title": found.title})
    return found


@transaction.atomic
def set_criteria(hackathon: Hackathon, criteria: Sequence[CriterionSaid], *, by: Actor) -> None:
    """Say what is judged and how much it weighs. Raises BadWeights, Frozen once a sheet exists, NotAllowed."""
    require(can_run(by), "set_criteria")
    found = locked(hackathon)
    if Sheet.objects.filter(entry__hackathon=found).exists() or found.state not in BEFORE_JUDGING:
        raise Frozen
    total = sum((one.weight for one in criteria), Decimal(0))
    if total != _ALL or any(one.weight <= 0 for one in criteria):
        raise BadWeights(str(total))
    found.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            hackathon=found,
            position=position,
            **{name: getattr(one, name) for name in ("code", "label", "help", "weight", "max_score", "step")},
        )
        for position, one in enumerate(criteria)
    )
    facts = {"fields": ["criteria"], "criteria": {one.code: str(one.weight) for one in criteria}}
    record(HackathonEvent.CHANGED, found, by=by, facts=facts)


@transaction.atomic
def advance(hackathon: Hackathon, to: HackathonState, *, by: Actor) -> None:
    """Go to the next phase; results have verbs of their own (`deliberate`, `publish_ranking`).

    Raises IllegalMove, NotAllowed, Missing what the phase needs.
    """
    require(can_run(by), "advance")
    found = locked(hackathon)
    if to not in HACKATHON_MOVES[found.state] or to in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}:
        raise IllegalMove(found.state, to)
    if lacking := _lacking(found, to):
        raise Missing(lacking)
    move(found, to, by=by, hackathon=hackathon)


def move(
    found: Hackathon,
    to: HackathonState,
    *,
    by: Actor,
    hackathon: Hackathon,
    event: HackathonEvent = HackathonEvent.ADVANCED,
    facts: dict[str, Any] | None = None,
) -> None:
    """Put a locked hackathon into its next state and write it down."""
    before, found.state = found.state, to
    found.save()
    told = {"title": found.title, "slug": found.slug} | (facts or {})
    record(event, found, by=by, changes={"state": [before, str(to)]}, facts=told, is_public=True)
    hackathon.refresh_from_db()


def locked(hackathon: Hackathon) -> Hackathon:
    """The hackathon as it is now, nobody else changing it."""
    return Hackathon.objects.select_for_update(no_key=True).get(pk=hackathon.pk)


def _lacking(found: Hackathon, to: HackathonState) -> tuple[str, ...]:
    lacking: list[str] = []
    if to == HackathonState.REGISTRATIONS and not found.rules.strip():
        lacking.append("rules")
    if to == HackathonState.JUDGING:
        weights = sum((one.weight for one in found.criteria.all()), Decimal(0))
        lacking += ["criteria"] if weights != _ALL else []
        lacking += ["jurors"] if not found.jurors.exclude(state="replaced").exists() else []
        lacking += ["decisions"] if found.entries.filter(state="submitted").exists() else []
    return tuple(lacking)
