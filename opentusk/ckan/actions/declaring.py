"""The declaration that the owner of a key signs once for all that programs write with it."""

from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone

from opentusk.catalog import actions as catalog
from opentusk.catalog.models import Dataset, Hold
from opentusk.ckan.events import CkanEvent
from opentusk.ckan.models import StandingDeclaration
from opentusk.editorial.actions.beginning import create_signed
from opentusk.editorial.actions.declaring import sign_declaration
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.questions import EDITION, QUESTIONS, check_answers
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.people.models import ApiToken


@transaction.atomic
def sign_standing_declaration(
    token: ApiToken, answers: Mapping[str, Mapping[str, str]], *, by: Actor
) -> StandingDeclaration:
    """Keep the answers of the owner of a key; another one that stood is over. Raises Unanswered."""
    if findings := check_answers(answers):
        raise Unanswered(findings.missing, findings.unexplained, findings.forbidding)
    StandingDeclaration.objects.filter(token=token, revoked_at__isnull=True).update(revoked_at=timezone.now())
    signed = StandingDeclaration.objects.create(
        token=token,
        edition=EDITION,
        answers={one.code: dict(answers[one.code]) for one in QUESTIONS},
    )
    record(CkanEvent.DECLARATION_SIGNED, token.user, by=by, facts={"token": token.pk, "edition": EDITION})
    return signed


@transaction.atomic
def revoke_standing_declaration(token: ApiToken, *, by: Actor) -> None:
    """What is written with the key from now on waits for a signature again."""
    if StandingDeclaration.objects.filter(token=token, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        record(CkanEvent.DECLARATION_REVOKED, token.user, by=by, facts={"token": token.pk})


def standing_declaration(token: ApiToken) -> StandingDeclaration | None:
    """What holds for a key; answers to questions that have changed since hold no more."""
    return StandingDeclaration.objects.filter(token=token, revoked_at__isnull=True, edition=EDITION).first()


def declare(dataset: Dataset, *, token: ApiToken, by: Actor) -> None:
    """Sign for a dataset what the key's owner has signed for everything, if something waits for it."""
    waits = Hold.objects.still_open().of_kind(Hold.Kind.DECLARATION).filter(dataset=dataset).exists()
    if not (waits and token.may_publish):
        return
    if standing := standing_declaration(token):
        sign_declaration(dataset, standing.answers, by=by)


def beginning(token: ApiToken) -> Callable[..., Dataset]:
    """How a key that publishes begins a dataset: signed for, if its owner has signed for all, else as a draft."""
    standing = standing_declaration(token) if token.may_publish else None
    if standing is None:
        return catalog.create_draft
    return partial(create_signed, answers=standing.answers)
