"""Keeps what enters the feeds, changes in them and leaves them, in the transaction that writes their pages.

A change is what differs between the feeds and the last change of the same dataset, so whoever applies them in order
has what the feeds have, however often the journal was delivered or the feeds rebuilt.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import blake2b
from itertools import islice

from django.utils import timezone

from opentusk.feeds.building import SYNTAXES, pack, unpack
from opentusk.feeds.joining import stored_nodes, without_repetition
from opentusk.feeds.models import Change, FeedFragment, FragmentText
from opentusk.kit.rdf.profiles import Profile
from opentusk.kit.rdf.syntaxes import Syntax

KEPT_SYNTAXES = (Syntax.N_TRIPLES, Syntax.JSON_LD)
_AT_ONCE = 500


def note_changes(dataset_ids: Collection[int]) -> None:
    """Note what happened to these datasets. Only for who holds the pen, inside the transaction of the pages."""
    if Change.objects.exists():
        _note(dataset_ids)
    else:
        # A portal that was there before its changes were kept begins with everything that is public.
        note_all_changes()


def note_all_changes() -> None:
    """Compare all of the feeds with what was noted, and note what is missing."""
    listed = FeedFragment.objects.in_place().values_list("dataset", flat=True)
    known = Change.objects.order_by("dataset_number").values_list("dataset_number", flat=True).distinct()
    numbers = iter(dict.fromkeys([*listed, *known]))
    while batch := list(islice(numbers, _AT_ONCE)):
        _note(batch)


def _note(dataset_ids: Collection[int]) -> None:
    last: dict[int, Change] = {
        row.dataset_number: row for row in Change.objects.of_datasets(dataset_ids).defer("packed")
    }
    now = {text.fragment.dataset_id: text for text in _texts_of(dataset_ids)}
    found = [_change(number, last.get(number), now.get(number)) for number in sorted(dataset_ids)]
    changes = [change for change in found if change]
    position, at = Change.objects.last_position(), _moment()
    for place, change in enumerate(changes, start=position + 1):
        change.position, change.at = place, at
    Change.objects.bulk_create(changes)


def _texts_of(dataset_ids: Collection[int]) -> list[FragmentText]:
    texts = FragmentText.objects.filter(fragment__dataset__in=list(dataset_ids), profile=Profile.DCATAP_IT.value)
    return list(texts.select_related("fragment"))


def _change(number: int, before: Change | None, text: FragmentText | None) -> Change | None:
    was_there = before is not None and before.kind != Change.Kind.DELETE
    if text is None:
        if before is None or not was_there:
            return None
        return Change(kind=Change.Kind.DELETE, dataset_number=number, iri=before.iri, packed=b"")
    digest = _digest(text)
    if before is not None and was_there and before.digest == digest:
        return None
    kind = Change.Kind.UPDATE if was_there else Change.Kind.CREATE
    return Change(
        kind=kind, dataset_number=number, iri=text.fragment.iri, digest=digest, packed=pack(_document_of(text))
    )


def _digest(text: FragmentText) -> str:
    """Equal when everything that is said is equal, shared nodes included."""
    own = unpack(bytes(text.packed))[SYNTAXES.index(Syntax.N_TRIPLES)]
    return blake2b(b"\0".join([own, *(digest.encode() for digest in text.nodes)]), digest_size=12).hexdigest()


def _document_of(text: FragmentText) -> tuple[bytes, ...]:
    """What the dataset's document says, in the syntaxes that are kept."""
    own = unpack(bytes(text.packed))
    nodes = [node.texts for node in without_repetition(stored_nodes(text.nodes).values())]
    lines, objects = ([block[SYNTAXES.index(syntax)] for block in (own, *nodes)] for syntax in KEPT_SYNTAXES)
    return b"".join(lines), b",\n".join(block for block in objects if block)


def _moment() -> datetime:
    """Now, but never before the last change: readers go by this time."""
    last = Change.objects.in_place().values_list("at", flat=True).last()
    return max(timezone.now(), last) if last else timezone.now()
