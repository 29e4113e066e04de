"""The kinds of source: plugins, switched on in `settings.HARVEST_SOURCES`, that do not know each other."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from opentusk.harvest.documents import Document, GetDocument, Page
from opentusk.kit.items import CatalogReading

Filters = Mapping[str, str]


class SourceKind(Protocol):
    """How one kind of catalogue is asked and read.

    `label` and `help` are its name and what to register, in plain words; `accept` is the header of its requests, and
    `filters` are the words by which a part of it may be asked for.
    """

    name: str
    label: Promise
    help: Promise
    accept: str
    filters: tuple[str, ...]

    def fetch(self, address: str, filters: Filters, get: GetDocument) -> Iterator[Page]:
        """Every page of the catalogue, each as it came and as read. Raises SourceFault, Incomplete, Unreadable."""
        ...

    def read(self, document: Document) -> CatalogReading:
        """What one stored document says. Raises Unreadable."""
        ...


@cache
def source_kinds() -> dict[str, SourceKind]:
    """The kinds that are switched on, by name."""
    kinds = [import_string(path)() for path in settings.HARVEST_SOURCES]
    return {kind.name: kind for kind in kinds}
