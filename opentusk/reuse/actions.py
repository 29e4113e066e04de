"""Every write of the reuse room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from opentusk.catalog.models import Dataset
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor
from opentusk.people.models import User
from opentusk.reuse.errors import DatasetNotPublic, IllegalMove, Missing, NotAllowed
from opentusk.reuse.events import ReuseEvent
from opentusk.reuse.models import Work, WorkDataset
from opentusk.reuse.permissions import can_decide, can_edit, require
from opentusk.reuse.states import WORK_MOVES, WorkState

# Words of our own addresses under /riusi.
_OUR_WORDS = frozenset({"nuovo", "impatto", "bozze", "risposta"})


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A dataset that another portal publishes."""

    uri: str
    title: str
    publisher: str = ""


@transaction.atomic
def draft_work(*, by: Actor, title: str, origin: str = "", is_demo: bool = False, **fields: Any) -> Work:
    """A draft, its author's alone. Raises NotAllowed without an account, Missing without a title."""
    if by.user_id is None and not by.is_system:
        raise NotAllowed("draft_work")
    if not title.strip():
        raise Missing("title")
    work = Work.objects.create(
        slug=_free_slug(title),
        title=title.strip(),
        contact=User.objects.filter(pk=by.user_id).first() if by.user_id else None,
        origin=origin,
        is_demo=is_demo,
        **fields,
    )
    record(ReuseEvent.DRAFTED, work, by=by, facts={"title": work.title})
    return work


@transaction.atomic
def change_work(work: Work, *, by: Actor, **fields: Any) -> Work:
    """Change what is said of it. Raises NotAllowed, Missing."""
    found = _locked(work)
    require(can_edit(by, found), "change_work")
    changes = {name: [str(getattr(found, name)), str(value)] for name, value in fields.items()}
    for name, value in fields.items():
        setattr(found, name, value)
    if not found.title.strip():
        raise Missing("title")
    if found.image is not None and not found.image_alt.strip():
        raise Missing("image_alt")
    found.save()
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        record(ReuseEvent.CHANGED, found, by=by, changes=changes, facts={"title": found.title})
    return found


@transaction.atomic
def set_datasets(
    work: Work,
    datasets: Sequence[Dataset],
    *,
    by: Actor,
    main: Dataset | None = None,
    elsewhere: Sequence[Elsewhere] = (),
) -> None:
    """Say what it is made with; what was said before and is not said now goes. Raises DatasetNotPublic, NotAllowed.

    A dataset that was public when it was said stays, though it is gone now.
    """
    found = _locked(work)
    require(can_edit(by, found), "set_datasets")
    kept = {row.dataset_uri: row for row in found.datasets.all()}
    uris = {_uri(dataset): dataset for dataset in datasets}
    for uri, dataset in uris.items():
        if not dataset.is_published and uri not in kept:
            raise DatasetNotPublic(dataset.identifier)
    found.datasets.exclude(dataset_uri__in=[*uris, *(one.uri for one in elsewhere)]).delete()
    for uri, dataset in uris.items():
        is_main = main is not None and main.pk == dataset.pk
        snapshot = {"dataset": dataset, "title": dataset.title, "publisher": dataset.rights_holder.name}
        WorkDataset.objects.update_or_create(
            work=found,
            dataset_uri=uri,
            defaults={"is_main": is_main, "is_portal": True},
            create_defaults={"is_main": is_main, "is_portal": True, **snapshot},
        )
    for one in elsewhere:
        words = {"title": one.title, "publisher": one.publisher, "is_portal": False, "is_main": False}
        WorkDataset.objects.update_or_create(work=found, dataset_uri=one.uri, defaults=words)
    facts = {"datasets": [dataset.identifier for dataset in uris.values()], "title": found.title}
    record(ReuseEvent.CHANGED, found, by=by, facts=facts)


@transaction.atomic
def propose_work(work: Work, *, by: Actor) -> None:
    """Ask the desk to publish it. Raises Missing without words or without a dataset, IllegalMove, NotAllowed."""
    found = _begin(work, WorkState.PROPOSED)
    require(can_edit(by, found), "propose_work")
    if not found.abstract.strip():
        raise Missing("abstract")
    if not found.datasets.exists():
        raise Missing("datasets")
    found.proposed_at = timezone.now()
    _finish(found, WorkState.PROPOSED, ReuseEvent.PROPOSED, by=by, work=work)


@transaction.atomic
def publish_work(work: Work, *, by: Actor) -> None:
    """Put it into the gallery, and onto the pages of its datasets. Raises IllegalMove, NotAllowed."""
    found = _begin(work, WorkState.PUBLISHED)
    require(can_decide(by), "publish_work")
    found.published_at = timezone.now()
    _finish(found, WorkState.PUBLISHED, ReuseEvent.PUBLISHED, by=by, work=work)


@transaction.atomic
def refuse_work(work: Work, *, by: Actor, reason: str) -> None:
    """Say no, and why, to who proposed it. Raises Missing, IllegalMove, NotAllowed."""
    found = _begin(work, WorkState.REFUSED)
    require(can_decide(by), "refuse_work")
    if not reason.strip():
        raise Missing("reason")
    found.refusal_reason = reason.strip()
    _finish(found, WorkState.REFUSED, ReuseEvent.REFUSED, by=by, work=work)


@transaction.atomic
def archive_work(work: Work, *, by: Actor, reason: str) -> None:
    """Take it out of the gallery; its page stays. Raises Missing, IllegalMove, NotAllowed."""
    found = _begin(work, WorkState.ARCHIVED)
    is_own = by.user_id is not None and by.user_id == found.contact_id
    require(can_decide(by) or is_own, "archive_work")
    if not reason.strip():
        raise Missing("reason")
    found.refusal_reason = reason.strip()
    _finish(found, WorkState.ARCHIVED, ReuseEvent.ARCHIVED, by=by, work=work)


def export(user: User) -> dict[str, list[dict[str, Any]]]:
    """The works that a person proposed, for the person."""
    rows = Work.objects.filter(contact=user).order_by("pk")
    return {
        "riusi": [
            {"titolo": row.title, "stato": row.state, "autori": row.authors_label, "creato": row.created_at.isoformat()}
            for row in rows
        ]
    }


def forget(user: User, tombstone: str) -> None:
    """Leave the works without the person who proposed them."""
    Work.objects.filter(contact=user).update(contact=None)


def _begin(work: Work, state: WorkState) -> Work:
    found = _locked(work)
    if state not in WORK_MOVES[found.state]:
        raise IllegalMove(found.state, state)
    return found


def _finish(found: Work, state: WorkState, event: ReuseEvent, *, by: Actor, work: Work) -> None:
    before, found.state = found.state, state
    found.save()
    facts = {
        "title": found.title,
        "slug": found.slug,
        "datasets": list(found.datasets.filter(dataset__isnull=False).values_list("dataset__identifier", flat=True)),
    }
    is_public = state in {WorkState.PUBLISHED, WorkState.ARCHIVED}
    record(event, found, by=by, changes={"state": [before, str(state)]}, facts=facts, is_public=is_public)
    work.refresh_from_db()


def _locked(work: Work) -> Work:
    return Work.objects.select_for_update(no_key=True).get(pk=work.pk)


def _uri(dataset: Dataset) -> str:
    return f"{settings.SITE_URL}/id/dataset/{dataset.uuid}"


def _free_slug(title: str) -> str:
    slug = slugify(title)[:100] or "riuso"
    is_free = slug not in _OUR_WORDS and not Work.objects.filter(slug=slug).exists()
    return slug if is_free else f"{slug}-{get_random_string(6).lower()}"
