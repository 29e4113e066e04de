"""Builds every feed again from rows, on all processors, and publishes all of it at once or nothing."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.feeds.building import Written, faults_in_files, write_datasets
from opentusk.feeds.changes import note_all_changes
from opentusk.feeds.errors import BuildRefused
from opentusk.feeds.events import FeedsEvent
from opentusk.feeds.files import holding_the_pen, path_of, sweep_files
from opentusk.feeds.models import FeedBuild, FeedFragment, FeedPage, FeedQuarantine, FragmentText, SharedNode
from opentusk.feeds.paging import Layout, Replacement, files_of, write_pages
from opentusk.feeds.places import Feed, put_fragments
from opentusk.feeds.quarantine import note_quarantine
from opentusk.feeds.records import last_entry, listed_datasets, record_to_write
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile

_CHUNK = 200
_CHUNKS_UNDER_WAY = 4
# Above this share, a drop that no withdrawal explains is more likely a fault of ours than of the bodies.
_LARGEST_DROP = 0.10


@dataclass(frozen=True)
class _Batch:
    """Datasets that are being written, and the journal's last entry when they were read."""

    datasets: dict[int, Dataset]
    as_of: int
    future: Future[list[Written]]


def rebuild_feeds() -> FeedBuild:
    """Write every fragment and every page anew. Raises BuildRefused when the self-test fails: the old files stay."""
    build = FeedBuild.objects.create()
    with _processes() as pool:
        faulty = _write_fragments(pool)
        with holding_the_pen():
            try:
                _publish_everything(build, faulty, pool)
            except BuildRefused as refusal:
                _close(build, FeedBuild.Outcome.REFUSED, fault=refusal.reason)
                raise
            finally:
                _sweep()
    return build


def _processes() -> Executor:
    """Fresh processes, not copies of this one: an open database connection must not be shared.

    Few datasets are written sooner than processes start.
    """
    if listed_datasets().count() <= _CHUNK:
        return ThreadPoolExecutor(max_workers=1)
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _write_fragments(pool: Executor) -> set[int]:
    """Write all listed datasets; the ids of those that cannot be. No reader sees any of it before the pages.

    The fragments that a faulty dataset has from better days stay until the new pages are accepted.
    """
    faulty: set[int] = set()
    for batch in _written_batches(pool):
        written = batch.future.result()
        faulty.update(one.dataset_id for one in written if one.fault)
        with holding_the_pen(), transaction.atomic():
            put_fragments([one for one in written if not one.fault], batch.datasets, as_of=batch.as_of)
            note_quarantine(written, batch.datasets)
    return faulty


def _written_batches(pool: Executor) -> Iterator[_Batch]:
    """The chunks in order, each given out while the next ones are under way."""
    under_way: list[_Batch] = []
    last = 0
    while True:
        as_of = last_entry()
        rows = list(listed_datasets().filter(pk__gt=last).in_feed_order()[:_CHUNK])
        if not rows:
            break
        last = rows[-1].pk
        work = [(row.pk, record_to_write(row)) for row in rows]
        under_way.append(_Batch({row.pk: row for row in rows}, as_of, pool.submit(write_datasets, work)))
        if len(under_way) >= _CHUNKS_UNDER_WAY:
            yield under_way.pop(0)
    yield from under_way


def _publish_everything(build: FeedBuild, faulty: set[int], pool: Executor) -> None:
    rows, unlisted = _rows_to_show(faulty)
    _refuse_large_drop(len(rows), explained=len(unlisted))
    places = {row.pk: (row.page, row.holder_page) for row in rows}
    replacement = _write_all_pages(rows)
    _refuse_unreadable(replacement, pool)
    moved = [row for row in rows if (row.page, row.holder_page) != places[row.pk]]
    with transaction.atomic():
        FeedFragment.objects.filter(pk__in=[row.pk for row in unlisted]).delete()
        FeedFragment.objects.filter(dataset__in=list(faulty)).delete()
        FeedFragment.objects.bulk_update(moved, ["page", "holder_page"], batch_size=500)
        replacement.publish()
        note_all_changes()
        build.datasets, build.quarantined = len(rows), FeedQuarantine.objects.count()
        _close(build, FeedBuild.Outcome.PUBLISHED)


def _rows_to_show(faulty: set[int]) -> tuple[list[FeedFragment], list[FeedFragment]]:
    """The fragments of the new feeds in order, and those of datasets that are not listed any more."""
    listed = set(listed_datasets().values_list("pk", flat=True))
    rows = list(FeedFragment.objects.in_place().select_related("holder"))
    unlisted = [row for row in rows if row.dataset_id not in listed]
    return [row for row in rows if row.dataset_id in listed and row.dataset_id not in faulty], unlisted


def _refuse_large_drop(total: int, *, explained: int) -> None:
    before = sum(FeedPage.objects.of_feed("", Profile.DCATAP_IT).values_list("datasets", flat=True))
    unexplained = before - total - explained
    if unexplained > before * _LARGEST_DROP:
        raise BuildRefused(f"{before} datasets before, {total} now, {explained} taken away on purpose")


def _write_all_pages(rows: Sequence[FeedFragment]) -> Replacement:
    """The files of every page of every feed."""
    replacement = Replacement()
    modified = dict(listed_datasets().values_list("rights_holder").annotate(Max("metadata_modified_at")))
    for feed, fragments in _feeds(rows):
        moments = [modified[feed.holder.pk]] if feed.holder else modified.values()
        layout = _pack(feed, fragments)
        size = {"last": len(layout), "total": len(fragments)}
        write_pages(feed, layout, replacement, **size, modified=max(moments, default=timezone.now()))
    replacement.finish()
    kept = {(row.scope, row.profile) for row in replacement.saved}
    replacement.gone += [
        row for row in FeedPage.objects.filter(profile__in=list(Profile)) if (row.scope, row.profile) not in kept
    ]
    return replacement


def _feeds(rows: Sequence[FeedFragment]) -> Iterator[tuple[Feed, list[FeedFragment]]]:
    """Every feed that has something, with what it has."""
    by_holder: dict[Feed, list[FeedFragment]] = {}
    for row in rows:
        by_holder.setdefault(Feed(row.holder), []).append(row)
    if rows:
        yield Feed(), list(rows)
    yield from by_holder.items()


def _pack(feed: Feed, fragments: Sequence[FeedFragment]) -> Layout:
    """Fill page after page, without holes; the rows are saved when the pages are published."""
    size = settings.FEED_PAGE_SIZE
    layout = {start // size + 1: fragments[start : start + size] for start in range(0, len(fragments), size)}
    for number, on_page in layout.items():
        for row in on_page:
            setattr(row, feed.page_field, number)
    return layout


def _refuse_unreadable(replacement: Replacement, pool: Executor) -> None:
    """Read every page of the complete catalogue as a strict harvester would.

    The titolari's pages are joined from the same texts, each of which was read again when it was written.
    """
    rows = [row for row in replacement.saved if not row.scope]
    work = [[(str(path_of(file.name)), Syntax(kind)) for kind, file in files_of(row).items()] for row in rows]
    faults = [fault for found in pool.map(faults_in_files, work) for fault in found]
    if faults:
        raise BuildRefused("; ".join(faults[:5]))


def _close(build: FeedBuild, outcome: FeedBuild.Outcome, *, fault: str = "") -> None:
    build.outcome, build.fault, build.finished_at = outcome, fault, timezone.now()
    is_refused = outcome == FeedBuild.Outcome.REFUSED
    event = FeedsEvent.BUILD_REFUSED if is_refused else FeedsEvent.BUILD_PUBLISHED
    with transaction.atomic():
        build.save(update_fields=["outcome", "fault", "finished_at", "datasets", "quarantined"])
        record(event, build, by=SYSTEM, facts={"datasets": build.datasets, "fault": fault})


def _sweep() -> None:
    """Delete files and nodes that nothing names: what this build replaced, and what killed writers left."""
    named: set[str] = {file.name for row in FeedPage.objects.all() for file in files_of(row).values()}
    sweep_files(named)
    used = {digest for nodes in FragmentText.objects.values_list("nodes", flat=True).iterator() for digest in nodes}
    unused = [pk for pk, digest in SharedNode.objects.values_list("pk", "digest").iterator() if digest not in used]
    for start in range(0, len(unused), 500):
        SharedNode.objects.filter(pk__in=unused[start : start + 500]).delete()
