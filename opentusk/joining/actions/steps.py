"""The steps of a request to join, from the desk taking it in hand to the number of the register.

The order and the parties are in `machine`, what each step needs in `steps`.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.errors import NotAllowed
from opentusk.bodies.permissions import is_desk, require
from opentusk.bodies.tokens import new_key
from opentusk.joining.actions.moving import lock_for, move
from opentusk.joining.errors import StepRefused, WrongMove
from opentusk.joining.events import JoiningEvent
from opentusk.joining.models import Accreditation, AccreditationDocument, Obligation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.permissions import can_bring
from opentusk.joining.steps import Act, Faults, People, Protocol, Scheme, checks_for
from opentusk.joining.store import ACTS, Kept, Upload, keep
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor

Kind = AccreditationDocument.Kind
# While these last, the body may still bring a better copy of a document, or other names.
_OPEN_FOR_DOCUMENTS = (S.UNDER_REVIEW, S.INTEGRATION_REQUESTED, S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED)


@transaction.atomic
def begin_review(accreditation: Accreditation, *, checks: Iterable[str], catalogues: str = "", by: Actor) -> None:
    """The desk takes the request in hand, having looked at everything that `steps.checks_for` names."""
    lock_for(accreditation, S.UNDER_REVIEW, by=by)
    if accreditation.status != S.REQUESTED:
        raise WrongMove(accreditation.status, S.UNDER_REVIEW)
    done = [check for check in checks_for(accreditation) if check in set(checks)]
    _refuse({} if len(done) == len(checks_for(accreditation)) else {"checks": "checks_missing"})
    values = {"checks": done, "existing_catalogues": catalogues.strip()}
    move(accreditation, S.UNDER_REVIEW, by=by, values=values)
    ask_letter("under_review", accreditation)


@transaction.atomic
def request_integration(accreditation: Accreditation, *, message: str, by: Actor) -> None:
    """Ask the body for what is missing."""
    _move_with_message(accreditation, S.INTEGRATION_REQUESTED, message, by)
    ask_letter("integration_requested", accreditation)


@transaction.atomic
def answer_integration(
    accreditation: Accreditation, *, message: str, uploads: Iterable[Upload] = (), by: Actor
) -> None:
    """Give the desk what it asked for."""
    lock_for(accreditation, S.UNDER_REVIEW, by=by)
    if accreditation.status != S.INTEGRATION_REQUESTED:
        raise WrongMove(accreditation.status, S.UNDER_REVIEW)
    for upload in uploads:
        _keep_document(accreditation, Kind.OTHER, keep(upload, allowed=ACTS), by)
    _move_with_message(accreditation, S.UNDER_REVIEW, message, by)
    ask_letter("to_desk", accreditation)


@transaction.atomic
def reject(accreditation: Accreditation, *, message: str, by: Actor) -> None:
    """Refuse the request, with the reason; the body may ask anew."""
    _move_with_message(accreditation, S.REJECTED, message, by)
    ask_letter("rejected", accreditation)


@transaction.atomic
def upload_act(accreditation: Accreditation, act: Act, *, upload: Upload, by: Actor) -> None:
    """The act of the governing organ, with its file. Raises StepRefused, FileRefused."""
    lock_for(accreditation, S.ACT_UPLOADED, by=by)
    _refuse(act.faults(timezone.localdate()))
    document = _keep_document(accreditation, Kind.ACT, keep(upload, allowed=ACTS), by)
    values = {"act_number": act.number.strip(), "act_date": act.adopted_on, "act_organ": act.organ.strip()}
    move(accreditation, S.ACT_UPLOADED, by=by, values=values, facts={"sha256": document.sha256})
    ask_letter("act_uploaded", accreditation)
    ask_letter("to_desk", accreditation)


@transaction.atomic
def upload_scheme(accreditation: Accreditation, scheme: Scheme, *, upload: Upload, by: Actor) -> None:
    """The signed scheme; the obligations as they read today are kept with it. Raises StepRefused, FileRefused."""
    lock_for(accreditation, S.SCHEME_SIGNED, by=by)
    obligations = list(Obligation.objects.in_force().of_the_body())
    _refuse(scheme.faults(accreditation, obligations, timezone.localdate()))
    document = _keep_document(accreditation, Kind.SCHEME, keep(upload, allowed=ACTS), by)
    values = {
        "signer_name": scheme.signer.strip(),
        "signer_role": scheme.role.strip(),
        "signed_on": scheme.signed_on,
        "scheme_version": scheme.version.strip(),
        "accepted": [{"id": obligation.pk, "text": obligation.text} for obligation in obligations],
    }
    move(accreditation, S.SCHEME_SIGNED, by=by, values=values, facts={"sha256": document.sha256})
    ask_letter("scheme_signed", accreditation)
    ask_letter("to_desk", accreditation)


@transaction.atomic
def note_transmission(
    accreditation: Accreditation, protocol: Protocol, *, receipt: Upload | None = None, by: Actor
) -> None:
    """Act and scheme have arrived and are in the register. Raises StepRefused, FileRefused."""
    lock_for(accreditation, S.TRANSMITTED, by=by)
    _refuse(protocol.faults(accreditation, timezone.localdate()))
    if receipt:
        _keep_document(accreditation, Kind.RECEIPT, keep(receipt, allowed=ACTS), by)
    values = {"protocol_number": protocol.number.strip(), "protocol_date": protocol.registered_on}
    move(accreditation, S.TRANSMITTED, by=by, values=values)
    ask_letter("transmitted", accreditation)


@transaction.atomic
def name_people(accreditation: Accreditation, people: People, *, by: Actor) -> None:
    """Say who will answer for the body. Raises StepRefused."""
    _lock_while_open(accreditation, by)
    _refuse(people.faults())
    columns = people.columns()
    for name, value in columns.items():
        setattr(accreditation, name, value)
    accreditation.waits_since = timezone.now()
    accreditation.save(update_fields=[*columns, "waits_since"])
    write_entry(JoiningEvent.NOTED, accreditation, by=by, facts={"note": "people"})


@transaction.atomic
def add_document(accreditation: Accreditation, kind: str, *, upload: Upload, by: Actor) -> AccreditationDocument:
    """Bring a better copy of a document, or one more; the earlier ones stay. Raises FileRefused."""
    _lock_while_open(accreditation, by)
    document = _keep_document(accreditation, Kind(kind), keep(upload, allowed=ACTS), by)
    facts = {"kind": document.kind, "sha256": document.sha256}
    write_entry(JoiningEvent.DOCUMENT_KEPT, accreditation, by=by, facts=facts)
    return document


@transaction.atomic
def note_catalogues(accreditation: Accreditation, *, text: str, by: Actor) -> None:
    """Note which catalogues the body has already: they are to be merged or harvested."""
    require(is_desk(by), "note_catalogues", accreditation.pk)
    accreditation.existing_catalogues = text.strip()
    accreditation.save(update_fields=["existing_catalogues"])
    write_entry(JoiningEvent.NOTED, accreditation, by=by, facts={"note": "catalogues"})


@transaction.atomic
def renew_address(accreditation: Accreditation, *, by: Actor) -> None:
    """Make the secret address of a request worthless, and write a new one to its requester."""
    require(is_desk(by), "renew_address", accreditation.pk)
    accreditation.key = new_key()
    accreditation.save(update_fields=["key"])
    ask_letter("received", accreditation)
    write_entry(JoiningEvent.NOTED, accreditation, by=by, facts={"note": "address"})


def _move_with_message(accreditation: Accreditation, target: S, message: str, by: Actor) -> None:
    lock_for(accreditation, target, by=by)
    _refuse({} if message.strip() else {"message": "missing"})
    text = message.strip()
    move(accreditation, target, by=by, values={"message": text}, facts={"message": text})


def _lock_while_open(accreditation: Accreditation, by: Actor) -> None:
    require(can_bring(by, accreditation), "bring", accreditation.pk)
    accreditation.refresh_from_db(from_queryset=Accreditation.objects.select_for_update(no_key=True))
    if accreditation.confirmed_at is None or accreditation.status not in _OPEN_FOR_DOCUMENTS:
        raise NotAllowed(action="bring", subject=str(accreditation.pk))


def _keep_document(accreditation: Accreditation, kind: str, kept: Kept, by: Actor) -> AccreditationDocument:
    return AccreditationDocument.objects.create(
        accreditation=accreditation,
        kind=kind,
        filename=kept.filename,
        sha256=kept.sha256,
        byte_size=kept.byte_size,
        media_type=kept.media_type,
        uploaded_by=by.label,
    )


def _refuse(faults: Faults) -> None:
    if faults:
        raise StepRefused(faults)
