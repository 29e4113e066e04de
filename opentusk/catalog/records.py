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
from opentusk.kit import records as kit
from opentusk.kit.iris import Iris
from opentusk.kit.record_json import Json, read_record, write_record


def iris() -> Iris:
    """The minter of this portal's addresses."""
    return Iris(settings.SITE_URL)


def to_record(dataset: Dataset) -> kit.Dataset:
    """The record of a row, with the titolare as its body's row names it now."""
    record = read_record(kit.Dataset, dataset.record)
    holder = agent_record(dataset.rights_holder)
    return replace(
        record,
        rights_holder=holder,
        publisher=_same_body(record.publisher, holder) if record.publisher else None,
        creator=tuple(_same_body(creator, holder) for creator in record.creator),
    )


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


def put_record(dataset: Dataset, record: kit.Dataset, holder: Agent) -> list[Distribution]:
    """Put a record in its row with all projections, and give the distribution rows it asks for (both unsaved)."""
    written = write_record(record)
    dataset.record = written
    dataset.checksum = checksum_of(written)
    dataset.rights_holder = holder
    dataset.title = text_in(record.title)[:500]
    dataset.modified = record.modified or ""
    dataset.frequency = (record.accrual_periodicity or "").rpartition("/")[2][:40]
    return [
        Distribution(
            dataset=dataset,
            position=position,
            iri=distribution.iri or "",
            access_url=distribution.access_url,
            format=(distribution.format or "").rpartition("/")[2][:40],
        )
        for position, distribution in enumerate(record.distribution)
    ]


PROJECTED = ("record", "checksum", "rights_holder", "title", "modified", "frequency")


def text_in(text: kit.Text, language: str = "it") -> str:
    """The string in one language, or without language, or in whatever language there is."""
    return text.get(language) or text.get("") or next(iter(text.values()), "")


def changes_between(before: Json, after: Json) -> dict[str, list[Any]]:
    """The fields that differ, each with the value before and after (None: absent)."""
    names = sorted(before.keys() | after.keys())
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def with_identity(record: kit.Dataset, dataset: Dataset) -> kit.Dataset:
    """A record with the identifier and the address that its row has had from the beginning: they never change.

    What the source or the editor calls it now is kept as another identifier.
    """
    if record.identifier == dataset.identifier:
        return record
    iri = dataset.record.get("iri") or record.iri
    other = kit.Identifier(iri=f"{iri}#{record.identifier.rpartition(':')[2]}", notation=record.identifier)
    others = record.other_identifier
    if record.identifier not in {known.notation for known in others}:
        others = (*others, other)
    return replace(record, identifier=dataset.identifier, iri=iri, other_identifier=others)


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
