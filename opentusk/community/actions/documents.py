"""The library: documents, versions, and the days on which they are looked at again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.community.actions.threads import said
from opentusk.community.errors import Missing
from opentusk.community.events import CommunityEvent
from opentusk.community.letters import send_review_letter
from opentusk.community.models import Document, DocumentVersion
from opentusk.community.permissions import can_keep, require
from opentusk.files.actions import receive
from opentusk.files.names import clean_name
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM, Actor


@transaction.atomic
def add_document(
    owner: Agent,
    blocks: Iterable[bytes],
    *,
    by: Actor,
    name: str,
    kind: Document.Kind,
    title: str,
    summary: str = "",
    access: Document.Access = Document.Access.COMMUNITY,
    review_on: date | None = None,
    is_demo: bool = False,
) -> Document:
    """Put a document into the library. Raises NotAllowed, Missing, NamesSomebody, and what `files` refuses."""
    require(can_keep(by, owner), "add_document")
    document = Document.objects.create(
        kind=kind,
        title=said(title, "title"),
        summary=summary.strip(),
        owner=owner,
        access=access,
        review_on=review_on,
        is_demo=is_demo,
    )
    record(CommunityEvent.DOCUMENT_ADDED, document, by=by, facts={"kind": kind, "access": access})
    add_version(document, blocks, by=by, name=name)
    return document


@transaction.atomic
def add_version(
    document: Document, blocks: Iterable[bytes], *, by: Actor, name: str, note: str = ""
) -> DocumentVersion:
    """Give the next version; the former ones stay. Raises NotAllowed, and what `files` refuses."""
    found = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    require(can_keep(by, found.owner), "add_version")
    stored = receive(blocks, name=name, agent=found.owner, by=by)
    last = found.versions.order_by("-number").first()
    version = DocumentVersion.objects.create(
        document=found,
        number=last.number + 1 if last else 1,
        file=stored,
        file_name=clean_name(name),
        note=note.strip(),
    )
    record(CommunityEvent.VERSION_ADDED, found, by=by, facts={"number": version.number, "sha256": stored.sha256})
    return version


@transaction.atomic
def set_review(document: Document, review_on: date | None, *, by: Actor) -> None:
    """Say by when it is looked at again: that is asked then. Raises NotAllowed, Missing for a day gone by."""
    found = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    require(can_keep(by, found.owner), "set_review")
    if review_on is not None and review_on <= timezone.localdate():
        raise Missing("review_on")
    before, found.review_on, found.review_asked_at = found.review_on, review_on, None
    found.save(update_fields=["review_on", "review_asked_at"])
    record(CommunityEvent.REVIEW_SET, found, by=by, changes={"review_on": [str(before or ""), str(review_on or "")]})
    document.refresh_from_db()


def ask_for_reviews(*, today: date) -> int:
    """Write to the referenti of each body whose document is to be looked at again, once; how many documents."""
    due = list(Document.objects.to_review(today).filter(review_asked_at__isnull=True).select_related("owner"))
    for document in due:
        _ask(document)
    return len(due)


@transaction.atomic
def _ask(document: Document) -> None:
    document.review_asked_at = timezone.now()
    document.save(update_fields=["review_asked_at"])
    record(CommunityEvent.REVIEW_ASKED, document, by=SYSTEM)
    send_review_letter(document)
