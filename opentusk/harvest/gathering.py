"""Gathers everything a source says before anything is stored, on the disk, so that a killed run need not ask again.

One line per item, in `VAR_DIR/harvest/run-<n>/items.jsonl`; `gathered.json` is put beside it, in one step, when the
last page is there. A run that finds no `gathered.json` starts gathering anew: pages of two moments never mix.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from opentusk.catalog.records import checksum_of, text_in
from opentusk.harvest.documents import Document, Page, RemoteDocuments, local_documents
from opentusk.harvest.errors import Incomplete, RunMessage, SourceFault
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.harvest.sources import SourceKind, source_kinds
from opentusk.kit.errors import Unreadable
from opentusk.kit.items import Item
from opentusk.kit.problems import Problem, Severity, problem_to_json
from opentusk.kit.record_json import Json, write_record

# A catalogue of the whole nation has 700 pages; a server that goes on for ever has no last one.
MAX_PAGES = 10_000
# Part of every checksum: raise it when reading or harmonising changes what comes out, and everything is read anew.
READING_VERSION = 1
_LONGEST_KEY = 500
# A fault of the server is the same on every page: the first say enough.
_SHOWN_PROBLEMS = 50


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """One item on the disk. `checksum` also covers what the source adds: defaults, titolare, version of the reader."""

    key: str
    checksum: str
    record: Json | None
    problems: list[dict[str, Any]]
    page: str
    date: str = ""

    def read_problems(self) -> list[Problem]:
        """What reading said of it."""
        return [Problem(**{**one, "severity": Severity(one["severity"])}) for one in self.problems]


@dataclass(frozen=True, kw_only=True)
class Harvested:
    """A whole source on the disk. `lines` maps a key to the number of its line; `repeated` are keys met twice."""

    directory: Path
    lines: Mapping[str, int]
    repeated: Mapping[str, int] = field(default_factory=dict)
    is_complete: bool = True
    message: str = ""
    detail: str = ""
    catalog: str = ""
    publisher: str = ""
    validators: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Mapping[str, Any]] = ()

    def items(self) -> Iterator[Gathered]:
        """Every item once, in the order of the source; of repeated ones the newest."""
        with (self.directory / "items.jsonl").open(encoding="utf-8") as file:
            for number, line in enumerate(file):
                item = Gathered(**json.loads(line))
                if self.lines[item.key] == number:
                    yield item


def gather(run: HarvestRun) -> Harvested:
    """Everything the run's source says now, or what this run gathered before it was interrupted.

    Raises SourceFault, NotModified. An empty answer is a fault: no catalogue is empty on purpose.
    """
    directory = _directory(run)
    if (directory / "gathered.json").exists():
        return _reopen(directory)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    try:
        harvested = _Gathering(run.source, directory).gather()
    except Unreadable as fault:
        raise SourceFault(fault.reason, fault.detail[:400]) from fault
    if not harvested.lines:
        raise SourceFault(RunMessage.EMPTY)
    _close(harvested)
    return harvested


def forget_gathered(run: HarvestRun) -> None:
    """Throw away what a finished run gathered."""
    shutil.rmtree(_directory(run), ignore_errors=True)


def _directory(run: HarvestRun) -> Path:
    return Path(settings.VAR_DIR) / "harvest" / f"run-{run.pk}"


def _close(harvested: Harvested) -> None:
    written = {name: value for name, value in asdict(harvested).items() if name != "directory"}
    draft = harvested.directory / "gathered.json.part"
    draft.write_text(json.dumps(written), encoding="utf-8", errors="surrogatepass")
    draft.rename(harvested.directory / "gathered.json")


def _reopen(directory: Path) -> Harvested:
    written = json.loads((directory / "gathered.json").read_text(encoding="utf-8"))
    return Harvested(directory=directory, **written)


class _Gathering:
    """The state of one gathering: which keys were met, and where their newest line is."""

    def __init__(self, source: HarvestSource, directory: Path) -> None:
        self._source = source
        self._kind: SourceKind = source_kinds()[source.kind]
        self._directory = directory
        self._salt = salt_of(source)
        self._lines: dict[str, int] = {}
        self._dates: dict[str, str] = {}
        self._repeated: dict[str, int] = {}
        self._count = 0
        self._documents: list[Document] = []
        self._catalog = ""
        self._publisher = ""
        self._problems: list[dict[str, object]] = []
        self._total: int | None = None

    def gather(self) -> Harvested:
        message, detail = "", ""
        with (self._directory / "items.jsonl").open("w", encoding="utf-8") as file:
            try:
                for page in self._pages():
                    for item in page.reading.items:
                        file.write(self._line(item, page.document) + "\n")
            except Incomplete as fault:
                message, detail = fault.code, fault.detail
        if not message and self._total is not None and self._count < self._total:
            message, detail = str(RunMessage.PARTIAL), f"{self._count}/{self._total}"
        return Harvested(
            directory=self._directory,
            lines=self._lines,
            repeated=self._repeated,
            is_complete=not message,
            message=message,
            detail=detail,
            catalog=self._catalog,
            publisher=self._publisher,
            validators=self._validators(),
            problems=self._problems,
        )

    def _pages(self) -> Iterator[Page]:
        for number, page in enumerate(self._all_pages(), start=1):
            if number > MAX_PAGES:
                raise Incomplete(RunMessage.PARTIAL, f"{MAX_PAGES} +")
            # Only the address and the validators are needed later: the content of 700 pages would fill the memory.
            self._documents = [page.document] if number == 1 else []
            if catalog := page.reading.catalog:
                self._catalog = self._catalog or text_in(catalog.title)
                self._publisher = self._publisher or (catalog.publisher.name if catalog.publisher else "")
            room = _SHOWN_PROBLEMS - len(self._problems)
            self._problems += [problem_to_json(one.within(page.document.url)) for one in page.reading.problems[:room]]
            if page.reading.total is not None:
                self._total = max(self._total or 0, page.reading.total)
            yield page

    def _all_pages(self) -> Iterator[Page]:
        if not self._source.is_remote:
            for document in local_documents(Path(self._source.url)):
                yield Page(document=document, reading=self._kind.read(document))
            return
        known = self._source.validators
        usable = known if known.get("salt") == self._salt else {}
        get = RemoteDocuments(self._kind.accept, usable)
        yield from self._kind.fetch(self._source.url, query_of(self._source), get)

    def _line(self, item: Item, document: Document) -> str:
        key = _key_of(item.source_id)
        written = write_record(item.record) if item.record else None
        date = (item.record.metadata_modified or item.record.modified or "") if item.record else ""
        if key in self._lines:
            self._repeated[key] = self._repeated.get(key, 1) + 1
        if key not in self._lines or date > self._dates[key]:
            self._lines[key] = self._count
            self._dates[key] = date
        self._count += 1
        gathered = {
            "key": key,
            "checksum": checksum_of({"record": written, "salt": self._salt}),
            "record": written,
            "problems": [write_record(problem) for problem in item.problems],
            "page": document.url,
            "date": date,
        }
        return json.dumps(gathered, separators=(",", ":"))

    def _validators(self) -> dict[str, str]:
        """What a conditional request needs next time; of a paged source, the first page says nothing of the others."""
        if len(self._documents) != 1:
            return {}
        document = self._documents[0]
        found = {"etag": document.etag, "last_modified": document.last_modified}
        return {**{name: value for name, value in found.items() if value}, "salt": self._salt}


def salt_of(source: HarvestSource) -> str:
    """What the source adds to each record, as a checksum: when it changes, everything is read anew."""
    agent = source.agent.ipa_code if source.agent else ""
    added = {"version": READING_VERSION, "agent": agent, "defaults": source.defaults, "filters": source.filters}
    return checksum_of(added)[:16]


def query_of(source: HarvestSource) -> dict[str, str]:
    """The filters that the source itself applies; those on the titolare are applied by us."""
    return {name: str(value) for name, value in source.filters.items() if name not in OUR_FILTERS and value}


# Filters that are applied to what came, as lists of IPA codes.
OUR_FILTERS = ("only_holders", "except_holders")


def _key_of(source_id: str) -> str:
    key = source_id.strip().replace("\x00", "")
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[:400]}#{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"
