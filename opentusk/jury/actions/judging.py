"""Jurors and their sheets."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from opentusk.bodies.models import Membership
from opentusk.bodies.tokens import token_of
from opentusk.hackathon.actions.preparing import locked
from opentusk.hackathon.errors import (
    BadMark,
    IllegalMove,
    InConflict,
    Missing,
    NotNow,
    OnTheOtherSide,
    WrongCode,
)
from opentusk.hackathon.events import HackathonEvent
from opentusk.hackathon.models import Conflict, Criterion, Entry, Hackathon, Juror, Score, Sheet, Team, TeamMember
from opentusk.hackathon.permissions import can_run, require
from opentusk.hackathon.states import EntryState, HackathonState, JurorState, SheetState
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import Actor, ActorKind
from opentusk.people.models import User
from opentusk.people.tokens import hash_of

_LETTER = "opentusk.jury.tasks.send_letter"
_CODES = "opentusk.jury.code"


@transaction.atomic
def invite_juror(
    hackathon: Hackathon, *, by: Actor, office: str, email: str, is_president: bool = False, language: str = "it"
) -> tuple[Juror, str, str]:
    """A juror, with the secret of the address and the code; the worker writes them in a letter. Raises NotAllowed."""
    require(can_run(by), "invite_juror")
    juror = Juror(
        hackathon=hackathon, office=office, email=email.strip().lower(), is_president=is_president, language=language
    )
    secret, code = secret_of(juror), code_of(juror)
    juror.token_hash, juror.code_hash = hash_of(secret), hash_of(f"{secret}:{code}")
    juror.save()
    enqueue(_LETTER, juror=juror.pk)
    record(HackathonEvent.JUROR_INVITED, hackathon, by=by, facts={"juror": juror.pk, "office": office})
    return juror, secret, code


@transaction.atomic
def remind_juror(juror: Juror, *, by: Actor) -> None:
    """Send the letter again, with the same address and code. Raises NotAllowed, IllegalMove for a replaced one."""
    require(can_run(by), "remind_juror")
    found = _locked(juror)
    if found.state == JurorState.REPLACED or not found.email:
        raise IllegalMove(found.state, "remind")
    enqueue(_LETTER, key=f"jury letter {found.pk}", juror=found.pk)
    record(HackathonEvent.JUROR_REMINDED, found.hackathon, by=by, facts={"juror": found.pk})


def secret_of(juror: Juror) -> str:
    """The secret of a juror's address."""
    return token_of("juror", juror.key)


def code_of(juror: Juror) -> str:
    """The six figures that the address asks for."""
    return f"{int(salted_hmac(_CODES, juror.key, algorithm='sha256').hexdigest(), 16) % 1_000_000:06d}"


def find_juror(secret: str, code: str) -> Juror:
    """The juror that a secret address and its code let in. Raises WrongCode, never saying which is wrong."""
    juror = Juror.objects.select_related("hackathon").filter(token_hash=hash_of(secret)).first()
    if juror is None or juror.state == JurorState.REPLACED:
        raise WrongCode
    if not constant_time_compare(juror.code_hash, hash_of(f"{secret}:{code.strip()}")):
        raise WrongCode
    return juror


@transaction.atomic
def accept_juror(juror: Juror, *, user: User | None) -> None:
    """The juror is in, tied to the account of the first use if there is one. Raises OnTheOtherSide, IllegalMove."""
    found = _locked(juror)
    if found.state == JurorState.REPLACED:
        raise IllegalMove(found.state, JurorState.ACCEPTED)
    if user is not None and TeamMember.objects.filter(hackathon=found.hackathon, user=user).exists():
        raise OnTheOtherSide
    if found.state != JurorState.INVITED:
        return
    found.state, found.user = JurorState.ACCEPTED, user or User.objects.filter(email=found.email).first()
    found.save(update_fields=["state", "user"])
    record(HackathonEvent.JUROR_ACCEPTED, found.hackathon, by=actor_of_juror(found), facts={"juror": found.pk})
    juror.refresh_from_db()


@transaction.atomic
def declare_conflicts(juror: Juror, conflicts: Mapping[int, str]) -> None:
    """Say which teams one does not judge, by their numbers, and why; found ones are added. Again at any time.

    A sheet of a team that is now in conflict becomes an abstention. Raises IllegalMove.
    """
    contest, found = locked(juror.hackathon), _locked(juror)
    is_fixed = contest.state in {HackathonState.DELIBERATED, HackathonState.PUBLISHED}
    if is_fixed or found.state not in {JurorState.ACCEPTED, JurorState.DECLARED}:
        raise IllegalMove(found.state, JurorState.DECLARED)
    for team in found.hackathon.teams.filter(pk__in=conflicts):
        values = {"reason": conflicts[team.pk], "source": Conflict.Source.DECLARED}
        Conflict.objects.update_or_create(juror=found, team=team, defaults=values)
    for team in _related_teams(found):
        values = {"source": Conflict.Source.AUTOMATIC, "reason": "stesso ente, o componente della squadra"}
        Conflict.objects.get_or_create(juror=found, team=team, defaults=values)
    against = found.conflicts.filter(waived_note="").values("team")
    found.sheets.filter(entry__team__in=against).update(state=SheetState.RECUSED)
    found.state = JurorState.DECLARED
    found.save(update_fields=["state"])
    facts = {"juror": found.pk, "teams": sorted(found.conflicts.values_list("team_id", flat=True))}
    record(HackathonEvent.JUROR_DECLARED, found.hackathon, by=actor_of_juror(found), facts=facts)
    juror.refresh_from_db()


@transaction.atomic
def waive_conflict(conflict: Conflict, *, by: Actor, note: str) -> None:
    """Say why a found conflict of the same body does not count; a declared one always does. Raises NotAllowed."""
    require(can_run(by) and conflict.source == Conflict.Source.AUTOMATIC, "waive_conflict")
    if not note.strip():
        raise Missing(("note",))
    conflict.waived_note = note.strip()
    conflict.save(update_fields=["waived_note"])
    record(HackathonEvent.CONFLICT_WAIVED, conflict.juror.hackathon, by=by, facts={"note": conflict.waived_note})


@transaction.atomic
def save_sheet(
    juror: Juror,
    entry: Entry,
    marks: Mapping[str, Decimal],
    *,
    is_final: bool,
    note: str = "",
    now: datetime | None = None,
) -> Sheet:
    """Keep one's marks, by the codes of the criteria; the final ones are complete.

    Raises NotNow, InConflict, BadMark, IllegalMove for a juror who has not declared, or an entry out of the game.
    """
    found = _may_judge(juror, entry, now=now)
    criteria = {one.code: one for one in found.hackathon.criteria.all()}
    wrong = [code for code, mark in marks.items() if code not in criteria or not _allows(criteria[code], mark)]
    wrong += [code for code in criteria if is_final and code not in marks]
    if wrong:
        raise BadMark(tuple(wrong))
    sheet, _is_new = Sheet.objects.get_or_create(juror=found, entry=entry)
    sheet.state, sheet.note = SheetState.SUBMITTED if is_final else SheetState.DRAFT, note
    sheet.changed_at = timezone.now()
    sheet.save(update_fields=["state", "note", "changed_at"])
    for code, mark in marks.items():
        Score.objects.update_or_create(sheet=sheet, criterion=criteria[code], defaults={"value": mark})
    if is_final:
        record(HackathonEvent.SHEET_SUBMITTED, found.hackathon, by=actor_of_juror(found), facts={"entry": entry.pk})
    return sheet


@transaction.atomic
def recuse(juror: Juror, entry: Entry, *, reason: str, now: datetime | None = None) -> Sheet:
    """Say that one does not judge this entry after all: the team is in conflict from now on."""
    found = _may_judge(juror, entry, now=now)
    values = {"reason": reason, "source": Conflict.Source.DECLARED, "waived_note": ""}
    Conflict.objects.update_or_create(juror=found, team=entry.team, defaults=values)
    sheet, _is_new = Sheet.objects.update_or_create(
        juror=found, entry=entry, defaults={"state": SheetState.RECUSED, "changed_at": timezone.now()}
    )
    record(HackathonEvent.SHEET_RECUSED, found.hackathon, by=actor_of_juror(found), facts={"entry": entry.pk})
    return sheet


@transaction.atomic
def replace_juror(juror: Juror, *, by: Actor) -> int:
    """Somebody else takes the place: the sheets are void, not changed; how many. Raises NotAllowed."""
    require(can_run(by), "replace_juror")
    found = _locked(juror)
    found.state = JurorState.REPLACED
    found.save(update_fields=["state"])
    number = found.sheets.update(is_void=True)
    record(HackathonEvent.JUROR_REPLACED, found.hackathon, by=by, facts={"juror": found.pk, "void": number})
    juror.refresh_from_db()
    return number


def actor_of_juror(juror: Juror) -> Actor:
    """The author of what a juror does, named by office."""
    return Actor(ActorKind.PERSON, f"hackathon.juror:{juror.pk}", "la giuria", juror.user_id)


def is_in_conflict(juror: Juror, team: Team) -> bool:
    """Whether the juror does not judge this team."""
    return juror.conflicts.filter(team=team, waived_note="").exists()


def _may_judge(juror: Juror, entry: Entry, *, now: datetime | None) -> Juror:
    contest, found = locked(juror.hackathon), _locked(juror)
    if not found.may_judge:
        raise IllegalMove(found.state, "judge")
    if entry.hackathon_id != found.hackathon_id or entry.state not in {EntryState.ADMITTED, EntryState.PRESENTED}:
        raise IllegalMove(entry.state, "judge")
    if is_in_conflict(found, entry.team):
        raise InConflict
    if not contest.takes_marks(now or timezone.now()):
        raise NotNow
    return found


def _related_teams(juror: Juror) -> list[Team]:
    """Teams that the juror is in, or with somebody of a body that the juror works for."""
    if juror.user_id is None:
        return []
    bodies = Membership.objects.current().filter(user=juror.user_id).values("agent")
    colleagues = Membership.objects.current().filter(agent__in=bodies).values("user")
    teams = juror.hackathon.teams.filter(members__user__in=colleagues) | juror.hackathon.teams.filter(
        members__user=juror.user_id
    )
    return list(teams.distinct())


def _allows(criterion: Criterion, mark: Decimal) -> bool:
    return 0 <= mark <= criterion.max_score and mark % criterion.step == 0


def _locked(juror: Juror) -> Juror:
    rows = Juror.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("hackathon").get(pk=juror.pk)
