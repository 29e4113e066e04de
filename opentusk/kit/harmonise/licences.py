"""Licences: any spelling to the canonical document, with the type and names of the vocabulary."""

from opentusk.kit.harmonise.concepts import resolve
from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.problems import Severity
from opentusk.kit.records import LicenseDocument
from opentusk.kit.vocabularies import LICENCES, Licence


def harmonise_licence(
    licence: LicenseDocument | None, fallback: LicenseDocument | None, notes: Notes
) -> LicenseDocument | None:
    """The canonical licence. One that nobody knows stays as it is, for the rules to judge."""
    where = "dct:license"
    raw = _raw(licence)
    term = _recognise(licence)
    if term is not None:
        if licence is None or licence.iri != term.iri:
            notes.note("repair.licence_recognised", where, raw, term.iri)
        return canonical_licence(term)
    if licence is not None and raw:
        if not (licence.iri or "").startswith(("http://", "https://")):
            notes.note("repair.licence_unknown", where, raw, None, Severity.MAJOR)
            return None
        return licence
    if fallback is None:
        return None
    known = _recognise(fallback)
    after = canonical_licence(known) if known else fallback
    notes.note("repair.licence_of_source", where, None, after.iri, Severity.MAJOR)
    return after


def canonical_licence(term: Licence) -> LicenseDocument:
    """The document we write for a licence of the vocabulary."""
    return LicenseDocument(
        iri=term.iri, type=term.type_iri, name={"it": term.it, "en": term.en}, version_info=term.version
    )


def _recognise(licence: LicenseDocument | None) -> Licence | None:
    """By address, else by any of its names: an empty node with the right name is common."""
    if licence is None:
        return None
    if licence.iri and (term := LICENCES.by_iri(licence.iri) or resolve(LICENCES, licence.iri)):
        return term
    return next((term for name in licence.name.values() if (term := LICENCES.find(name))), None)


def _raw(licence: LicenseDocument | None) -> str | None:
    if licence is None:
        return None
    return licence.iri or next(iter(licence.name.values()), None)
