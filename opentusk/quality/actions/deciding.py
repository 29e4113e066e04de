"""The personal-data gate: a suspicion stops a file, a person decides, the decision holds for the next versions."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions import lift_hold, open_hold, refuse_file
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import can_hold
from opentusk.catalog.records import to_record
from opentusk.files.models import FileVersion
from opentusk.journal.actions import enqueue
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor
from opentusk.kit.personal import find_in_words
from opentusk.kit.tables.shapes import PersonalFinding
from opentusk.quality.errors import AlreadyDecided, MissingEvidence, NamesSomebody
from opentusk.quality.events import QualityEvent
from opentusk.quality.evidence import PUBLIC_FIELDS, Draft, lacking, telling
from opentusk.quality.findings import finding_to_json, is_covered, seen_before, signature_of, stopping, together
from opentusk.quality.models import PrivacyCase
from opentusk.quality.permissions import can_decide, is_dpo_of, require, role_of

_Decision, _State = PrivacyCase.Decision, PrivacyCase.State
_DECIDED = [
    "state", "decision", "basis", "reason", "evidence", "excluded_columns", "decided_at", "decided_by", "decided_role"
]  # fmt: skip
_TELL = "opentusk.quality.tasks.tell_of_case"


@transaction.atomic
def open_case(
    dataset: Dataset,
    version: FileVersion,
    findings: Sequence[PersonalFinding],
    *,
    by: Actor,
    columns: Collection[str] = (),
) -> PrivacyCase | None:
    """Stop a version in which personal data are suspected, until a person decides; None when nothing stops it.

    Called for every version, with the findings of all its tables and the names of all their columns. What was decided
    about an earlier version holds for this one when nothing new is suspected and the basis still holds: then nobody is
    asked again. A column that a person took away stays suspected, whatever is found in it now. A version that is read
    again keeps its case.
    """
    require(can_hold(by, dataset), "open_case", dataset)
    found = stopping([*findings, *_in_words(dataset, findings)])
    found = together(_taken_away(version.series_id, columns), found)
    if not found:
        return None
    if case := PrivacyCase.objects.select_for_update(no_key=True).of_version(version).filter(state=_State.OPEN).first():
        return _add_findings(case, found)
    if earlier := decision_that_holds(version.series_id, found):
        return earlier if earlier.version_id == version.pk else _repeat(earlier, dataset, version, found, by)
    case = PrivacyCase.objects.create(
        dataset=dataset, version=version, findings=[finding_to_json(finding) for finding in found]
    )
    open_hold(dataset, Hold.Kind.PERSONAL_DATA, version=version, facts={"case": case.pk}, by=by)
    enqueue(_TELL, key=f"privacy:{case.pk}", letter="opened", case=case.pk)
    write_entry(QualityEvent.CASE_OPENED, dataset, by=by, facts=_facts(case))
    return case


@transaction.atomic
def decide_case(
    case: PrivacyCase,
    *,
    decision: str,
    by: Actor,
    basis: str = "",
    reason: str = "",
    evidence: Mapping[str, str] | None = None,
    excluded_columns: Iterable[str] = (),
) -> PrivacyCase:
    """Record what a person decided about a suspicion, and let the file go or stop for ever.

    To publish needs a basis with its evidence (`quality.evidence`). To take columns away leaves the original out of
    the public for ever: the tables room makes a copy without them, as the next version. Raises AlreadyDecided,
    MissingEvidence, NamesSomebody.
    """
    require(can_decide(by, case), "decide", case)
    case = PrivacyCase.objects.select_for_update(of=("self",), no_key=True).with_everything().get(pk=case.pk)
    if not case.is_open or not case.version.is_pending:
        raise AlreadyDecided(case.state)
    columns = {column for finding in case.found for column in finding.columns}
    draft = Draft(
        decision=decision,
        basis=basis,
        reason=reason.strip(),
        evidence={name: text.strip() for name, text in (evidence or {}).items() if text.strip()},
        excluded_columns=sorted(columns.intersection(excluded_columns)),
    )
    if missing := lacking(draft, case.found, is_dpo=is_dpo_of(by, case.dataset.rights_holder)):
        raise MissingEvidence(missing)
    if named := telling({"reason": draft.reason, **draft.evidence}):
        raise NamesSomebody(named)
    _write(case, draft, by)
    _apply(case, by)
    enqueue(_TELL, letter="decided", case=case.pk)
    write_entry(QualityEvent.CASE_DECIDED, case.dataset, by=by, facts=_facts(case), is_public=True)
    return case


def _write(case: PrivacyCase, draft: Draft, by: Actor) -> None:
    is_public = draft.decision == _Decision.PUBLISH
    case.decision, case.reason = draft.decision, draft.reason
    case.basis, case.evidence = (draft.basis, dict(draft.evidence)) if is_public else ("", {})
    case.excluded_columns = list(draft.excluded_columns) if draft.decision == _Decision.EXCLUDE else []
    case.state = _State.REJECTED if draft.decision == _Decision.REFUSE else _State.CLEARED
    case.decided_at, case.decided_by_id = timezone.now(), by.user_id
    case.decided_role = role_of(by, case.dataset.rights_holder)
    case.save(update_fields=_DECIDED)


def _apply(case: PrivacyCase, by: Actor) -> None:
    if case.decision == _Decision.PUBLISH:
        for hold in Hold.objects.still_open().of_kind(Hold.Kind.PERSONAL_DATA).filter(version=case.version):
            lift_hold(hold, by=by, reason=case.get_basis_display(), facts={"case": case.pk})
        return
    refuse_file(case.version, by=by, reason=case.get_decision_display())


def _in_words(dataset: Dataset, findings: Sequence[PersonalFinding]) -> list[PersonalFinding]:
    """What title and description make suspect, where no table said it already."""
    record = to_record(dataset)
    said = find_in_words(" ".join(record.title.values()), " ".join(record.description.values()))
    known = {finding.kind for finding in stopping(findings)}
    return [finding for finding in said if finding.kind not in known]


def _taken_away(series_id: int, columns: Collection[str]) -> list[PersonalFinding]:
    """What was suspected of the columns of a file that the last decision about each of them took away."""
    decided = PrivacyCase.objects.of_series(series_id).decided().newest_first() if columns else ()
    known: set[str] = set()
    found: list[PersonalFinding] = []
    for case in decided:
        away = set(case.excluded_columns) & set(columns) - known
        found += [seen_before(finding) for finding in case.found if away & set(finding.columns)]
        known |= set(case.decided_columns)
    return found


def _add_findings(case: PrivacyCase, found: Sequence[PersonalFinding]) -> PrivacyCase:
    """The case with what another reading of the same file suspects."""
    findings = [finding_to_json(finding) for finding in together(case.found, found)]
    if findings != case.findings:
        case.findings = findings
        case.save(update_fields=["findings"])
    return case


def decision_that_holds(series_id: int, found: Sequence[PersonalFinding]) -> PrivacyCase | None:
    """The last decision on this file, if it was not to refuse, knew everything that is suspected now, and still holds.

    To take columns away answers only what was suspected of these columns: whatever else stays in the copy without them
    is asked about, or the copy would be copied for ever.
    """
    last = PrivacyCase.objects.of_series(series_id).decided().with_everything().newest_first().first()
    if last is None or last.state != _State.CLEARED or not is_covered(signature_of(found), last.signature):
        return None
    if last.decision == _Decision.EXCLUDE:
        return last if all(set(finding.columns) & set(last.excluded_columns) for finding in found) else None
    is_over = last.last_day and last.last_day < timezone.localdate().isoformat()
    return None if is_over else last


def _repeat(
    earlier: PrivacyCase, dataset: Dataset, version: FileVersion, found: Sequence[PersonalFinding], by: Actor
) -> PrivacyCase:
    case = PrivacyCase.objects.create(
        dataset=dataset,
        version=version,
        findings=[finding_to_json(finding) for finding in found],
        state=earlier.state,
        decision=earlier.decision,
        basis=earlier.basis,
        reason=earlier.reason,
        evidence=earlier.evidence,
        excluded_columns=earlier.excluded_columns,
        # Where a person decided, however many versions ago.
        same_as=earlier.same_as or earlier,
        decided_at=timezone.now(),
        decided_role=earlier.decided_role,
    )
    case = PrivacyCase.objects.with_everything().get(pk=case.pk)
    if case.decision == _Decision.EXCLUDE:
        if not case.version.is_pending:
            # It was public before anybody knew: what is held is taken back, and only then refused.
            open_hold(dataset, Hold.Kind.PERSONAL_DATA, version=version, facts={"case": case.pk}, by=by)
        _apply(case, by)
    write_entry(QualityEvent.DECISION_REPEATED, dataset, by=by, facts=_facts(case), is_public=True)
    return case


def _facts(case: PrivacyCase) -> dict[str, object]:
    """What an entry says: never a value, nor a label, which in a file without header is a value."""
    return {
        "case": case.pk,
        "version": case.version_id,
        "number": case.version.number,
        "kinds": sorted({finding.kind for finding in case.found}),
        "decision": case.decision,
        "basis": case.basis,
        "role": case.decided_role,
        "same_as": case.same_as.version.number if case.same_as else None,
        **{name: case.evidence[name] for name in PUBLIC_FIELDS if name in case.evidence},
    }
