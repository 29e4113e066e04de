"""Rule P2: what names a person outright."""

import re
from collections.abc import Mapping

from opentusk.kit.personal.codes import Codes
from opentusk.kit.personal.facts import ColumnFacts, TableFacts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.nature import Nature, Reading
from opentusk.kit.personal.words import (
    ADDRESS,
    ATTRIBUTES,
    COARSE_PLACE,
    DOCUMENT,
    LICENCE,
    PHOTO,
    PLATE,
    TAX_CODE,
    TOWN,
)
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

_CF_SHAPE = re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]", re.IGNORECASE)
_PLATE = re.compile(r"[A-HJ-NPR-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NPR-TV-Z]{2}", re.IGNORECASE)
_DOCUMENT = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 /.-]{4,17}", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}.*|\d{8}")
_MOST, _NEARLY_ALL, _FEWEST_VALUES = 0.5, 0.9, 3


def find_tax_codes(facts: TableFacts, codes: Mapping[str, Codes]) -> list[PersonalFinding]:
    """Checksummed codici fiscali anywhere, and columns that claim to hold them in a shape that fails the check."""
    return [found for column in facts.columns if (found := _tax_codes_in(column, codes.get(column.name, Codes())))]


def find_codes(facts: TableFacts, reading: Reading, codes: Mapping[str, Codes]) -> list[PersonalFinding]:
    """IBAN, number plates, personal documents and licences, birth dates, photographs, addresses beside names."""
    severity = Severity.BLOCKS if reading.nature is Nature.PERSONS else Severity.MAJOR
    findings = list[PersonalFinding]()
    for column in facts.columns:
        if ibans := codes.get(column.name, Codes()).ibans:
            share = ibans / max(1, column.filled)
            findings.append(make_finding("iban", severity, columns=(column.name,), count=ibans, share=share))
        findings += _labelled(column, reading)
    return findings


def _tax_codes_in(column: ColumnFacts, codes: Codes) -> PersonalFinding | None:
    if codes.tax_codes:
        share = codes.tax_codes / max(1, column.filled)
        return make_finding(
            "codice_fiscale", Severity.BLOCKS, columns=(column.name,), count=codes.tax_codes, share=share
        )
    if TAX_CODE.search(column.words) and (share := _share(column, _CF_SHAPE)) >= _MOST:
        # Masked or mistyped: nobody is named for certain, but the column is about persons.
        return _finding("codice_fiscale", Severity.MAJOR, column, share)
    return None


def _labelled(column: ColumnFacts, reading: Reading) -> list[PersonalFinding]:
    """What the label and the shape of the cells say together."""
    if not column.values:
        return []
    words, found = column.words, list[PersonalFinding]()
    plates = _share(column, _PLATE)
    if plates >= _MOST and PLATE.search(words):
        found.append(_finding("targa", Severity.BLOCKS, column, plates))
    elif plates >= _NEARLY_ALL and len(column.values) >= _FEWEST_VALUES:
        found.append(_finding("targa", Severity.MAJOR, column, plates))
    if DOCUMENT.search(words) and (share := _share(column, _DOCUMENT)) >= _MOST:
        found.append(_finding("documento", Severity.BLOCKS, column, share))
    if ATTRIBUTES["nascita"].search(words) and (share := _share(column, _DATE)) >= _MOST:
        found.append(_finding("data_nascita", Severity.BLOCKS, column, share))
    if reading.nature is Nature.PERSONS:
        found += _beside_persons(column)
    return found


def _beside_persons(column: ColumnFacts) -> list[PersonalFinding]:
    """What is personal only because people are named in the same row."""
    if PHOTO.search(column.words):
        return [_finding("foto", Severity.BLOCKS, column, 1.0)]
    is_address = ADDRESS.search(column.words) and not (COARSE_PLACE.search(column.words) or TOWN.search(column.words))
    if is_address and not any("@" in value for value in column.values):
        return [_finding("indirizzo", Severity.BLOCKS, column, 1.0)]
    if LICENCE.search(column.words) and (share := _share(column, _DOCUMENT)):
        return [_finding("documento", Severity.MAJOR, column, share)]
    return []


def _share(column: ColumnFacts, pattern: re.Pattern[str]) -> float:
    return column.share_of(sum(count for value, count in column.values.items() if pattern.fullmatch(value)))


def _finding(kind: str, severity: Severity, column: ColumnFacts, share: float) -> PersonalFinding:
    return make_finding(kind, severity, columns=(column.name,), count=column.estimate(share), share=share)
