"""Rows to kit records and back. The only place that writes the projections of a record.

The stored JSON is the whole record; names and addresses of the titolare come from the body's own row when the record
is read, so that renaming a body needs no rewriting of its datasets.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, Distribution
from opentusk.kit import own_services
from opentusk.kit import records as kit
from opentusk.kit.iris import Iris
from opentusk.kit.quality.value_rules import is_territorial
from opentusk.kit.record_json import Json, read_record, write_record


def iris() -> Iris:
    """The minter of this portal's addresses."""
    return Iris(settings.SITE_URL)


def to_record(dataset: Dataset) -> kit.Dataset:
    """The record of a row, with the titolare as its body's row names it now."""
    return with_names_now(read_record(kit.Dataset, dataset.record), dataset.rights_holder)


def with_names_now(record: kit.Dataset, holder: Agent) -> kit.Dataset:
    """A record with its titolare as the body's row names it."""
    agent = agent_record(holder)
    return replace(
        record,
        rights_holder=agent,
        publisher=_same_body(record.publisher, agent) if record.publisher else None,
        creator=tuple(_same_body(creator, agent) for creator in record.creator),
    )


def written_now(dataset: Dataset) -> Json:
    """The record of a row as JSON, as people see it now: `write_record(to_record(dataset))`, cheaper."""
    holder = write_record(agent_record(dataset.rights_holder))
    written: Json = {**dataset.record, "rights_holder": holder}
    if "publisher" in written:
        written["publisher"] = _same_body_written(written["publisher"], holder)
    if "creator" in written:
        written["creator"] = [_same_body_written(creator, holder) for creator in written["creator"]]
    return written


def _same_body_written(agent: Json, holder: Json) -> Json:
    return holder if agent.get("identifier") == holder["identifier"] else agent


def _same_body(agent: kit.Agent, holder: kit.Agent) -> kit.Agent:
    """The titolare's own record wherever the record names the same body: one node has one name (AgID rule 192)."""
    return holder if agent.identifier == holder.identifier else agent


def agent_record(agent: Agent) -> kit.Agent:
    """A body as the metadata of this portal name it, with its address here."""
    return kit.Agent(iri=iris().agent(agent.ipa_code), identifier=agent.ipa_code, name=agent.name)


def checksum_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: equal for equal records, whatever the order of their keys."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def slug_of(identifier: str) -> str:
    """The address of a dataset's page: `c_e506:alberi` is `c_e506-alberi`, as in the European catalogue."""
    return identifier.replace(":", "-", 1)


def put_record(dataset: Dataset, record: kit.Dataset, holder: Agent, *, written: Json | None = None) -> None:
    """Put a record in its row with all projections (unsaved); `written` is the record as JSON, if it is at hand."""
    written = write_record(record) if written is None else written
    dataset.record = written
    dataset.checksum = checksum_of(written)
    dataset.rights_holder = holder
    dataset.title = text_in(record.title)[:500]
    dataset.modified = (record.modified or "")[:40]
    dataset.frequency = (record.accrual_periodicity or "").rpartition("/")[2][:40]
    dataset.is_territorial = is_territorial(record)


def row_of_part(dataset: Dataset, position: int, part: kit.Distribution) -> Distribution:
    """The row that a distribution of a record asks for (unsaved)."""
    address, code = facts_of_part(part)
    return Distribution(dataset=dataset, position=position, iri=part.iri or "", access_url=address, format=code)


def facts_of_part(part: kit.Distribution) -> tuple[str, str]:
    """What the row of a distribution repeats of it: address and code of the format."""
    return part.access_url, (part.format or "").rpartition("/")[2][:40]


PROJECTED = ("record", "checksum", "rights_holder", "title", "modified", "frequency", "is_territorial")


def text_in(text: kit.Text, language: str = "it") -> str:
    """The string in one language, or without language, or in whatever language there is."""
    return text.get(language) or text.get("") or next(iter(text.values()), "")


def changes_between(before: Json, after: Json) -> dict[str, list[Any]]:
    """The fields that differ, each with the value before and after (None: absent)."""
    names = sorted(before.keys() | after.keys())
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def with_identity(record: kit.Dataset, dataset: Dataset) -> kit.Dataset:
    """A record with what its row has had from the beginning and never changes: identifier, address, files kept here.

    What the source or the editor calls it now is kept as another identifier.
    """
    record = with_files(record, dataset)
    if record.identifier == dataset.identifier:
        return record
    iri = dataset.record.get("iri") or record.iri
    other = kit.Identifier(iri=f"{iri}#{record.identifier.rpartition(':')[2]}", notation=record.identifier)
    others = record.other_identifier
    if record.identifier not in {known.notation for known in others}:
        others = (*others, other)
    return replace(record, identifier=dataset.identifier, iri=iri, other_identifier=others)


_FILE_FACTS = (
    "access_url", "download_url", "byte_size", "checksum", "format", "media_type", "compress_format", "package_format",
)  # fmt: skip


def with_files(record: kit.Dataset, dataset: Dataset) -> kit.Dataset:
    """A record that says of each file kept here what its row's record says, whoever wrote the record.

    A file that is not in it is put back: files leave a dataset by `remove_file`, never by being forgotten.
    """
    kept = set(dataset.distributions.with_file().values_list("iri", flat=True))
    if not kept:
        return record
    stored = {part.iri: part for part in read_record(kit.Dataset, dataset.record).distribution if part.iri in kept}
    given = {part.iri for part in record.distribution}
    parts = [_with_facts(part, stored[part.iri]) if part.iri in stored else part for part in record.distribution]
    return replace(record, distribution=(*parts, *(part for iri, part in stored.items() if iri not in given)))


def stored_part(row: Distribution) -> kit.Distribution:
    """`part_of_row` without reading the rest of the record: what one file costs does not grow with the others."""
    if row.waiting is not None:
        return read_record(kit.Distribution, row.waiting)
    found = (part for part in row.dataset.record.get("distribution", ()) if part.get("iri") == row.iri)
    return read_record(kit.Distribution, next(found, {"iri": row.iri}))


def part_of_row(record: kit.Dataset, row: Distribution) -> kit.Distribution:
    """What the record says of one distribution, or what waits to be said of it; a bare one if neither does."""
    if row.waiting is not None:
        return read_record(kit.Distribution, row.waiting)
    found = (part for part in record.distribution if part.iri == row.iri)
    return next(found, kit.Distribution(iri=row.iri))


def with_own_services(record: kit.Dataset) -> kit.Dataset:
    """The record with what it says of this portal's own services true to the rest of it."""
    email = settings.PORTAL_EMAIL
    address = iris().contact(settings.PORTAL_PUBLISHER_IPA, email)
    portal = kit.ContactPoint(iri=address, fn=settings.PORTAL_PUBLISHER_NAME, has_email=email)
    return own_services.with_own_services(record, iris(), portal)


def with_part(record: kit.Dataset, part: kit.Distribution) -> kit.Dataset:
    """The record with this distribution in its place, or as the last one."""
    parts = tuple(part if known.iri == part.iri else known for known in record.distribution)
    return replace(record, distribution=parts if part in parts else (*parts, part))


def without_part(record: kit.Dataset, iri: str) -> kit.Dataset:
    """The record without one distribution."""
    return replace(record, distribution=tuple(part for part in record.distribution if part.iri != iri))


def _with_facts(part: kit.Distribution, stored: kit.Distribution) -> kit.Distribution:
    return replace(part, **{name: getattr(stored, name) for name in _FILE_FACTS})


def with_corrections(record: kit.Dataset, corrections: Mapping[str, Mapping[str, Any]]) -> kit.Dataset:
    """A harvested record with the fields that people corrected here put over the source's."""
    if not corrections:
        return record
    written = write_record(record)
    for name, correction in corrections.items():
        if correction["value"] is None:
            written.pop(name, None)
        else:
            written[name] = correction["value"]
    return read_record(kit.Dataset, written)
