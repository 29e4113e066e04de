"""Publication at a time: asked by a person, done by the clock in that person's name."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.catalog.actions import publish
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.errors import CatalogRefusal, OnHold, WrongState
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.permissions import can_publish, require
from opentusk.catalog.refusals import words_for
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import SYSTEM, Actor
from opentusk.people.actors import actor_of

# A file that is still being read when its time comes is waited for.
_PATIENCE = timedelta(hours=6)


@transaction.atomic
def schedule(dataset: Dataset, *, at: datetime, by: Actor) -> Dataset:
    """Publish a draft at a time to come, if nothing forbids it then. Raises WrongState."""
    require(can_publish(by, dataset) and by.user_id is not None, "schedule", dataset)
    dataset = lock(dataset)
    if dataset.status != Dataset.Status.DRAFT or at <= timezone.now():
        raise WrongState(dataset.status, Dataset.Status.DRAFT)
    dataset.publish_at, dataset.publish_by_id = at, by.user_id
    dataset.save(update_fields=["publish_at", "publish_by"])
    write_entry(CatalogEvent.SCHEDULED, dataset, by=by, facts={"at": at.isoformat()})
    return dataset


@transaction.atomic
def unschedule(dataset: Dataset, *, by: Actor) -> Dataset:
    """Leave a draft a draft."""
    require(can_publish(by, dataset), "unschedule", dataset)
    dataset = lock(dataset)
    if dataset.publish_at:
        _forget(dataset)
        write_entry(CatalogEvent.UNSCHEDULED, dataset, by=by)
    return dataset


def publish_due(*, now: datetime | None = None) -> int:
    """Publish the drafts whose time has come, each for who asked it; how many are public now.

    Who asked is told when it cannot be done; a right that was lost meanwhile is no right any more.
    """
    now = now or timezone.now()
    return sum(_publish_one(dataset, now) for dataset in Dataset.objects.due(now).select_related("publish_by"))


def _publish_one(dataset: Dataset, now: datetime) -> bool:
    asked_at, person = dataset.publish_at, dataset.publish_by
    by = actor_of(person) if person else SYSTEM
    try:
        with transaction.atomic():
            # The clock of another machine, or a person, may have been quicker.
            if not Dataset.objects.due(now).select_for_update(no_key=True).filter(pk=dataset.pk).exists():
                return False
            require(person is not None, "publish", dataset)
            publish(dataset, by=by)
    except CatalogRefusal as refusal:
        if asked_at and now - asked_at < _PATIENCE and _is_being_read(refusal):
            return False
        _give_up(dataset, by, words_for(refusal))
        if person:
            _tell(person.email, dataset, words_for(refusal))
        return False
    return True


@transaction.atomic
def _give_up(dataset: Dataset, by: Actor, words: str) -> None:
    dataset = lock(dataset)
    _forget(dataset)
    write_entry(CatalogEvent.SCHEDULE_FAILED, dataset, by=by, facts={"words": words})


def _forget(dataset: Dataset) -> None:
    dataset.publish_at, dataset.publish_by = None, None
    dataset.save(update_fields=["publish_at", "publish_by"])


def _is_being_read(refusal: CatalogRefusal) -> bool:
    return isinstance(refusal, OnHold) and {hold.kind for hold in refusal.holds} == {Hold.Kind.EXAMINATION}


def _tell(email: str, dataset: Dataset, words: str) -> None:
    address = f"{settings.SITE_URL}/scrivania/dataset/{dataset.pk}"
    send_mail(
        _("«%(title)s» non è stato pubblicato") % {"title": dataset.title},
        _(
            "Avevi chiesto di pubblicarlo adesso, ma non si può ancora.\n\n%(words)s\n\nAprilo qui, sistemalo e scegli "
            "un'altra data: %(address)s\n"
        )
        % {"words": words, "address": address},
        settings.DEFAULT_FROM_EMAIL,
        [email],
    )
