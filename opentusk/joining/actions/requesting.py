"""Asking to join: the request, its confirmation by e-mail, and what is thrown away when nobody confirms."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.actions.posting import ask_letter
from opentusk.bodies.models import Agent
from opentusk.joining.errors import AlreadyAsked, AlreadyJoined, StepRefused
from opentusk.joining.events import JoiningEvent
from opentusk.joining.models import Accreditation, AccreditationDocument, TemplateDocument
from opentusk.joining.permissions import requester_of
from opentusk.joining.steps import JoinRequest
from opentusk.joining.store import remove_unused
from opentusk.journal.actions import record as write_entry

logger = logging.getLogger(__name__)

UNCONFIRMED_LIFE = timedelta(days=7)


@transaction.atomic
def request_accreditation(asked: JoinRequest, *, is_demo: bool = False) -> Accreditation:
    """Note a request to join and write to its requester; it counts when they confirm. Nobody needs an account.

    Raises StepRefused, AlreadyJoined, AlreadyAsked.
    """
    if faults := asked.faults():
        raise StepRefused(faults)
    code = asked.subject_code()
    _refuse_a_second(code, asked.name)
    accreditation = Accreditation.objects.create(
        subject_code=code,
        is_in_ipa=asked.is_in_ipa,
        name=asked.name.strip(),
        public_interest=asked.public_interest.strip(),
        requester_name=asked.requester_name.strip(),
        requester_email=asked.requester_email.strip().lower(),
        requester_function=asked.requester_function.strip(),
        has_body_email=asked.has_body_email,
        delegated_by=asked.delegated_by.strip(),
        is_demo=is_demo,
    )
    ask_letter("confirm", accreditation)
    return accreditation


@transaction.atomic
def confirm_request(accreditation: Accreditation) -> Accreditation:
    """The requester has proved the address: the desk hears of the request. Raises AlreadyJoined, AlreadyAsked."""
    accreditation.refresh_from_db(from_queryset=Accreditation.objects.select_for_update(no_key=True))
    if accreditation.confirmed_at:
        return accreditation
    # Several may have been waiting for their confirmation: the first one counts.
    _refuse_a_second(accreditation.subject_code, accreditation.name)
    now = timezone.now()
    accreditation.confirmed_at = accreditation.status_since = accreditation.waits_since = now
    accreditation.save(update_fields=["confirmed_at", "status_since", "waits_since"])
    ask_letter("received", accreditation)
    ask_letter("to_desk", accreditation)
    write_entry(JoiningEvent.REQUESTED, accreditation, by=requester_of(accreditation))
    return accreditation


def refuse_if_taken(code: str, name: str) -> None:
    """Say at once what `request_accreditation` would refuse. Raises AlreadyJoined, AlreadyAsked."""
    _refuse_a_second(code, name)


@transaction.atomic
def forget_unconfirmed() -> int:
    """Delete requests whose address nobody proved; how many."""
    limit = timezone.now() - UNCONFIRMED_LIFE
    count, _rows = Accreditation.objects.filter(confirmed_at__isnull=True, created_at__lt=limit).delete()
    logger.info("unconfirmed requests to join deleted: %s", count)
    return count


def forget_unused_files() -> int:
    """Delete private files that no row names: those of steps that were refused in the end; how many."""
    yesterday = timezone.now() - timedelta(days=1)
    used = set(AccreditationDocument.objects.values_list("sha256", flat=True))
    used |= set(TemplateDocument.objects.values_list("sha256", flat=True))
    return remove_unused(used, before=yesterday.timestamp())


def _refuse_a_second(code: str, name: str) -> None:
    agent = Agent.objects.joined().filter(ipa_code=code).exclude(status=Agent.Status.ENDED).first()
    if agent:
        raise AlreadyJoined(agent.name, agent.status)
    if Accreditation.objects.open().of_subject(code).exists():
        raise AlreadyAsked(name)
