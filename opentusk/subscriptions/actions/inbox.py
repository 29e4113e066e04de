"""Writing the inbox."""

from opentusk.subscriptions.models import Delivery, InboxNotice
from opentusk.subscriptions.saying import Digest, Line


def put_in_inbox(delivery: Delivery, digest: Digest) -> None:
    """One notice per dataset; those that a former attempt has put are left as they are."""
    found = InboxNotice.objects.filter(delivery=delivery).values_list("events", "words")
    there = {(tuple(events), words) for events, words in found}
    InboxNotice.objects.bulk_create(
        [
            InboxNotice(
                subscriber=delivery.subscriber,
                delivery=delivery,
                dataset_id=line.dataset_id,
                events=list(line.events),
                severity=line.severity,
                words=_words(line),
            )
            for line in digest.lines
            if (line.events, _words(line)) not in there
        ],
        ignore_conflicts=True,
    )


def _words(line: Line) -> str:
    """What a line that is about no event says."""
    return "" if line.events else " ".join(line.lines)[:500]
