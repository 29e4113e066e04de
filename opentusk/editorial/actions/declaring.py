"""The declaration: signed by a person, and asked again when what it spoke of has changed."""

from collections.abc import Mapping

from django.db import transaction

from opentusk.catalog import actions as catalog
from opentusk.catalog.actions.holding import lock_beside_record
from opentusk.catalog.actions.looking import lift_signed
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import can_publish, require
from opentusk.editorial.errors import ChangedMeanwhile, Unanswered
from opentusk.editorial.events import EditorialEvent
from opentusk.editorial.models import Declaration
from opentusk.editorial.questions import EDITION, QUESTIONS, check_answers
from opentusk.editorial.signing import columns_told, last_declaration, subject_of, who_signed_after
from opentusk.files.models import FileVersion
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor, ActorKind

SIGNED = "dichiarazione firmata"


@transaction.atomic
def sign_declaration(
    dataset: Dataset, answers: Mapping[str, Mapping[str, str]], *, by: Actor, shown: str | None = None
) -> Declaration:
    """Keep the answers of a person and lift what waited for them, whole dataset and single versions alike.

    `shown` is the seal of the subject that the person had before them (`signing`); None for whoever looked at none.
    Raises Unanswered with the questions that keep it from being signed, ChangedMeanwhile.
    """
    require(by.kind is ActorKind.PERSON and can_publish(by, dataset), "sign", dataset)
    require_answered(answers)
    dataset = lock_beside_record(dataset)
    # Whoever looked at nothing is not asked what it was: a program signs for hundreds of files, one after the other.
    if shown is not None and (subject := subject_of(dataset)).seal != shown:
        after = who_signed_after(subject, shown)
        raise ChangedMeanwhile(after.signer if after else "")
    columns = columns_told(dataset, last_declaration(dataset))
    declaration = keep_declaration(dataset, answers, by=by, columns=columns)
    lift_signed(dataset, by=by, reason=SIGNED)
    record(EditorialEvent.DECLARATION_SIGNED, dataset, by=by, facts=declaration.facts)
    return declaration


@transaction.atomic
def note_columns(dataset: Dataset, *, version: FileVersion, columns_hash: str, by: Actor) -> None:
    """Say which columns a version has: told by the tables room before it ends an examination.

    The first columns of a file belong to the declaration that was signed before them; others later ask for a new one.
    """
    dataset = lock_beside_record(dataset)
    file = str(version.series.uuid)
    declaration = last_declaration(dataset)
    waiting = Hold.objects.still_open().of_kind(Hold.Kind.DECLARATION).on_dataset(dataset).first()
    if waiting:
        # Whoever signs has these columns before them.
        told = {**waiting.facts.get("columns", {}), file: columns_hash}
        catalog.open_hold(dataset, Hold.Kind.DECLARATION, by=by, facts={"columns": told})
    elif declaration and file not in declaration.columns:
        declaration.columns = {**declaration.columns, file: columns_hash}
        declaration.save(update_fields=["columns"])
    elif declaration and declaration.columns[file] != columns_hash:
        held = version if dataset.is_published else None
        facts = {"because": "columns", "columns": {file: columns_hash}}
        catalog.open_hold(dataset, Hold.Kind.DECLARATION, version=held, by=by, facts=facts)
        record(EditorialEvent.COLUMNS_CHANGED, dataset, by=by, facts={"version": version.pk})


def require_answered(answers: Mapping[str, Mapping[str, str]]) -> None:
    """Raises Unanswered with the questions that keep answers from being signed."""
    if findings := check_answers(answers):
        raise Unanswered(findings.missing, findings.unexplained, findings.forbidding)


def keep_declaration(
    dataset: Dataset, answers: Mapping[str, Mapping[str, str]], *, by: Actor, columns: Mapping[str, str]
) -> Declaration:
    """Keep the answers of a person whose right to sign was looked at; nothing is lifted and nobody told."""
    return Declaration.objects.create(
        dataset=dataset,
        edition=EDITION,
        answers={one.code: _kept(answers[one.code]) for one in QUESTIONS},
        signed_by_id=by.user_id,
        signer=by.label[:200],
        columns=columns,
    )


def _kept(answer: Mapping[str, str]) -> dict[str, str]:
    return {"answer": answer["answer"], "note": answer.get("note", "").strip()}
