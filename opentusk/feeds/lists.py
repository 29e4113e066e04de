"""The lists for search engines: one sitemap in parts, and its index. Written to files like the pages."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.conf import settings

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris
from opentusk.feeds.files import store_file
from opentusk.feeds.models import FeedPage
from opentusk.feeds.paging import Replacement, files_of

SITEMAP = "sitemap"
INDEX = 0
# The protocol allows 50,000 addresses and 50 MB a file; smaller parts are fetched again more cheaply.
_PART = 10_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap() -> Replacement:
    """The parts, numbered from 1, and the index, which is number 0."""
    before = {row.number: row for row in FeedPage.objects.of_feed("", SITEMAP)}
    rows = Dataset.objects.published().in_feed_order().values_list("slug", "metadata_modified_at").iterator()
    replacement = Replacement()
    number = 0
    while part := list(islice(rows, _PART)):
        number += 1
        _put(replacement, number, len(part), _part(part, is_first=number == 1), before.get(number))
    if number:
        _put(replacement, INDEX, number, _index(number), before.get(INDEX))
    for kept, row in before.items():
        if kept > number or not number:
            replacement.remove(row)
    return replacement


def _put(replacement: Replacement, number: int, count: int, content: bytes, before: FeedPage | None) -> None:
    old = files_of(before)["xml"] if before else None
    new = store_file(f"{SITEMAP}/{number}", "xml", content, before=old).result()
    replacement.saved.append(
        FeedPage(scope="", profile=SITEMAP, number=number, datasets=count, files={"xml": new.to_json()})
    )
    if old and old != new:
        replacement.left.append(old)


def _part(rows: Sequence[tuple[str, datetime]], *, is_first: bool) -> bytes:
    addresses = [f"<url><loc>{escape(settings.SITE_URL)}/</loc></url>"] if is_first else []
    addresses += [
        f"<url><loc>{escape(iris().dataset_page(slug))}</loc><lastmod>{modified.date().isoformat()}</lastmod></url>"
        for slug, modified in rows
    ]
    return _document("urlset", addresses)


def _index(parts: int) -> bytes:
    addresses = (f"{settings.SITE_URL}/sitemap-{number}.xml" for number in range(1, parts + 1))
    return _document("sitemapindex", [f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses])


def _document(root: str, items: Sequence[str]) -> bytes:
    lines = "\n".join(items)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{lines}\n</{root}>\n'.encode()
