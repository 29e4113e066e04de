"""Licences: any spelling, deed page or bare name to the one licence it is."""

from functools import lru_cache

from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.problems import Severity
from opentusk.kit.records import LicenseDocument
from opentusk.kit.values import repair_iri
from opentusk.kit.vocabularies import LICENCES, Licence

_WHERE = "dct:license"


def mend_licence(licence: LicenseDocument | None, default: str | None, log: RepairLog) -> LicenseDocument | None:
    """The licence in full, as the vocabulary has it: address, kind, name, version.

    A licence we do not know stays as it is written: who reads the checks decides. Without any, the source's default.
    """
    if licence is None or licence == LicenseDocument():
        return _default(default, log)
    term = _find(licence)
    if term is None:
        return _unknown(licence, log)
    document = licence_document(term)
    before = licence.iri or next(iter(licence.name.values()), "")
    if licence.iri != document.iri:
        severity = Severity.MINOR if licence.iri else Severity.MAJOR
        log.changed("repair.licence", _WHERE, before=before, after=document.iri, severity=severity)
    elif licence.type and licence.type != document.type:
        log.changed("repair.licence_kind", "dct:type", before=licence.type, after=document.type, severity=Severity.INFO)
    return document


@lru_cache(maxsize=256)
def licence_document(term: Licence) -> LicenseDocument:
    """The node of a licence, the same for every distribution that has it."""
    return LicenseDocument(iri=term.iri, type=term.type_iri, name={"it": term.it}, version_info=term.version)


def _default(default: str | None, log: RepairLog) -> LicenseDocument | None:
    term = (LICENCES.by_iri(default) or LICENCES.find(default)) if default else None
    if term is None:
        return None
    log.changed("repair.default_used", _WHERE, before="", after=term.iri, severity=Severity.MAJOR)
    return licence_document(term)


def _find(licence: LicenseDocument) -> Licence | None:
    """The licence by its address; the name counts only where the address says nothing."""
    if licence.iri and (found := LICENCES.by_iri(licence.iri) or LICENCES.find(licence.iri)):
        return found
    if licence.iri and "://" in licence.iri:
        return None
    return next((found for found in map(LICENCES.find, licence.name.values()) if found), None)


def _unknown(licence: LicenseDocument, log: RepairLog) -> LicenseDocument:
    """An unknown licence; a text where its address belongs becomes its name."""
    if not licence.iri:
        return licence
    repaired = repair_iri(licence.iri)
    if repaired.value is None:
        name = licence.name or {"": licence.iri}
        log.changed("repair.licence_text", _WHERE, before=licence.iri, after=next(iter(name.values())))
        return LicenseDocument(type=licence.type, name=name, version_info=licence.version_info)
    iri = log.mended(_WHERE, licence.iri, repaired)
    return LicenseDocument(iri=iri, type=licence.type, name=licence.name, version_info=licence.version_info)
