"""What a decision to publish must rest on: which fields each basis asks for, and that none of them names anybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from opentusk.kit.personal import names_somebody
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding
from opentusk.quality.models import PrivacyCase

_Basis = PrivacyCase.Basis

# The methods of WP29 opinion 05/2014 on anonymisation techniques.
METHODS = (
    ("aggregation", _("aggregazione e k-anonimato")),
    ("l_diversity", _("l-diversità o t-vicinanza")),
    ("noise", _("aggiunta di rumore statistico")),
    ("permutation", _("permutazione")),
    ("differential", _("privacy differenziale")),
    ("suppression", _("soppressione di righe, colonne o celle")),
)
DPIA = (("done", _("valutata e fatta")), ("not_needed", _("valutata: non necessaria")))
FIELDS = {
    "norm": _("Norma che obbliga a pubblicare"),
    "consent_document": _("Dove sono conservati i consensi"),
    "method": _("Metodo di anonimizzazione"),
    "document": _("Documento che descrive il metodo"),
    "document_date": _("Data del documento"),
    "dpia": _("Valutazione d'impatto (DPIA)"),
    "dpo_opinion": _("Parere scritto del responsabile della protezione dei dati"),
    "dpo_opinion_date": _("Data del parere"),
    "purpose": _("Nota sulla finalità della pubblicazione"),
    "valid_until": _("La base vale fino al"),
}
_OF_BASIS: Mapping[str, tuple[str, ...]] = {
    _Basis.LAW: ("norm",),
    _Basis.CONSENT: ("consent_document",),
    _Basis.NOT_PERSONS: (),
    _Basis.ANONYMOUS: ("method", "document", "document_date", "dpia", "dpo_opinion", "dpo_opinion_date"),
    _Basis.FALSE_ALARM: (),
}
# What everybody may read in the history of the dataset: the rule and the purpose, not the papers.
PUBLIC_FIELDS = ("norm", "purpose", "method")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A decision before it is taken."""

    decision: str
    basis: str = ""
    reason: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    excluded_columns: Collection[str] = ()


def needed_for(basis: str, findings: Collection[PersonalFinding], *, is_dpo: bool) -> tuple[str, ...]:
    """The fields that must be filled to publish on this basis.

    Special categories need the data protection officer in writing (P1); the officer's own decision is that writing.
    A list published by duty needs a note on its purpose (P6).
    """
    needed = list(_OF_BASIS.get(basis, ()))
    is_about_persons = basis not in {_Basis.NOT_PERSONS, _Basis.FALSE_ALARM}
    if not is_dpo and any(finding.rule == "P1" and finding.severity is Severity.BLOCKS for finding in findings):
        needed += ["dpo_opinion", "dpo_opinion_date"]
    if is_about_persons and any(finding.rule == "P6" for finding in findings):
        needed.append("purpose")
    if is_dpo:
        needed = [name for name in needed if not name.startswith("dpo_opinion")]
    return tuple(dict.fromkeys(needed))


def lacking(draft: Draft, findings: Collection[PersonalFinding], *, is_dpo: bool) -> list[str]:
    """The fields without which a decision rests on nothing."""
    missing = [] if draft.reason else ["reason"]
    if draft.decision not in PrivacyCase.Decision.values:
        missing.append("decision")
    if draft.decision == PrivacyCase.Decision.EXCLUDE and not draft.excluded_columns:
        missing.append("excluded_columns")
    if draft.decision == PrivacyCase.Decision.PUBLISH:
        missing += [] if draft.basis in _Basis.values else ["basis"]
        missing += [name for name in needed_for(draft.basis, findings, is_dpo=is_dpo) if not draft.evidence.get(name)]
    return missing


def telling(texts: Mapping[str, str]) -> list[str]:
    """The fields whose text holds somebody's codice fiscale, e-mail address, telephone or IBAN."""
    return [name for name, text in texts.items() if names_somebody(text)]
