"""Web addresses and the IRIs of nodes."""

from collections.abc import Iterable

from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.mapping.loose import read_strings
from opentusk.kit.problems import Severity
from opentusk.kit.values import repair_iri, repair_url


def mend_url(value: str | None, log: RepairLog, where: str) -> str | None:
    """One web address, or None."""
    return log.mended(where, value, repair_url(value)) if value else None


def mend_urls(values: Iterable[str], log: RepairLog, where: str) -> tuple[str, ...]:
    """Several web addresses, each once; a list printed into a string counts as its members."""
    return _distinct(mend_url(value, log, where) for value in split_printed_lists(values, log, where))


def mend_iri(value: str | None, log: RepairLog, where: str) -> str | None:
    """The IRI of a node or of a thing elsewhere, or None."""
    return log.mended(where, value, repair_iri(value)) if value else None


def mend_iris(values: Iterable[str], log: RepairLog, where: str) -> tuple[str, ...]:
    """Several IRIs, each once; a list printed into a string counts as its members."""
    return _distinct(mend_iri(value, log, where) for value in split_printed_lists(values, log, where))


def split_printed_lists(values: Iterable[str], log: RepairLog, where: str) -> list[str]:
    """The values, with `"['a', 'b']"` taken for the two it means. Harvesters that print lists are common."""
    found: list[str] = []
    for value in values:
        members = read_strings(value) if value.lstrip().startswith("[") else (value,)
        if members != (value,):
            after = " ".join(members) or None
            log.changed("repair.printed_list", where, before=value, after=after, severity=Severity.MINOR)
        found += members
    return found


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
