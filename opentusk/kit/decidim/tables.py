"""The CSV files of Decidim, old and new: found out by their headers, read without the columns that name people."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import IO

from opentusk.kit.decidim.shapes import DecidimFault, Export, Meeting, Ours, Proposal, RemoteComment, Result
from opentusk.kit.decidim.texts import plain, printed_labels

MOST_ROWS = 1_000_000
LONGEST_CELL = 1_000_000
# Names of people, and whatever leads to them, are dropped before a row exists.
_OF_PEOPLE = re.compile(r"^author/(?!url$)|^user|user_endorsements|^registration_form|coauthor|organizations$")
_NEEDED = {
    "proposals": ("id", "title", "body", "url"),
    "comments": ("id", "body", "commentable_id", "commentable_type"),
    "meetings": ("id", "title", "start_time", "url"),
    "results": ("id", "title", "proposal_urls"),
}
_SEPARATORS = ";,\t"
_FORMULA_STARTS = frozenset("=+-@\t\r")
_OURS = ("use_case", "producers", "origin", "reason")
Row = Mapping[str, str]


def read_table(file: IO[str], export: Export, *, name: str = "") -> None:
    """Read one CSV into the export. Raises DecidimFault for what is no CSV of Decidim, or lacks a column."""
    csv.field_size_limit(LONGEST_CELL)
    header_line = file.readline()
    separator = max(_SEPARATORS, key=header_line.count)
    header = [column.strip().lstrip("\ufeff") for column in next(csv.reader([header_line], delimiter=separator), [])]
    kind = _kind_of(header, name)
    rows = _rows(csv.reader(file, delimiter=separator), header)
    if kind in {"users", "registrations", "other"}:
        export.leave_out(kind, sum(1 for _row in rows))
        return
    if missing := [column for column in _NEEDED[kind] if not _has(header, column)]:
        raise DecidimFault("missing_column", f"{name or kind}: {missing[0]}")
    if kind == "proposals":
        export.version = export.version or version_of(header)
    _READERS[kind](rows, export)


def version_of(header: Iterable[str]) -> str:
    """How new the instance is, by the columns that it writes."""
    columns = set(header)
    if "likes/total_count" in columns:
        return "newest"
    if "taxonomies/id" in columns:
        return "new"
    return "oldest" if "title" in columns else "old"


def _kind_of(header: list[str], name: str) -> str:
    columns = set(header)
    if "commentable_id" in columns or "commentable_type" in columns:
        return "comments"
    if "start_time" in columns or ("meetings" in name and "comments" not in name):
        return "meetings"
    if "proposal_urls" in columns or "progress" in columns:
        return "results"
    if any(column.startswith("user/") for column in columns):
        return "registrations"
    if "nickname" in columns or name.endswith("users.csv"):
        return "users"
    is_like_a_proposal = _has(header, "body") or "proposals" in name
    return "proposals" if is_like_a_proposal else "other"


def _has(header: list[str], column: str) -> bool:
    return any(name == column or name.startswith(f"{column}/") for name in header)


def _rows(reader: Iterable[list[str]], header: list[str]) -> Iterator[Row]:
    kept = [(at, column) for at, column in enumerate(header) if column and not _OF_PEOPLE.search(column)]
    try:
        for number, cells in enumerate(reader):
            if number >= MOST_ROWS:
                raise DecidimFault("too_many_rows", str(MOST_ROWS))
            if any(cells):
                yield {column: _as_written(cells[at]) for at, column in kept if at < len(cells)}
    except csv.Error as fault:
        raise DecidimFault("broken_csv", str(fault)) from fault


def _as_written(cell: str) -> str:
    """The cell without the apostrophe that keeps spreadsheets from reading a text as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in _FORMULA_STARTS else cell


def _proposals(rows: Iterable[Row], export: Export) -> None:
    for row in rows:
        space = row.get("participatory_space/url", "")
        export.proposals.append(
            Proposal(
                id=row["id"],
                title=_said(row, "title"),
                body=_said(row, "body"),
                url=row.get("url", ""),
                state=row.get("state", "").strip(),
                answer=plain(_said(row, "answer")),
                likes=_sum(row, "endorsements/total_count", "likes/total_count"),
                votes=_sum(row, "supports", "votes"),
                labels=tuple(
                    label
                    for column in row
                    if column in {"taxonomies/name", "category/name"} or column.startswith("category/name/")
                    for label in printed_labels(row[column])
                ),
                is_official=_is_official(row.get("author/url", ""), space) or row.get("created_in_meeting") == "true",
                is_withdrawn=row.get("withdrawn") == "true" or row.get("state") == "withdrawn",
                ours=Ours(**{name: row.get(f"opentusk/{name}", "") for name in _OURS}),
            )
        )


def _is_official(author: str, space: str) -> bool:
    """Whether the instance itself proposed: its root stands in the place of a profile."""
    return bool(author) and space.startswith(f"{author.rstrip('/')}/")


def _comments(rows: Iterable[Row], export: Export) -> None:
    for row in rows:
        export.comments.append(
            RemoteComment(
                id=row["id"],
                body=plain(row["body"]),
                created_at=moment(row.get("created_at", "")),
                alignment=max(-1, min(1, _number(row.get("alignment")) or 0)),
                target_type=row["commentable_type"],
                target_id=row["commentable_id"],
                url=row.get("root_commentable_url", ""),
            )
        )


def _meetings(rows: Iterable[Row], export: Export) -> None:
    for row in rows:
        export.meetings.append(
            Meeting(
                id=row["id"],
                title=_said(row, "title"),
                description=plain(_said(row, "description")),
                starts_at=moment(row["start_time"]),
                ends_at=moment(row.get("end_time", "")),
                attendees=_number(row.get("attendees")),
                place=row.get("address", "") or _said(row, "location"),
                url=row.get("url", ""),
            )
        )


def _results(rows: Iterable[Row], export: Export) -> None:
    for row in rows:
        export.results.append(
            Result(
                id=row["id"],
                title=_said(row, "title"),
                progress=_number(row.get("progress")) or 0,
                proposal_urls=tuple(url.strip() for url in row["proposal_urls"].split(",") if url.strip()),
                url=row.get("url", ""),
            )
        )


_READERS: dict[str, Callable[[Iterable[Row], Export], None]] = {
    "proposals": _proposals,
    "comments": _comments,
    "meetings": _meetings,
    "results": _results,
}


def _said(row: Row, column: str) -> str:
    """A text in Italian, or without a language, or in whatever language there is."""
    for name in (f"{column}/it", column):
        if row.get(name, "").strip():
            return row[name].strip()
    others = (value for name, value in row.items() if re.fullmatch(rf"{column}/[a-z]{{2}}(-[A-Z]{{2}})?", name))
    return next((value.strip() for value in others if value.strip()), "")


def _sum(row: Row, *columns: str) -> int:
    return sum(_number(row.get(column)) or 0 for column in columns)


def _number(cell: str | None) -> int | None:
    text = (cell or "").strip()
    return int(float(text)) if re.fullmatch(r"-?\d{1,9}(\.\d+)?", text) else None


def moment(text: str) -> datetime | None:
    """An instant as Decidim writes it; without a zone it is UTC."""
    cleaned = text.strip().replace(" UTC", "+00:00")
    try:
        read = datetime.fromisoformat(cleaned)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
