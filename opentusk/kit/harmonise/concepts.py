"""Controlled values: what the source wrote, in any spelling, to the IRI of the vocabulary."""

import re
from typing import TypeVar

from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.problems import Severity
from opentusk.kit.values import repair_iri
from opentusk.kit.vocabularies import (
    ACCESS_RIGHTS,
    DATASET_TYPES,
    FREQUENCIES,
    HVD_CATEGORIES,
    LANGUAGES,
    SUBTHEMES,
    THEMES,
    Term,
    Vocabulary,
)

T = TypeVar("T", bound=Term)
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
_EUROVOC = re.compile(r"https?://eurovoc\.europa\.eu/(\d+)/?")
_HVD = re.compile(r"https?://data\.europa\.eu/bna/(c_[0-9a-f]+)")
_HVD_SCHEME = "asd487ae75"
_ADDRESS = re.compile(r"https?://[^\s'\",\]\[]+")


def resolve(vocabulary: Vocabulary[T], raw: str) -> T | None:
    """The term that a text or address means: exact, in a known spelling, or by the code that ends the address."""
    found = vocabulary.by_iri(raw) or vocabulary.find(raw)
    if found is None and "/" in raw:
        ending = raw.rstrip("/").rpartition("/")[2]
        found = vocabulary.by_code(ending) or vocabulary.by_code(ending.upper())
    return found


def harmonise_value(vocabulary: Vocabulary[T], raw: str | None, notes: Notes, where: str) -> str | None:
    """The IRI of one controlled value; None, noted, when no term is meant."""
    if not raw:
        return None
    term = resolve(vocabulary, raw)
    if term is None:
        notes.note("repair.value_unknown", where, raw, None, Severity.MAJOR)
        return None
    if term.iri != raw:
        notes.note("repair.value_recognised", where, raw, term.iri)
    return term.iri


def harmonise_values(vocabulary: Vocabulary[T], raws: tuple[str, ...], notes: Notes, where: str) -> tuple[str, ...]:
    """The IRIs of several controlled values, each once."""
    found = (harmonise_value(vocabulary, raw, notes, where) for raw in raws)
    return tuple(dict.fromkeys(iri for iri in found if iri))


def harmonise_frequency(raw: str | None, notes: Notes) -> str | None:
    """The frequency; a code of the authority that is newer than our table is taken as it is."""
    if raw and raw.startswith(f"{FREQUENCIES.scheme}/") and re.fullmatch(r"[A-Z0-9_]+", raw.rpartition("/")[2]):
        return raw
    return harmonise_value(FREQUENCIES, raw, notes, "dct:accrualPeriodicity")


def harmonise_languages(raws: tuple[str, ...], notes: Notes, where: str = "dct:language") -> tuple[str, ...]:
    """Languages as IRIs of the authority."""
    return harmonise_values(LANGUAGES, raws, notes, where)


def harmonise_themes(
    themes: tuple[str, ...], subjects: tuple[str, ...], notes: Notes
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Themes, EuroVoc subjects and the texts left over, which are good keywords.

    EuroVoc addresses found among the themes are moved to the subjects, and themes among the subjects back.
    """
    found: dict[str, None] = {}
    eurovoc: dict[str, None] = {}
    words: list[str] = []
    for raw in themes:
        if subject := _eurovoc(raw):
            notes.note("repair.subject_in_theme", "dcat:theme", raw, subject)
            eurovoc[subject] = None
        elif theme := harmonise_value(THEMES, raw, notes, "dcat:theme"):
            found[theme] = None
    for raw in subjects:
        subject = _eurovoc(raw) or (SUBTHEMES.find(raw).iri if SUBTHEMES.find(raw) else None)  # type: ignore[union-attr]
        if subject:
            if subject != raw:
                notes.note("repair.value_recognised", "dct:subject", raw, subject)
            eurovoc[subject] = None
        elif "://" in raw:
            notes.note("repair.value_unknown", "dct:subject", raw, None)
        else:
            notes.note("repair.subject_to_keyword", "dct:subject", raw, raw, Severity.INFO)
            words.append(raw)
    return tuple(found), tuple(eurovoc), tuple(words)


def harmonise_access_rights(raw: str | None, notes: Notes) -> str:
    """The access right. Nothing said means public, because the source is a catalogue of open data."""
    known = harmonise_value(ACCESS_RIGHTS, raw, notes, "dct:accessRights")
    if known is None:
        notes.note("repair.access_rights_assumed", "dct:accessRights", raw, PUBLIC, Severity.INFO)
    return known or PUBLIC


def harmonise_hvd(raws: tuple[str, ...], notes: Notes) -> tuple[str, ...]:
    """Categories of high-value datasets, also from a list printed as text; the scheme itself is no category."""
    found: dict[str, None] = {}
    for raw in raws:
        codes = _HVD.findall(raw)
        for code in codes:
            found[f"http://data.europa.eu/bna/{code}"] = None
        if not codes:
            term = HVD_CATEGORIES.find(raw)
            if term is not None:
                found[term.iri] = None
            after = term.iri if term else None
            notes.note("repair.hvd_category", "dcatap:hvdCategory", raw, after, Severity.MAJOR)
        elif raw not in found:
            notes.note("repair.hvd_category", "dcatap:hvdCategory", raw, " ".join(found))
    return tuple(found)


def harmonise_iris(raws: tuple[str, ...], notes: Notes, where: str) -> tuple[str, ...]:
    """Addresses of other things, also from a list printed as text."""
    found: dict[str, None] = {}
    for raw in raws:
        inner = _ADDRESS.findall(raw) if raw.startswith("[") else [raw]
        if inner != [raw]:
            notes.note("repair.list_taken_apart", where, raw, " ".join(inner))
        for iri in inner:
            if mended := notes.mend(iri, repair_iri, where):
                found[mended] = None
    return tuple(found)


def harmonise_types(raws: tuple[str, ...], notes: Notes) -> tuple[str, ...]:
    """Dataset types: of the authority, or any other address; texts say nothing to a reader."""
    kept = []
    for raw in raws:
        term = resolve(DATASET_TYPES, raw)
        iri = (
            term.iri
            if term
            else (raw if raw.startswith(("http://", "https://")) and repair_iri(raw).value == raw else None)
        )
        if iri != raw:
            notes.note(
                "repair.value_recognised" if iri else "repair.value_unknown", "dct:type", raw, iri, Severity.INFO
            )
        if iri:
            kept.append(iri)
    return tuple(dict.fromkeys(kept))


def _eurovoc(raw: str) -> str | None:
    found = _EUROVOC.fullmatch(raw.strip())
    return f"http://eurovoc.europa.eu/{found[1]}" if found else None
