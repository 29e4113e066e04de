"""What the journal changes in what people follow: a deed begins it, a merger carries it over to another thing."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from opentusk.journal.models import Entry
from opentusk.notices.speakers import Speaker, Subject, describe_all, speakers
from opentusk.people.models import User
from opentusk.subscriptions.actions.following import subscriber_for
from opentusk.subscriptions.models import Rhythm, ScopeKind, Subscription


@transaction.atomic
def follow_deeds(entries: Sequence[Entry]) -> None:
    """Whoever proposed or supported something follows it from then on; who follows what is merged follows on.

    What somebody follows already stays as it is. It need not be public yet: what is not is told to nobody, and these
    people know what it is.
    """
    found = [(entry, speakers().get(entry.subject.partition(":")[0])) for entry in entries]
    told = [(entry, speaker, _other(entry, speaker)) for entry, speaker in found if speaker is not None]
    things = describe_all({entry.subject for entry, _speaker, _other in told} | {other for *_entry, other in told})
    for entry, speaker, other in told:
        if entry.event in speaker.followed_after and entry.subject in things:
            _follow(entry, things[entry.subject])
        elif speaker.carried_over and entry.event == speaker.carried_over.by and other in things:
            _carry_over(entry.subject, other, things[other])
        elif speaker.carried_over and entry.event == speaker.carried_over.undone_by and other:
            _take_back(entry.subject, other)


def _other(entry: Entry, speaker: Speaker) -> str:
    """The thing that the entry's own becomes part of, or was part of; nothing for most entries."""
    rule = speaker.carried_over
    return str(entry.facts.get(rule.fact, "")) if rule and entry.event in {rule.by, rule.undone_by} else ""


def _follow(entry: Entry, thing: Subject) -> None:
    kind, _colon, number = entry.actor.partition(":")
    user = User.objects.active().filter(pk=number).first() if kind == User._meta.label_lower else None
    if user:
        new = {"title": thing.title[:500], "rhythm": Rhythm.AT_ONCE, "confirmed_at": timezone.now()}
        Subscription.objects.update_or_create(
            subscriber=subscriber_for("", user), scope_kind=ScopeKind.SUBJECT, scope_key=entry.subject,
            channel="mail", defaults={"is_carried": False}, create_defaults=new,
        )  # fmt: skip


def _carry_over(old: str, new: str, thing: Subject) -> None:
    """Who follows the old follows the new, once and as before. Each row goes over once: what was ended stays ended."""
    rows = list(Subscription.objects.of_scope(ScopeKind.SUBJECT, [old]).exclude(carried_to=new))
    Subscription.objects.bulk_create(
        [
            Subscription(
                subscriber_id=row.subscriber_id, scope_kind=row.scope_kind, scope_key=new, title=thing.title[:500],
                families=row.families, channel=row.channel, rhythm=row.rhythm, is_quiet=row.is_quiet,
                confirmed_at=row.confirmed_at, paused_at=row.paused_at, is_carried=True,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(carried_to=new)
    # What was carried to the old before follows on to the new: a chain of one step.
    Subscription.objects.filter(carried_to=old).update(carried_to=new)


def _take_back(old: str, new: str) -> None:
    """Who follows the new only because of the old follows the old alone again."""
    Subscription.objects.of_scope(ScopeKind.SUBJECT, [old]).filter(carried_to=new).update(carried_to="")
    still = Subscription.objects.filter(carried_to=new, subscriber=OuterRef("subscriber"), channel=OuterRef("channel"))
    Subscription.objects.of_scope(ScopeKind.SUBJECT, [new]).filter(~Exists(still), is_carried=True).delete()
