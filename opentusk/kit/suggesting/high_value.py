"""The question "are these high-value data?" in six lists, and what the Regulation then asks.

Source: Reg. (EU) 2023/138, annex, as far as a local body may hold the data; names in plain words are ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from opentusk.kit.quality.value_rules import HVD_REGULATION
from opentusk.kit.records import Dataset, LicenseDocument
from opentusk.kit.suggesting.words import read_rows
from opentusk.kit.vocabularies import FILE_TYPES, HVD_CATEGORIES, LICENCES

_LICENCES = frozenset({"CC_BY_4_0", "CC0", "CC_PDM_1_0"})


@dataclass(frozen=True)
class HighValueKind:
    """One sub-category: its IRI, its name in plain words, and the code of a note ("" without)."""

    iri: str
    it: str
    en: str
    note: str


@dataclass(frozen=True)
class HighValueList:
    """One of the six categories with what a local body may hold of it."""

    iri: str
    it: str
    en: str
    kinds: tuple[HighValueKind, ...]


@dataclass(frozen=True)
class Duty:
    """One thing that the Regulation asks. `code` is a key of `kit.messages`; `field` where it is mended, "" when the
    portal does it."""

    code: str
    is_met: bool
    field: str = ""


@cache
def high_value_lists() -> tuple[HighValueList, ...]:
    """The six lists, in the order of our table."""
    found: dict[str, list[HighValueKind]] = {}
    for row in read_rows("hvd"):
        term = HVD_CATEGORIES.by_code(row["code"])
        if term and term.parent:
            note = f"hvd.{row['note']}" if row["note"] else ""
            found.setdefault(term.parent, []).append(HighValueKind(term.iri, row["it"], row["en"], note))
    tops = {term.iri: term for term in HVD_CATEGORIES.terms}
    return tuple(HighValueList(iri, tops[iri].it, tops[iri].en, tuple(kinds)) for iri, kinds in found.items())


def find_kind(iri: str) -> HighValueKind | None:
    """The sub-category with this IRI."""
    return next((kind for group in high_value_lists() for kind in group.kinds if kind.iri == iri), None)


def duties_of(record: Dataset) -> tuple[Duty, ...]:
    """What the Regulation asks of a dataset that says it is of high value, and whether it is done; () for others."""
    return tuple(_duties(record)) if record.hvd_category else ()


def _duties(record: Dataset) -> Iterator[Duty]:
    parts = record.distribution
    formats = [found for part in parts if (found := FILE_TYPES.by_iri(part.format or ""))]
    services = [service for part in parts for service in part.access_service]
    yield Duty("hvd.duty_declared", HVD_REGULATION in record.applicable_legislation)
    yield Duty("hvd.duty_machine_readable", any(found.machine_readable for found in formats), "file")
    yield Duty("hvd.duty_api", bool(services), "file")
    if not _is_meteo_model(record):
        yield Duty("hvd.duty_bulk", any(part.download_url for part in parts), "file")
    yield Duty("hvd.duty_licence", bool(parts) and all(_is_free(part.license) for part in parts),
               "license")  # fmt: skip
    yield Duty("hvd.duty_contact", bool(record.contact_point), "contact_name")
    has_page = bool(record.page) or any(part.page for part in parts)
    yield Duty("hvd.duty_documentation", has_page, "page")
    yield Duty("hvd.duty_current", bool(record.accrual_periodicity), "accrual_periodicity")


def _is_free(document: LicenseDocument | None) -> bool:
    licence = LICENCES.by_iri((document and document.iri) or "")
    return licence is not None and licence.code in _LICENCES


def _is_meteo_model(record: Dataset) -> bool:
    """Whether only an API is asked for: numerical models are too large to be offered whole."""
    models = HVD_CATEGORIES.by_code("c_13e3cf16")
    return models is not None and models.iri in record.hvd_category
