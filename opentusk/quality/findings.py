"""Suspicions as they are kept and compared: kinds, columns, counts and shares."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

# What is suspected where: kind and columns, with how grave it is (0 is worst) and the smallest group of people.
Signature = Mapping[tuple[str, tuple[str, ...]], tuple[int, int]]

_WORST_FIRST = list(Severity)
_STOPPING = frozenset({Severity.BLOCKS, Severity.MAJOR})


def stopping(findings: Iterable[PersonalFinding]) -> list[PersonalFinding]:
    """The suspicions that a person must look at before the file is public."""
    return [finding for finding in findings if finding.severity in _STOPPING]


def finding_to_json(finding: PersonalFinding) -> dict[str, Any]:
    """The stored shape of a suspicion."""
    return {**asdict(finding), "severity": finding.severity.value, "columns": list(finding.columns)}


def finding_of(stored: Mapping[str, Any]) -> PersonalFinding:
    """A suspicion that was stored."""
    severity, columns = Severity(stored["severity"]), tuple(stored["columns"])
    return PersonalFinding(**{**stored, "severity": severity, "columns": columns})


def together(older: Iterable[PersonalFinding], newer: Iterable[PersonalFinding]) -> list[PersonalFinding]:
    """The suspicions of several readings of a file: of the same kind in the same columns the newest counts.

    Of one reading, which may be of several tables with the same columns, it is the worst.
    """
    worst_last = sorted(newer, key=_gravity, reverse=True)
    return list({(finding.kind, finding.columns): finding for finding in (*older, *worst_last)}.values())


def signature_of(findings: Iterable[PersonalFinding]) -> Signature:
    """What is suspected where; of the same in several tables of a file the worst counts."""
    signature: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    for finding in findings:
        what, (grave, smallest) = (finding.kind, finding.columns), _gravity(finding)
        known = signature.get(what, (grave, smallest))
        signature[what] = (min(grave, known[0]), min(smallest, known[1]))
    return signature


def is_covered(found: Signature, by: Signature) -> bool:
    """Whether everything found was known: no new kind, no new column, nothing graver, no smaller group of people."""
    return all(
        what in by and grave >= by[what][0] and smallest >= by[what][1] for what, (grave, smallest) in found.items()
    )


def seen_before(finding: PersonalFinding) -> PersonalFinding:
    """A suspicion of an earlier version: grave as it was, with no cells counted in this one."""
    return replace(finding, count=0, share=0.0)


def _gravity(finding: PersonalFinding) -> tuple[int, int]:
    """0 is worst, and so is the smallest group."""
    return _WORST_FIRST.index(finding.severity), finding.smallest or 0
