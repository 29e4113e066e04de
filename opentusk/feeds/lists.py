"""The documents that list everything: the sitemap in parts, with its index, and data.json. Files, like the pages."""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.conf import settings

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, to_record
from opentusk.feeds.files import store_file
from opentusk.feeds.heading import catalog_record
from opentusk.feeds.models import FeedPage
from opentusk.feeds.paging import PageUnderWay, Replacement, files_of
from opentusk.feeds.records import listed_datasets
from opentusk.kit.mapping.dcat_us_write import write_data_json as data_json

SITEMAP = "sitemap"
INDEX = 0
DATA_JSON = "data.json"
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
        content = _part(part, is_first=number == 1)
        _put(replacement, _sitemap_row(number, len(part)), content, before.get(number))
    if number:
        _put(replacement, _sitemap_row(INDEX, number), _index(number), before.get(INDEX))
    for kept, row in before.items():
        if kept > number or not number:
            replacement.remove(row)
    return replacement


def write_data_json() -> Replacement:
    """The one file of DCAT-US harvesters."""
    replacement = Replacement()
    rows = list(listed_datasets().in_feed_order())
    before = FeedPage.objects.of_feed("", DATA_JSON).first()
    if rows:
        catalog = catalog_record(None, max(row.metadata_modified_at for row in rows))
        document = data_json(catalog, map(to_record, rows))
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        _put(replacement, FeedPage(scope="", profile=DATA_JSON, number=1, datasets=len(rows)), content, before)
    elif before:
        replacement.remove(before)
    return replacement


def _put(replacement: Replacement, row: FeedPage, content: bytes, before: FeedPage | None) -> None:
    extension = "json" if row.profile == DATA_JSON else "xml"
    old = files_of(before) if before else {}
    stem = f"{extension}/{row.profile.removesuffix('.json')}-{row.number}"
    replacement.add(
        PageUnderWay(row, old, {extension: store_file(stem, extension, content, before=old.get(extension))})
    )


def _sitemap_row(number: int, count: int) -> FeedPage:
    return FeedPage(scope="", profile=SITEMAP, number=number, datasets=count)


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
