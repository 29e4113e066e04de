"""`opentusk convert`: the harmonised catalogue of any metadata document, written in another form.

Everything that can be read is written, also what could not be published yet: converting is for seeing. A record that
cannot stand in RDF at all is left out and named.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pyoxigraph import Triple

from opentusk.kit.harmonise import Defaults, harmonise_catalog, harmonise_dataset
from opentusk.kit.iris import Iris
from opentusk.kit.mapping.ckan_write import write_package
from opentusk.kit.problems import Problem, problem_to_json
from opentusk.kit.rdf.documents import serialise
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile, Unwritable, catalog_triples, dataset_triples
from opentusk.kit.reading import read_metadata
from opentusk.kit.records import Catalog, Dataset


class Target(StrEnum):
    """What a catalogue can be converted to."""

    TURTLE = "ttl"
    RDF_XML = "rdf"
    JSON_LD = "jsonld"
    N_TRIPLES = "nt"
    CKAN = "ckan"


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """The document, how many datasets are in it, what was changed on the way, and who was left out."""

    content: bytes
    datasets: int
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """What the command line prints."""
        return {
            "datasets": self.datasets,
            "left_out": list(self.left_out),
            "problems": [problem_to_json(problem) for problem in self.problems],
        }


def convert_metadata(
    content: bytes,
    *,
    base: str,
    media_type: str | None,
    target: Target,
    site: str,
    profile: Profile = Profile.DCATAP_IT,
) -> Conversion:
    """Convert a document; addresses that are missing are minted under `site`. Raises Unreadable."""
    reading = read_metadata(content, base=base, media_type=media_type)
    iris, defaults = Iris(site), defaults_from(reading.catalog)
    problems = list(reading.problems)
    records: list[Dataset] = []
    left_out: list[str] = []
    for item in reading.items:
        problems += item.problems
        if item.record is None:
            left_out.append(item.source_id)
            continue
        record, repairs = harmonise_dataset(item.record, defaults, iris)
        problems += repairs
        records.append(record)
    if target is Target.CKAN:
        written = json.dumps([write_package(record) for record in records], ensure_ascii=False, indent=1).encode()
        return _conversion(written, len(records), problems, left_out)
    triples, kept = _write(records, left_out, profile)
    catalog = described_catalog(reading.catalog, kept, iris)
    heading = catalog_triples(catalog, profile, [record.iri for record in kept if record.iri])
    return _conversion(serialise([*heading, *triples], Syntax(target.value)), len(kept), problems, left_out)


def defaults_from(catalog: Catalog | None) -> Defaults:
    """What a document says for all its datasets: the name of its publisher is evidence for a mistyped IPA code."""
    name = catalog.publisher.name if catalog and catalog.publisher else ""
    return Defaults(known_names=(name,) if name else ())


def described_catalog(catalog: Catalog | None, records: Sequence[Dataset], iris: Iris) -> Catalog:
    """The source's catalogue as the profile wants it, with what its datasets tell where it says nothing itself."""
    given, _changes = harmonise_catalog(catalog or Catalog(), defaults_from(catalog), iris)
    holder = next((record.rights_holder for record in records if record.rights_holder), None)
    newest = max((record.modified for record in records if record.modified), default=None)
    return replace(
        given,
        title=given.title or {"it": "Catalogo dei dati aperti"},
        description=given.description or {"it": "Catalogo dei dati aperti."},
        publisher=given.publisher if given.publisher and given.publisher.identifier else holder,
        modified=given.modified or newest,
        # The profile has no licence of the catalogue: licences are the distributions'.
        license=None,
        rights=None,
    )


def _write(records: Iterable[Dataset], left_out: list[str], profile: Profile) -> tuple[list[Triple], list[Dataset]]:
    triples: list[Triple] = []
    kept: list[Dataset] = []
    for record in records:
        try:
            triples += dataset_triples(record, profile)
        except Unwritable as fault:
            left_out.append(f"{record.identifier or record.iri}: {fault}")
        else:
            kept.append(record)
    return triples, kept


def _conversion(content: bytes, datasets: int, problems: list[Problem], left_out: list[str]) -> Conversion:
    return Conversion(content=content, datasets=datasets, problems=tuple(problems), left_out=tuple(left_out))
