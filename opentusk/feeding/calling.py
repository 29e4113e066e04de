"""Asks a service or an address, through the guarded client, and leaves what came in a file of our own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from django.conf import settings

from opentusk.feeding.errors import CallFailed
from opentusk.feeding.models import ServiceSource, WatchedAddress
from opentusk.kit.errors import Unreadable
from opentusk.kit.webservices.shapes import Ask, Field, Reply, Row, Service
from opentusk.kit.webservices.tables import TableWritten, unmapped_fields, write_table
from opentusk.kit.webservices.walking import PageRead, walk
from opentusk.outbound.client import fetch
from opentusk.outbound.errors import OutboundFault

# One page of a service is held in memory; a file is not.
PAGE_BYTES = 20 * 1024 * 1024
_PAGE_SECONDS = 60.0
_FILE_SECONDS = 600.0
_ACCEPT = "application/json, text/csv;q=0.9, */*;q=0.1"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a call brought: a file in a folder that goes away with the block, and its figures."""

    path: Path
    content_hash: str
    rows: int = 0
    pages: int = 0
    size: int = 0
    new_fields: tuple[str, ...] = ()
    etag: str = ""


def asking(service_url: str, secret_headers: dict[str, str]) -> Ask:
    """A function that asks an address of the service; the key goes to the service's own host and nowhere else."""
    own = origin_of(service_url)

    def ask(url: str) -> Reply:
        started = time.monotonic()
        try:
            answer = fetch(
                url,
                accept=_ACCEPT,
                max_bytes=PAGE_BYTES,
                seconds=_PAGE_SECONDS,
                secret_headers=secret_headers if origin_of(url) == own else None,
            )
        except OutboundFault as fault:
            raise CallFailed(fault.code, fault.detail[:500]) from fault
        return Reply(
            status=answer.status,
            url=answer.url,
            content=answer.content,
            media_type=answer.media_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
            seconds=time.monotonic() - started,
        )

    return ask


@contextmanager
def called_service(source: ServiceSource) -> Iterator[Brought]:
    """The whole table of a service, as a CSV. Raises CallFailed: half a table is never brought.

    Rows that lack a mapped field altogether mean that the service was rebuilt: its owner must say what becomes of the
    column.
    """
    with taken_table(source.spec(), source.fields(), asking(source.spec().url, source.secret_headers())) as brought:
        yield brought


@contextmanager
def taken_table(service: Service, fields: tuple[Field, ...], ask: Ask) -> Iterator[Brought]:
    """The same for a service that has no row yet."""
    with _folder() as folder:
        count = _Count(service, ask)
        try:
            written = write_table(count.rows(), fields, folder / "tabella.csv")
        except Unreadable as fault:
            raise CallFailed(fault.reason, fault.detail[:500]) from fault
        count.refuse_what_is_no_table(written, fields)
        yield Brought(
            path=folder / "tabella.csv",
            content_hash=written.content_hash,
            rows=written.rows,
            pages=count.pages,
            size=count.size,
            new_fields=unmapped_fields([dict.fromkeys(count.fields, "")], fields),
        )


class _Count:
    """What passes by while the pages are walked."""

    def __init__(self, service: Service, ask: Ask) -> None:
        self._pages = walk(service, ask)
        self.pages, self.size = 0, 0
        self.total: int | None = None
        self.fields: dict[str, None] = {}

    def rows(self) -> Iterator[Row]:
        for page in self._pages:
            self._note(page)
            for row in page.answer.rows:
                self.fields.update(dict.fromkeys(row))
                yield row

    def _note(self, page: PageRead) -> None:
        self.pages += 1
        self.size += len(page.reply.content)
        self.total = page.answer.total if page.answer.total is not None else self.total

    def refuse_what_is_no_table(self, written: TableWritten, fields: tuple[Field, ...]) -> None:
        """Raises CallFailed for an empty answer, for fewer rows than declared, for a field that is gone."""
        if not written.rows:
            raise CallFailed("service.empty")
        if self.total is not None and written.rows < self.total:
            raise CallFailed("service.incomplete", f"{written.rows}/{self.total}")
        gone = [field.path for field in fields if field.column and field.path not in self.fields]
        if gone:
            raise CallFailed("service.field_gone", ", ".join(gone)[:500])


@contextmanager
def fetched_address(watched: WatchedAddress) -> Iterator[Brought | None]:
    """The file at an address; None when the server proves by its ETag that it is the one we have. Raises CallFailed.

    Equal length or date prove nothing (tables.md §2): only an ETag saves a download.
    """
    with _folder() as folder:
        path = folder / "file"
        try:
            with path.open("w+b") as file:
                answer = fetch(
                    watched.url,
                    if_none_match=watched.etag or None,
                    max_bytes=settings.FEEDING_MAX_BYTES,
                    seconds=_FILE_SECONDS,
                    into=file,
                )
        except OutboundFault as fault:
            raise CallFailed(fault.code, fault.detail[:500]) from fault
        if answer.not_modified:
            yield None
            return
        if answer.status != 200:
            raise CallFailed("service.status", str(answer.status))
        if not answer.size:
            raise CallFailed("service.empty")
        yield Brought(path=path, content_hash=_digest(path), size=answer.size, etag=answer.etag[:300])


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _folder() -> Iterator[Path]:
    place = settings.VAR_DIR / "feeding"
    place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=place) as name:
        yield Path(name)


def origin_of(url: str) -> tuple[str, str | None, int | None]:
    """Whom an address belongs to: a key of one is no key of another."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
