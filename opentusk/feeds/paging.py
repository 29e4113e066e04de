"""Writes the pages of a feed as files, and the rows that name them."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from opentusk.feeds.building import SERVED_PROFILES
from opentusk.feeds.files import StoredFile, store_file
from opentusk.feeds.heading import Position, write_page_heading
from opentusk.feeds.joining import join_document, stored_texts
from opentusk.feeds.models import FeedFragment, FeedPage
from opentusk.feeds.places import Feed

_PAGES_UNDER_WAY = 8
Layout = Mapping[int, Sequence[FeedFragment]]
"""What stands on the pages that are to be written, by page number."""


@dataclass(frozen=True)
class PageUnderWay:
    """A page whose files are being compressed, and those that hold it until then."""

    row: FeedPage
    old: dict[str, StoredFile]
    files: dict[str, Future[StoredFile]]


@dataclass
class Replacement:
    """Files that are written but not yet named: the rows to save and to delete, and the files they will leave."""

    saved: list[FeedPage] = field(default_factory=list)
    gone: list[FeedPage] = field(default_factory=list)
    left: list[StoredFile] = field(default_factory=list)
    _under_way: list[PageUnderWay] = field(default_factory=list)

    def add(self, page: PageUnderWay) -> None:
        """Take a page; its files are waited for later, but not so many that memory suffers."""
        self._under_way.append(page)
        if len(self._under_way) > _PAGES_UNDER_WAY:
            self._finish(self._under_way.pop(0))

    def remove(self, row: FeedPage) -> None:
        """Take a page away."""
        self.gone.append(row)
        self.left += files_of(row).values()

    def finish(self) -> None:
        """Wait for all files."""
        while self._under_way:
            self._finish(self._under_way.pop(0))

    def publish(self) -> None:
        """Switch readers over to the new files. The caller's transaction makes it one moment for all pages."""
        self.finish()
        FeedPage.objects.filter(pk__in=[row.pk for row in self.gone]).delete()
        FeedPage.objects.bulk_create(
            self.saved,
            update_conflicts=True,
            unique_fields=["scope", "profile", "number"],
            update_fields=["datasets", "files"],
        )

    def _finish(self, page: PageUnderWay) -> None:
        new = {extension: future.result() for extension, future in page.files.items()}
        page.row.files = {extension: file.to_json() for extension, file in new.items()}
        self.saved.append(page.row)
        self.left += [file for extension, file in page.old.items() if file != new.get(extension)]


def write_touched(feed: Feed, numbers: Iterable[int], into: Replacement, *, modified: datetime) -> None:
    """Write some pages of a feed as its fragments stand now."""
    last = feed.last_page()
    layout = {number: feed.fragments_on(number) for number in sorted(numbers) if 0 < number <= last}
    write_pages(feed, layout, into, last=last, total=feed.fragments().count(), modified=modified)


def write_pages(feed: Feed, layout: Layout, into: Replacement, *, last: int, total: int, modified: datetime) -> None:
    """Write these pages in every profile and syntax; pages beyond the last are to go."""
    rows = FeedPage.objects.filter(Q(number__in=list(layout)) | Q(number__gt=last), scope=feed.scope)
    before = {(row.profile, row.number): row for row in rows.filter(profile__in=SERVED_PROFILES)}
    for (_profile, number), row in before.items():
        if number > last:
            into.remove(row)
    for number, fragments in layout.items():
        for profile in SERVED_PROFILES:
            position = Position(
                holder=feed.holder,
                profile=profile,
                query=feed.query,
                number=number,
                last=last,
                total=total,
                page_size=settings.FEED_PAGE_SIZE,
            )
            into.add(_write_page(position, fragments, before.get((profile.value, number)), modified))


def files_of(row: FeedPage) -> dict[str, StoredFile]:
    """The files of a page by extension."""
    return {extension: StoredFile(**kept) for extension, kept in row.files.items()}


def _write_page(
    position: Position, fragments: Sequence[FeedFragment], before: FeedPage | None, modified: datetime
) -> PageUnderWay:
    heading = write_page_heading(position, (row.iri for row in fragments), modified=modified)
    document = join_document(stored_texts([row.pk for row in fragments], position.profile), heading)
    old = files_of(before) if before else {}
    files = {
        syntax.value: store_file(stem_of(position), syntax.value, content, before=old.get(syntax.value))
        for syntax, content in document.items()
    }
    row = FeedPage(
        scope=position.scope, profile=position.profile.value, number=position.number, datasets=len(fragments)
    )
    return PageUnderWay(row, old, files)


def stem_of(position: Position) -> str:
    """Where the files of a page are, without fingerprint: `dcatap_it/catalogo/3`, `dcatap_it/enti/c_e506/1`."""
    folder = f"enti/{position.scope}" if position.holder else "catalogo"
    return f"{position.profile.value}/{folder}/{position.number}"
