"""From the sheets to the ranking that is published."""

from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction
from django.db.models import QuerySet

from opentusk.hackathon.actions.preparing import locked, move
from opentusk.hackathon.errors import BadWeights, Frozen, IllegalMove, Incomplete, Missing
from opentusk.hackathon.events import HackathonEvent
from opentusk.hackathon.models import Award, Criterion, Decision, Entry, Hackathon, RankedEntry, Sheet
from opentusk.hackathon.permissions import can_run, require
from opentusk.hackathon.states import HACKATHON_MOVES, EntryState, HackathonState, JurorState, SheetState
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.kit import judging as kit
from opentusk.reuse.actions import propose_work, publish_work
from opentusk.reuse.models import Work
from opentusk.reuse.states import WorkState

_ALL = 100


def rank_now(hackathon: Hackathon) -> dict[str, list[kit.Standing]]:
    """The ranking of each category from the sheets handed in until now; entries are told by their numbers."""
    criteria = [_criterion(one) for one in hackathon.criteria.all()]
    if sum(one.weight for one in criteria) != _ALL:
        raise BadWeights(str(sum(one.weight for one in criteria)))
    decisions = {one.category: one.order for one in hackathon.decisions.all()}
    found: dict[str, list[kit.Standing]] = {}
    for category in sorted(set(hackathon.entries.in_the_game().values_list("category", flat=True))):
        president = {str(pk): place for place, pk in enumerate(decisions.get(category, []), start=1)}
        sheets = [_sheet(one) for one in _counting(hackathon).filter(entry__category=category)]
        combination = kit.Combination(hackathon.combination)
        found[category] = kit.rank_entries(criteria, sheets, combination=combination, president=president)
    return found


def incompleteness(hackathon: Hackathon) -> Incomplete | None:
    """What keeps a ranking from being deliberated; None when nothing does."""
    entries = list(hackathon.entries.in_the_game().in_order())
    judging = hackathon.jurors.filter(state=JurorState.DECLARED).count()
    counting = _counting(hackathon)
    few = tuple(entry.team.name for entry in entries if counting.filter(entry=entry).count() < hackathon.min_sheets)
    answered = Sheet.objects.filter(
        entry__in=entries, is_void=False, state__in=(SheetState.SUBMITTED, SheetState.RECUSED)
    ).exclude(juror__state=JurorState.REPLACED)
    barred = sum(
        hackathon.jurors.filter(state=JurorState.DECLARED, conflicts__team=entry.team, conflicts__waived_note="")
        .exclude(sheets__entry=entry)
        .count()
        for entry in entries
    )
    open_sheets = judging * len(entries) - answered.count() - barred
    # With partial coverage not every juror sees every entry: then only sheets that were begun must be finished.
    if hackathon.combination == Hackathon.Combination.ZSCORE:
        open_sheets = Sheet.objects.filter(entry__in=entries, is_void=False, state=SheetState.DRAFT).count()
    return Incomplete(few, max(0, open_sheets)) if few or open_sheets > 0 else None


@transaction.atomic
def decide(hackathon: Hackathon, category: str, order: Sequence[int], *, by: Actor, reason: str) -> None:
    """Write down how the president orders equal entries, by their numbers, and why. Raises Missing, Frozen."""
    require(can_run(by), "decide")
    found = locked(hackathon)
    if found.state != HackathonState.JUDGING:
        raise Frozen
    if not reason.strip():
        raise Missing(("reason",))
    values = {"order": list(order), "reason": reason.strip()}
    Decision.objects.update_or_create(hackathon=found, category=category, defaults=values)
    facts = {"category": category, "entries": list(order), "reason": reason.strip()}
    record(HackathonEvent.DECIDED, found, by=by, facts=facts)


@transaction.atomic
def deliberate(hackathon: Hackathon, *, by: Actor) -> None:
    """Fix the ranking as it is. Raises Incomplete, IllegalMove, NotAllowed."""
    require(can_run(by), "deliberate")
    found = locked(hackathon)
    if HackathonState.DELIBERATED not in HACKATHON_MOVES[found.state]:
        raise IllegalMove(found.state, HackathonState.DELIBERATED)
    if lacking := incompleteness(found):
        raise lacking
    ranking = rank_now(found)
    RankedEntry.objects.bulk_create(
        RankedEntry(
            hackathon=found,
            entry_id=int(one.entry),
            category=category,
            rank=one.rank,
            value=str(one.value),
            points=kit.points(one.value),
            sheets=one.sheets,
            decided_by=one.decided_by,
        )
        for category, standings in ranking.items()
        for one in standings
    )
    Entry.objects.filter(hackathon=found, state__in=(EntryState.ADMITTED, EntryState.PRESENTED)).update(
        state=EntryState.RANKED
    )
    facts = {"entries": sum(map(len, ranking.values()))}
    move(found, HackathonState.DELIBERATED, by=by, hackathon=hackathon, event=HackathonEvent.DELIBERATED, facts=facts)


@transaction.atomic
def publish_ranking(hackathon: Hackathon, *, by: Actor, minutes: str) -> None:
    """Show the ranking to everybody, with the minutes; each work comes into the gallery.

    Raises Missing without minutes, IllegalMove, NotAllowed.
    """
    require(can_run(by), "publish_ranking")
    found = locked(hackathon)
    if HackathonState.PUBLISHED not in HACKATHON_MOVES[found.state]:
        raise IllegalMove(found.state, HackathonState.PUBLISHED)
    if not minutes.strip():
        raise Missing(("minutes",))
    found.minutes = minutes.strip()
    entries = found.entries.in_the_game().select_related("work").order_by("work_id")
    # Every work before the journal is written: nobody then waits for the other.
    list(Work.objects.select_for_update(no_key=True).filter(entry__in=entries).order_by("pk").values_list("pk"))
    for entry in entries:
        if entry.work.state == WorkState.DRAFT:
            propose_work(entry.work, by=SYSTEM)
        if entry.work.state == WorkState.PROPOSED:
            publish_work(entry.work, by=SYSTEM)
    move(found, HackathonState.PUBLISHED, by=by, hackathon=hackathon, event=HackathonEvent.PUBLISHED)


@transaction.atomic
def award(
    hackathon: Hackathon,
    entry: Entry,
    *,
    by: Actor,
    label: str,
    motivation: str = "",
    category: str = "",
    rank: int | None = None,
) -> Award:
    """Give a prize or a mention."""
    require(can_run(by), "award")
    made = Award.objects.create(
        hackathon=hackathon,
        entry=entry,
        label=label,
        motivation=motivation,
        category=category,
        rank=rank,
        is_demo=hackathon.is_demo,
    )
    record(HackathonEvent.AWARDED, entry, by=by, facts={"label": label, "hackathon": hackathon.slug})
    return made


@transaction.atomic
def reveal(hackathon: Hackathon, places: int, *, by: Actor) -> None:
    """Show so many places on the ceremony page, the last of the podium first; nobody else sees them before."""
    require(can_run(by), "reveal")
    found = locked(hackathon)
    if found.state not in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}:
        raise IllegalMove(found.state, "reveal")
    found.revealed = max(0, places)
    found.save(update_fields=["revealed"])
    hackathon.refresh_from_db()


def _counting(hackathon: Hackathon) -> QuerySet[Sheet]:
    """The sheets that count: handed in, by jurors in office, of entries in the game."""
    sheets = Sheet.objects.filter(
        entry__in=hackathon.entries.in_the_game(), state=SheetState.SUBMITTED, is_void=False
    ).exclude(juror__state=JurorState.REPLACED)
    return sheets.prefetch_related("scores__criterion")


def _criterion(one: Criterion) -> kit.Criterion:
    return kit.Criterion(
        code=one.code, weight=Fraction(one.weight), max_score=Fraction(one.max_score), step=Fraction(one.step)
    )


def _sheet(one: Sheet) -> kit.Sheet:
    scores = {score.criterion.code: Fraction(score.value) for score in one.scores.all()}
    return kit.Sheet(juror=str(one.juror_id), entry=str(one.entry_id), scores=scores)
