"""Which version of which table a request is about."""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

from opentusk.kit.queries.cursors import version_of
from opentusk.kit.queries.errors import VersionGone
from opentusk.kit.queries.shapes import TableRef
from opentusk.querying.errors import NoSuchTable
from opentusk.tables.addresses import api_of
from opentusk.tables.models import Table, TableQuerySet, TableVersion

# What a question to the rows does not need to know, and what is large.
_UNREAD = (
    "latest__examination", "latest__steps", "latest__changes", "distribution__waiting",
    "distribution__dataset__record", "distribution__dataset__problems", "distribution__dataset__origin_facts",
    "distribution__dataset__corrections",
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """A public version of a public table."""

    table: Table
    version: TableVersion
    is_latest: bool

    @cached_property
    def ref(self) -> TableRef:
        """The version as the queries know it, made once for each state of its dictionary."""
        return _REFS.ref_of(self)

    @cached_property
    def fingerprint(self) -> str:
        """Different whenever an answer could be."""
        words = json.dumps(self.table.dictionary, sort_keys=True)
        return blake2b(f"{self.version.folder}|{self.table.title}|{words}".encode(), digest_size=12).hexdigest()

    @property
    def address(self) -> str:
        """The address under which this version is asked."""
        address = api_of(self.table)
        return address if self.is_latest else f"{address}/versions/{self.version.number}"


def public_tables() -> TableQuerySet:
    """The tables that everybody may ask, with what a question needs."""
    found = Table.objects.public().with_latest().exclude(latest__folder="")
    return found.defer(*_UNREAD)


def find_subject(uuid: UUID, *, number: int | None = None, cursor: str = "") -> Subject:
    """The latest version; or the one of this number; or the one that a cursor walks through.

    Raises NoSuchTable, VersionGone, BadQuery for what is no cursor.
    """
    table = public_tables().filter(uuid=uuid).first()
    if table is None or table.latest is None:
        raise NoSuchTable(str(uuid))
    if number is not None:
        return Subject(table, _version(table, number), is_latest=False)
    if cursor and version_of(cursor) != table.latest.folder:
        return Subject(table, _walked(table, version_of(cursor)), is_latest=False)
    return Subject(table, table.latest, is_latest=True)


def _version(table: Table, number: int) -> TableVersion:
    version = table.versions.public().filter(number=number).first()
    if version is None:
        raise NoSuchTable(f"{table.uuid}/versions/{number}")
    if not version.folder:
        raise VersionGone(str(number))
    return version


def _walked(table: Table, folder: str) -> TableVersion:
    version = table.versions.public().made().filter(folder=folder).first()
    if version is None:
        raise VersionGone("")
    return version


class _Refs:
    """The columns of the versions asked last: reading them out of an examination takes longer than an answer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[str, TableRef] = OrderedDict()

    def ref_of(self, subject: Subject) -> TableRef:
        key = subject.fingerprint
        with self._lock:
            if known := self._known.get(key):
                self._known.move_to_end(key)
                return known
        subject.version.table = subject.table
        ref = subject.version.ref()
        with self._lock:
            self._known[key] = ref
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return ref


_REFS = _Refs(500)
