"""Rules L: every distribution has an open licence, the national one unless there is a reason. Source: AGID 2023 §6."""

from collections.abc import Iterator

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, numbered
from opentusk.kit.records import Dataset
from opentusk.kit.vocabularies import LICENCES, Licence

_LICENCE = "dct:license"
_PREFERRED = "CC_BY_4_0"
# REQ 20-21 and RACC 10: these need no reason. CDLA-Permissive-2.0 is not in the vocabulary, so L8 speaks of it.
_FREE_CHOICE = frozenset({_PREFERRED, "CC0", "CC_PDM_1_0"})


def every_distribution_has_a_licence(record: Dataset, around: Circumstances) -> list[Problem]:
    """L1. A licence on the dataset alone does not count."""
    return [
        fault("L1.missing_licence", Severity.BLOCKS, place, _LICENCE)
        for place, distribution in numbered(record)
        if distribution.license is None or not (distribution.license.iri or any(distribution.license.name.values()))
    ]


def licence_is_cc_by_4(record: Dataset, around: Circumstances) -> list[Problem]:
    """L2. CC BY 4.0 is the rule. CC0 asks for less still and is let pass."""
    return [
        fault("L2.not_cc_by_4", Severity.MAJOR, place, _LICENCE, licence=licence.it)
        for place, licence in _known(record)
        if licence.openness == "A" and licence.code not in _FREE_CHOICE
    ]


def another_licence_has_a_reason(record: Dataset, around: Circumstances) -> list[Problem]:
    """L3. Only where a person could be asked for the act."""
    if around.licence_reason is None or around.licence_reason.strip():
        return []
    return [
        fault("L3.licence_without_reason", Severity.BLOCKS, place, _LICENCE, licence=licence.it)
        for place, licence in _known(record)
        if licence.code not in _FREE_CHOICE
    ]


def licence_is_open(record: Dataset, around: Circumstances) -> list[Problem]:
    """L4. No clause against commercial use or derived works, nothing proprietary."""
    return [
        fault("L4.closed_licence", Severity.BLOCKS, place, _LICENCE, licence=licence.it)
        for place, licence in _known(record)
        if licence.openness == "B" or licence.non_commercial or licence.no_derivatives
    ]


def licence_is_current(record: Dataset, around: Circumstances) -> list[Problem]:
    """L5. No share-alike without motive, no Creative Commons before 4.0, no IODL: to be relicensed."""
    return [
        fault(code, Severity.MAJOR, place, _LICENCE, licence=licence.it)
        for place, licence in _known(record)
        if (code := _why_outdated(licence))
    ]


def licence_is_of_the_list(record: Dataset, around: Circumstances) -> list[Problem]:
    """L8. The canonical address of a known licence, never "unknown"."""
    return [
        fault("L8.unknown_licence", Severity.BLOCKS, place, _LICENCE, value=value, proposed=_proposed(value))
        for place, value in _values(record)
        if (known := LICENCES.by_iri(value)) is None or known.openness == "C"
    ]


def _why_outdated(licence: Licence) -> str | None:
    if licence.code.startswith("IODL"):
        return "L5.iodl"
    if licence.share_alike:
        return "L5.share_alike"
    is_creative_commons = "creativecommons" in licence.iri or "CC_BY" in licence.code
    if is_creative_commons and licence.attribution and licence.version and not licence.version.startswith("4"):
        return "L5.old_creative_commons"
    return None


def _values(record: Dataset) -> Iterator[tuple[str, str]]:
    for place, distribution in numbered(record):
        if distribution.license is not None:
            value = distribution.license.iri or next(iter(distribution.license.name.values()), "")
            if value:
                yield place, value


def _known(record: Dataset) -> Iterator[tuple[str, Licence]]:
    for place, value in _values(record):
        licence = LICENCES.by_iri(value)
        if licence is not None and licence.openness != "C":
            yield place, licence


def _proposed(value: str) -> str:
    """What the text or address probably means; the national licence when nothing can be told."""
    named = LICENCES.find(value)
    if named is not None and named.openness == "A":
        return named.iri
    preferred = LICENCES.by_code(_PREFERRED)
    return preferred.iri if preferred else ""
