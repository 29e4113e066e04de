"""What a signature speaks of: shown before it is given, and compared when it comes.

A page shows the subject with its *seal* and gives the seal back with the answers. When data, columns or questions
changed meanwhile, or a colleague signed, the seal is another one and nothing is signed unseen.
"""

import hashlib
import json
from dataclasses import dataclass

from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.records import part_of_row, text_in, to_record
from opentusk.editorial.models import Declaration
from opentusk.editorial.questions import EDITION


@dataclass(frozen=True)
class Source:
    """A file with its newest version that was not refused, or an address where the data stay (version None)."""

    title: str
    address: str
    file: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Subject:
    """The sources, the fingerprint of the columns of each file, and the last declaration signed for them."""

    sources: tuple[Source, ...]
    columns: dict[str, str]
    last: Declaration | None

    @property
    def seal(self) -> str:
        """Three parts: edition of the questions, number of the last declaration, hash of sources and columns."""
        told = [[one.address, one.file, one.version] for one in self.sources]
        content = json.dumps([told, self.columns], sort_keys=True)
        number = self.last.pk if self.last else 0
        return f"{EDITION}:{number}:{hashlib.sha256(content.encode()).hexdigest()}"


def subject_of(dataset: Dataset) -> Subject:
    """What somebody who signs now would sign for."""
    record = to_record(dataset)
    rows = dataset.distributions.select_related("series").order_by("position")
    last = last_declaration(dataset)
    sources = []
    for row in rows:
        title = text_in(part_of_row(record, row).title)
        sources.append(_kept(row, title) if row.series else Source(title or row.access_url, row.access_url))
    return Subject(tuple(sources), columns_told(dataset, last), last)


def last_declaration(dataset: Dataset) -> Declaration | None:
    """The one that speaks for a dataset now."""
    return Declaration.objects.newest_first().filter(dataset=dataset).first()


def who_signed_after(subject: Subject, seal: str) -> Declaration | None:
    """The declaration that somebody signed after the page with this seal was shown."""
    number = seal.split(":")[1] if seal.count(":") == 2 else ""
    return subject.last if subject.last and number.isdigit() and int(number) < subject.last.pk else None


def _kept(row: Distribution, title: str) -> Source:
    assert row.series is not None
    version = row.series.versions.not_refused().newest_first().first()
    number = version.number if version else None
    return Source(title or row.series.name, row.access_url, str(row.series.uuid), number)


def columns_told(dataset: Dataset, last: Declaration | None) -> dict[str, str]:
    """What the last declaration spoke of, with what was told since."""
    found: dict[str, str] = dict(last.columns) if last else {}
    for hold in Hold.objects.still_open().of_kind(Hold.Kind.DECLARATION).filter(dataset=dataset).oldest_first():
        found |= hold.facts.get("columns", {})
    return found
