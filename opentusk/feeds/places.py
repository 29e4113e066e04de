"""Gives every dataset its place in the feeds: the page of the complete catalogue and that of its titolare.

A dataset enters at the end of the last page and stays there. When it leaves, its page is one shorter: the others do
not move, so that a harvester paging through meanwhile neither loses nor repeats a record. Only when a page would
become empty in the middle – many harvesters stop there – is that feed packed together again, as at each rebuild.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.feeds.building import Fragment, Node, Written, pack
from opentusk.feeds.models import FeedFragment, FeedFragmentQuerySet, FragmentText, SharedNode


@dataclass(frozen=True)
class Feed:
    """One feed: of everything (`holder` None) or of one titolare."""

    holder: Agent | None = None

    @property
    def scope(self) -> str:
        """Its name in rows and folders."""
        return self.holder.ipa_code if self.holder else ""

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """How it is asked for."""
        return (("fq", f"organization:{self.holder.slug}"),) if self.holder else ()

    @property
    def page_field(self) -> str:
        """The column that says on which of its pages a fragment stands."""
        return "holder_page" if self.holder else "page"

    def fragments(self) -> FeedFragmentQuerySet:
        """Everything in it."""
        return FeedFragment.objects.of(self.holder) if self.holder else FeedFragment.objects.all()

    def fragments_on(self, number: int) -> list[FeedFragment]:
        """What stands on one page, in order."""
        return list(self.fragments().filter(**{self.page_field: number}).in_place())

    def last_page(self) -> int:
        """The number of its last page, 0 when nothing is in it."""
        numbers = self.fragments().order_by(f"-{self.page_field}").values_list(self.page_field, flat=True)
        return numbers.first() or 0

    def page_counts(self) -> dict[int, int]:
        """How many fragments stand on each page that has any."""
        counted = self.fragments().values_list(self.page_field).annotate(Count("id"))
        return dict(counted.order_by(self.page_field))


@dataclass
class Touched:
    """The pages of each feed that must be written anew, and the feeds that something has left."""

    pages: dict[Feed, set[int]] = field(default_factory=dict)
    shrunk: set[Feed] = field(default_factory=set)

    def add(self, feed: Feed, *numbers: int) -> None:
        """Note pages of a feed."""
        self.pages.setdefault(feed, set()).update(numbers)

    def remove(self, feed: Feed, number: int) -> None:
        """Note the page that something left."""
        self.add(feed, number)
        self.shrunk.add(feed)


def put_fragments(written: Sequence[Written], datasets: dict[int, Dataset], *, as_of: int) -> Touched:
    """Store what was written of these datasets, take away what is no longer there, and give each its place.

    `as_of` is the journal's last entry when the records were read: what is newer already is left alone.
    """
    touched = Touched()
    rows = {row.dataset_id: row for row in _rows_of(one.dataset_id for one in written)}
    current = [one for one in written if not (row := rows.get(one.dataset_id)) or row.as_of <= as_of]
    leaving = [rows[one.dataset_id] for one in current if not one.fragments and one.dataset_id in rows]
    staying = [one for one in current if one.fragments]
    _take_away(leaving, touched)
    _place(staying, rows, datasets, as_of, touched)
    _store_texts(staying)
    _close_gaps(touched)
    return touched


def pack_together(feed: Feed) -> None:
    """Fill the holes of a feed."""
    moved = []
    for position, row in enumerate(feed.fragments().in_place()):
        number = position // settings.FEED_PAGE_SIZE + 1
        if getattr(row, feed.page_field) != number:
            setattr(row, feed.page_field, number)
            moved.append(row)
    FeedFragment.objects.bulk_update(moved, [feed.page_field], batch_size=500)


def _rows_of(dataset_ids: Iterable[int]) -> list[FeedFragment]:
    return list(FeedFragment.objects.filter(dataset__in=list(dataset_ids)).select_related("holder"))


def _take_away(rows: Sequence[FeedFragment], touched: Touched) -> None:
    for row in rows:
        touched.remove(Feed(), row.page)
        touched.remove(Feed(row.holder), row.holder_page)
    FeedFragment.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _place(
    written: Sequence[Written],
    rows: dict[int, FeedFragment],
    datasets: dict[int, Dataset],
    as_of: int,
    touched: Touched,
) -> None:
    ends = _Ends(touched)
    placed = []
    for one in written:
        dataset = datasets[one.dataset_id]
        row = rows.get(one.dataset_id)
        if row is None:
            row = FeedFragment(dataset=dataset, page=ends.next_page(Feed()))
        else:
            touched.add(Feed(), row.page)
        _place_with_holder(row, dataset.rights_holder, ends, touched)
        row.iri = str(dataset.record.get("iri", ""))
        row.as_of = as_of
        placed.append(row)
    FeedFragment.objects.bulk_create(
        placed,
        update_conflicts=True,
        unique_fields=["dataset"],
        update_fields=["iri", "holder", "holder_page", "as_of"],
    )


def _place_with_holder(row: FeedFragment, holder: Agent, ends: "_Ends", touched: Touched) -> None:
    if row.holder_page and row.holder_id != holder.pk:
        touched.remove(Feed(row.holder), row.holder_page)
        row.holder_page = 0
    row.holder = holder
    if row.holder_page:
        touched.add(Feed(holder), row.holder_page)
    else:
        row.holder_page = ends.next_page(Feed(holder))


class _Ends:
    """The last page of each feed while datasets enter. Every dataset that enters touches page 1, which tells totals."""

    def __init__(self, touched: Touched) -> None:
        self._touched = touched
        self._ends: dict[Feed, tuple[int, int]] = {}

    def next_page(self, feed: Feed) -> int:
        """The page for one more dataset."""
        number, count = self._ends.get(feed) or self._stored_end(feed)
        if count >= settings.FEED_PAGE_SIZE:
            # The page that was the last one must now tell where the next is.
            self._touched.add(feed, number)
            number, count = number + 1, 0
        self._ends[feed] = (number, count + 1)
        self._touched.add(feed, 1, number)
        return number

    def _stored_end(self, feed: Feed) -> tuple[int, int]:
        last = feed.last_page() or 1
        return last, feed.fragments().filter(**{feed.page_field: last}).count()


def _store_texts(written: Sequence[Written]) -> None:
    numbers = dict(
        FeedFragment.objects.filter(dataset__in=[one.dataset_id for one in written]).values_list("dataset", "id")
    )
    texts: list[FragmentText] = []
    nodes: dict[str, Node] = {}
    for one in written:
        for profile, fragment in one.fragments.items():
            digests = [node.digest for node in fragment.nodes]
            nodes.update(zip(digests, fragment.nodes, strict=True))
            texts.append(_text_row(numbers[one.dataset_id], profile, fragment, digests))
    _store_nodes(nodes)
    FragmentText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["fragment", "profile"], update_fields=["packed", "nodes"]
    )


def _text_row(fragment_id: int, profile: str, fragment: Fragment, digests: list[str]) -> FragmentText:
    return FragmentText(fragment_id=fragment_id, profile=profile, packed=fragment.packed, nodes=digests)


def _store_nodes(nodes: dict[str, Node]) -> None:
    known = set(SharedNode.objects.filter(digest__in=list(nodes)).values_list("digest", flat=True))
    SharedNode.objects.bulk_create(
        [
            SharedNode(digest=digest, iri=node.iri, packed=pack(node.texts))
            for digest, node in nodes.items()
            if digest not in known
        ],
        ignore_conflicts=True,
    )


def _close_gaps(touched: Touched) -> None:
    """Pack a feed whose middle pages have become empty. Page 1 tells totals, and the last page has no next."""
    for feed in touched.shrunk:
        numbers = touched.pages[feed]
        counts = feed.page_counts()
        if any(number not in counts for number in numbers if number < max(counts, default=0)):
            pack_together(feed)
            counts = feed.page_counts()
            numbers.update(counts)
        numbers.update((1, max(counts, default=1)))
