"""The identifier of a dataset: the key of every harvester, so it changes once, at the first reading, or never."""

from collections.abc import Sequence
from dataclasses import replace

from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import mend_line
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent, Identifier
from opentusk.kit.values import repair_identifier, repair_ipa_code, slugify
from opentusk.kit.vocabularies.bodies import find_body


def mend_identifier(identifier: str, *, iri: str | None, holder: Agent | None, log: RepairLog) -> str:
    """`ipa:local-part` in lower case. Without one, the last part of the dataset's own address serves.

    The prefix is the titolare's. That of another body stays: an aggregator gave it, and others know it by that.
    """
    where = "dct:identifier"
    text = identifier or iri or ""
    prefix = _prefix(identifier, holder)
    if not text or not prefix:
        return identifier
    repaired = repair_identifier(text, prefix)
    if repaired.value is None:
        return identifier
    if not identifier:
        log.changed(
            "repair.identifier_of_address", where, before="", after=repaired.value, severity=Severity.MAJOR, iri=text
        )
    elif repaired.value != identifier:
        log.changed("value.identifier_rewritten", where, before=identifier, after=repaired.value)
    return repaired.value


def mend_other_identifiers(
    others: Sequence[Identifier], *, former: str, identifier: str, iri: str | None, log: RepairLog
) -> tuple[Identifier, ...]:
    """The other identifiers, the one the source used among them; each a node of the dataset's."""
    where = "adms:identifier"
    kept = [replace(other, notation=mend_line(other.notation, log, where)) for other in others]
    if former and former != identifier and all(other.notation != former for other in kept):
        kept.append(Identifier(notation=former))
    named = (replace(other, iri=other.iri or _node(iri, other.notation)) for other in kept if other.notation)
    return tuple(dict.fromkeys(named))


def _prefix(identifier: str, holder: Agent | None) -> str:
    """The code to put before the local part, "" when none can be trusted."""
    own = holder.identifier if holder and find_body(holder.identifier) else ""
    given, colon, _ = identifier.partition(":")
    if not colon or "://" in identifier:
        return own
    code = repair_ipa_code(given)
    is_of_a_body = code.value is not None and find_body(code.value) is not None
    if is_of_a_body and code.value is not None and code.code != "value.ipa_code_guessed":
        return code.value
    return own or (code.value or "")


def _node(dataset_iri: str | None, notation: str) -> str | None:
    return f"{dataset_iri}#{slugify(notation, limit=120) or 'id'}" if dataset_iri else None
