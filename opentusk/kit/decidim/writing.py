"""The shapes given out again: a ZIP in Decidim's newest layout of open data, which `archives.py` reads as it was.

Nobody's name is in it, because no shape has one; an author is a key that means nothing outside its file. What only this
platform says stands in columns of its own (`opentusk/…`), which other readers pass over.
"""

import csv
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from io import StringIO
from typing import IO
from urllib.parse import urlsplit

from opentusk.kit.decidim.shapes import Export, Proposal, RemoteComment, Result

_PROPOSALS = (
    "id", "author/url", "taxonomies/name", "participatory_space/url", "title/it", "body/it", "state", "answer/it",
    "votes", "likes/total_count", "url", "withdrawn", "opentusk/use_case", "opentusk/producers", "opentusk/origin",
    "opentusk/reason",
)  # fmt: skip
_COMMENTS = (
    "id", "created_at", "body", "locale", "author/id", "alignment", "commentable_id", "commentable_type",
    "root_commentable_url",
)  # fmt: skip
_RESULTS = ("id", "title/it", "progress", "proposal_urls", "url")
Row = Mapping[str, object]


def write_archive(
    export: Export, file: IO[bytes], *, space: str, readme: str, cell: Callable[[object], object]
) -> None:
    """Write proposals, comments and results of the space at this address; `cell` makes each value safe to open."""
    host = urlsplit(space).hostname or "opentusk"
    tables: tuple[tuple[str, tuple[str, ...], Iterable[Row]], ...] = (
        ("proposals", _PROPOSALS, (_proposal(one, space) for one in export.proposals)),
        ("proposal_comments", _COMMENTS, (_comment(one) for one in export.comments)),
        ("results", _RESULTS, (_result(one) for one in export.results)),
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in tables:
            archive.writestr(f"{host}-open-data-{name}.csv", _table(columns, rows, cell))
        archive.writestr("README.md", readme)


def _table(columns: tuple[str, ...], rows: Iterable[Row], cell: Callable[[object], object]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _proposal(one: Proposal, space: str) -> Row:
    # The root of the instance in the place of an author is how Decidim marks what is official.
    root = f"{urlsplit(space).scheme}://{urlsplit(space).netloc}"
    values = (
        one.id, root if one.is_official else "", ", ".join(one.labels), space, one.title, one.body, one.state,
        one.answer, one.votes, one.likes, one.url, str(one.is_withdrawn).lower(), one.ours.use_case,
        one.ours.producers, one.ours.origin, one.ours.reason,
    )  # fmt: skip
    return dict(zip(_PROPOSALS, values, strict=True))


def _comment(one: RemoteComment) -> Row:
    values = (
        one.id, _instant(one.created_at), one.body, "it", one.author, one.alignment, one.target_id, one.target_type,
        one.url,
    )  # fmt: skip
    return dict(zip(_COMMENTS, values, strict=True))


def _result(one: Result) -> Row:
    values = (one.id, one.title, one.progress, ", ".join(one.proposal_urls), one.url)
    return dict(zip(_RESULTS, values, strict=True))


def _instant(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if moment else ""
