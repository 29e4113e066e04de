"""Suspicions in words for people; a label that is itself somebody's data is not repeated."""

from collections.abc import Mapping

from opentusk.kit.messages import sentence
from opentusk.kit.personal.kinds import KINDS
from opentusk.kit.personal.texts import is_telling_name
from opentusk.kit.tables.shapes import PersonalFinding

_MEND = {
    "telefono": "personal.mend_contact",
    "email": "personal.mend_contact",
    "gruppi_piccoli": "personal.mend_groups",
    "trasparenza": "personal.mend_purpose",
}
_WORDS = {
    "it": ("Colonna", "Colonne", "titolo o descrizione", "senza intestazione"),
    "en": ("Column", "Columns", "title or description", "without header"),
}
_MOST_NAMES = 6


def tell_finding(finding: PersonalFinding, language: str, labels: Mapping[str, str] | None = None) -> str:
    """What is suspected where, with counts. `labels` maps the API names of columns to the words of the file."""
    values = {
        "where": _where(finding, language, labels or {}),
        "count": f"{finding.count}",
        "share": _percent(finding.share, language),
        "smallest": f"{finding.smallest or 0}",
    }
    if finding.columns and not finding.count and not finding.share:
        return sentence("personal.seen_before", language, {**values, "kind": tell_kind(finding.kind, language)})
    return sentence(f"personal.{finding.kind}", language, values)


def tell_kind(kind: str, language: str) -> str:
    """The kind in a few words."""
    known = KINDS[kind]
    return known.en if language == "en" else known.it


def advise(finding: PersonalFinding, language: str) -> str:
    """How the file can be mended."""
    otherwise = "personal.mend_special" if finding.rule == "P1" else "personal.mend_drop"
    return sentence(_MEND.get(finding.kind, otherwise), language, {})


def shown_name(name: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """A column by its label; where there is no header, the label is a row's value and is not shown."""
    shown = (labels or {}).get(name) or name
    return f"({_WORDS[language][3]})" if is_telling_name(shown) or is_telling_name(name) else shown


def _where(finding: PersonalFinding, language: str, labels: Mapping[str, str]) -> str:
    one, many, nowhere, _hidden = _WORDS[language]
    if not finding.columns:
        return nowhere[0].upper() + nowhere[1:]
    names = [f"«{shown_name(name, language, labels)}»" for name in finding.columns]
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    return f"{one if len(names) == 1 else many} {listed}"


def _percent(share: float, language: str) -> str:
    """A share for people; a single cell among many is not zero."""
    text = f"{share * 100:.0f}" if share >= 0.01 or not share else "< 1"
    return f"{text} %" if language == "it" else f"{text}%"
