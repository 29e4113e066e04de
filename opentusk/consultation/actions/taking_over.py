"""One thing of a Decidim at a time: is it known, what does it become here, what must a person decide."""

import hashlib
import re
from collections import Counter
from datetime import datetime
from typing import Any, Protocol

from django.utils.text import slugify

from opentusk.bodies.models import Agent
from opentusk.comments.actions import take_over as take_comment_over
from opentusk.comments.models import Comment
from opentusk.consultation.actions.answering import write_answer
from opentusk.consultation.models import Consultation, ImportRecord
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.models import Basket, WantedDataset
from opentusk.demand.states import Origin, RefusalReason, State
from opentusk.journal.actors import Actor
from opentusk.journal.models import reference_of
from opentusk.kit.decidim.shapes import Meeting, Proposal, RemoteComment, Result
from opentusk.kit.decidim.texts import listed_items, normal, plain, theme_of
from opentusk.programme.actions import create_event
from opentusk.programme.models import Edition

# «Already published» needs the dataset, which is not here: the desk decides.
_REASONS = frozenset(RefusalReason.values) - {RefusalReason.ALREADY_PUBLISHED}
# The component that an address belongs to.
SPACES = re.compile(r"^.*?/f/\d+/")


class Report(Protocol):
    """Where the counts and the lines of a run go."""

    counts: Counter[tuple[str, str]]
    by_theme: Counter[str]
    lines: list[tuple[str, str]]


class TakingOver:
    """One run. `seen` are the things that the source still has."""

    def __init__(
        self,
        consultation: Consultation,
        host: str,
        actor: Actor,
        report: Report,
        *,
        event_kind: str,
        body: Agent | None,
        now: datetime,
    ) -> None:
        self.now, self.seen = now, set[tuple[str, str]]()
        self._consultation, self._host, self._actor, self._report = consultation, host, actor, report
        self._event_kind, self._body = event_kind, body
        self._basket = Basket.objects.get(edition=consultation.edition)

    def proposal(self, found: Proposal) -> None:
        """A proposal of a theme gives drafts of wishes; that of a participant is a wish."""
        if found.is_withdrawn:
            self._count("proposal", "left_out")
            return
        theme = theme_of([found.title]) or (theme_of(found.labels) if found.is_official else "")
        if theme:
            self._thematic(found, theme)
        elif found.is_official:
            self._line("theme_unknown", f"{found.id} {found.title}")
        else:
            self._wish(found)

    def comment(self, found: RemoteComment) -> None:
        """A comment below what it is about; a reply to a reply goes to the first level."""
        target = self._target(found)
        if target is None:
            self._line("comment_without_place", found.id)
            return
        if self._is_known("comment", found.id, found.body, found.url):
            return
        subject, parent = target
        made = take_comment_over(
            subject,
            found.body,
            by=self._actor,
            origin=f"{self._host}:comment:{found.id}",
            created_at=found.created_at or self.now,
            parent=parent,
            alignment=found.alignment,
        )
        self._keep("comment", found.id, found.body, found.url, made)

    def meeting(self, found: Meeting) -> None:
        """An event as a draft, with its declared figures; of which kind it is, the desk says for all."""
        content = f"{found.title}\n{found.starts_at}\n{found.description}"
        edition = Edition.objects.filter(slug=self._consultation.edition).first()
        if not self._event_kind or edition is None:
            self._line("kind_of_meetings" if edition else "edition_missing", f"{found.id} {found.title}")
            self._count("meeting", "waiting")
            return
        if self._is_known("meeting", found.id, content, found.url):
            return
        made = create_event(
            edition,
            by=self._actor,
            slug=f"{slugify(found.title)[:80]}-{slugify(self._host)[:20]}-{found.id}",
            kind=self._event_kind,
            title=found.title,
            abstract=found.description,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            venue=found.place[:300],
            declared_attendance=found.attendees,
            declared_source=found.url[:500] or self._host,
        )
        self._keep("meeting", found.id, content, found.url, made)

    def result(self, found: Result) -> None:
        """How far a wish has come there, by the same steps that people take here."""
        content = f"{found.title}\n{found.progress}"
        item = self._item_of(found)
        if item is None:
            self._line("result_without_wish", f"{found.id} {found.title}")
        elif item.is_hidden:
            self._line("confirm_first", f"{found.id} {found.title}")
        elif self._is_known("result", found.id, content, found.url):
            return
        elif found.progress >= 100:
            self._line("to_verify", f"{found.id} {found.title}")
        elif item.state == State.IN_BASKET and self._body is None:
            self._line("body_missing", f"{found.id} {found.title}")
        else:
            self._advance(item, found.progress)
            self._keep("result", found.id, content, found.url, item)
            return
        self._count("result", "waiting")

    def _advance(self, item: WantedDataset, progress: int) -> None:
        if item.state == State.IN_BASKET and self._body is not None:
            demand.assign(item, self._body, by=self._actor)
        if progress > 0 and item.state == State.ASSIGNED:
            demand.start(item, by=self._actor, due_on=None)

    def _thematic(self, found: Proposal, theme: str) -> None:
        proposal = self._consultation.proposals.get(theme=theme)
        if not self._is_known("proposal", found.id, f"{found.title}\n{found.body}", found.url):
            self._keep("proposal", found.id, f"{found.title}\n{found.body}", found.url, proposal)
        if found.answer and not proposal.answer:
            write_answer(proposal, found.answer, by=self._actor)
        items = listed_items(found.body)
        if not items and not found.answer:
            self._line("no_list", f"{found.id} {found.title}")
        for number, listed in enumerate(items):
            self._report.by_theme[theme] += 1
            words = f"{listed.title}; produttori: {listed.producers}" if listed.producers else listed.title
            key = f"{found.id}#{number}"
            if self._is_known("item", key, words, found.url):
                continue
            wish = Wish(title=listed.title, theme=theme, producers_text=listed.producers)
            made = self._take_wish(wish, f"proposal:{key}", Origin.DATALAB, is_draft=True)
            self._keep("item", key, words, found.url, made)

    def _wish(self, found: Proposal) -> None:
        theme = theme_of(found.labels)
        self._report.by_theme[theme] += 1
        content = f"{found.title}\n{found.body}"
        if self._is_known("proposal", found.id, content, found.url):
            return
        items = listed_items(found.body)
        ours = found.ours
        producers = ours.producers or (items[0].producers if len(items) == 1 else "")
        wish = Wish(
            title=found.title,
            description=plain(found.body),
            use_case=ours.use_case,
            theme=theme,
            producers_text=producers,
        )
        origin = Origin(ours.origin) if ours.origin in Origin.values else Origin.CONSULTATION
        made = self._take_wish(wish, f"proposal:{found.id}", origin, support=found.support)
        self._keep("proposal", found.id, content, found.url, made)
        if found.state == "accepted" and theme:
            demand.accept(made, by=self._actor)
        elif found.state == "accepted":
            self._line("theme_unknown", f"{found.id} {found.title}")
        elif found.state == "rejected" and ours.reason in _REASONS and found.answer:
            demand.refuse(made, by=self._actor, reason=RefusalReason(ours.reason), answer=found.answer)
        elif found.state == "rejected":
            self._line("reason_missing", f"{found.id} {found.title}")

    def _take_wish(
        self, wish: Wish, key: str, origin: Origin, *, support: int = 0, is_draft: bool = False
    ) -> WantedDataset:
        return demand.take_over(
            self._basket,
            wish,
            by=self._actor,
            origin=origin,
            import_key=f"{self._host}:{key}",
            consultation=reference_of(self._consultation),
            support=support,
            is_draft=is_draft,
        )

    def _target(self, found: RemoteComment) -> tuple[str, Comment | None] | None:
        is_reply = found.target_type.endswith("Comment")
        row = self._row("comment" if is_reply else "proposal", found.target_id)
        if row is None or not row.target:
            return None
        if not is_reply:
            return row.target, None
        parent = Comment.objects.get(pk=int(row.target.partition(":")[2]))
        return parent.subject, parent.parent or parent

    def _item_of(self, found: Result) -> WantedDataset | None:
        rows = ImportRecord.objects.filter(instance_host=self._host, type="proposal", url__in=found.proposal_urls)
        for row in rows.exclude(target=""):
            if row.target.startswith("demand."):
                return _wish_named(row.target)
            lines = ImportRecord.objects.filter(
                instance_host=self._host, type="item", remote_id__startswith=f"{row.remote_id}#"
            )
            for line in lines.exclude(target=""):
                item = _wish_named(line.target)
                if normal(item.title) == normal(found.title):
                    return item
        return None

    def _is_known(self, kind: str, number: str, content: str, url: str) -> bool:
        """Whether it was taken over before; what changed there since is marked, and nothing here is touched."""
        self.seen.add((kind, number))
        row = self._row(kind, number)
        if row is None:
            return False
        if row.content_hash == fingerprint(content) and row.vanished_at is None:
            self._count(kind, "same")
            return True
        if row.content_hash != fingerprint(content):
            row.needs_review, row.review_text, row.content_hash = True, content, fingerprint(content)
        row.vanished_at, row.seen_at = None, self.now
        row.save()
        self._count(kind, "changed")
        return True

    def _keep(self, kind: str, number: str, content: str, url: str, target: Any) -> None:
        ImportRecord.objects.create(
            instance_host=self._host,
            type=kind,
            remote_id=number,
            content_hash=fingerprint(content),
            url=url[:1_000],
            target=reference_of(target),
            review_text=content if kind == "item" else "",
            seen_at=self.now,
        )
        self._count(kind, "new")

    def _row(self, kind: str, number: str) -> ImportRecord | None:
        return ImportRecord.objects.filter(instance_host=self._host, type=kind, remote_id=number).first()

    def _count(self, kind: str, outcome: str) -> None:
        self._report.counts[kind, outcome] += 1

    def _line(self, code: str, detail: str) -> None:
        self._report.lines.append((code, detail))


def fingerprint(content: str) -> str:
    """What says whether a thing changed at the source."""
    return hashlib.sha256(content.encode()).hexdigest()


def space_of(url: str) -> str:
    """The component that an address belongs to."""
    found = SPACES.match(url)
    return found.group() if found else ""


def _wish_named(reference: str) -> WantedDataset:
    return WantedDataset.objects.select_related("basket").get(pk=int(reference.partition(":")[2]))
