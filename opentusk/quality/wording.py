"""What the pages say of a case, in the reader's language: suspicions without values, and who must decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent, Membership
from opentusk.journal.models import Entry
from opentusk.kit.personal import advise, shown_name, tell_finding, tell_kind
from opentusk.quality.events import QualityEvent
from opentusk.quality.evidence import DPIA, FIELDS, METHODS, PUBLIC_FIELDS
from opentusk.quality.models import PrivacyCase
from opentusk.ui.speech import is_english, spoken_date

_CHOICES = {"method": dict(METHODS), "dpia": dict(DPIA)}
_DATES = ("document_date", "dpo_opinion_date", "valid_until")


# What happened that everybody reads in the history of a dataset.
IN_HISTORY = (QualityEvent.CASE_DECIDED, QualityEvent.DECISION_REPEATED)


@dataclass(frozen=True)
class Suspicion:
    """One suspicion in words."""

    words: str
    advice: str
    rule: str
    severity: str


def suspicions_of(case: PrivacyCase) -> list[Suspicion]:
    """What is suspected, gravest first, and how to mend it."""
    return [
        Suspicion(
            tell_finding(finding, _language()), advise(finding, _language()), finding.rule, finding.severity.value
        )
        for finding in sorted(case.found, key=lambda finding: finding.severity != "blocks")
    ]


def kinds_of(case: PrivacyCase) -> list[str]:
    """The kinds of what is suspected, in a few words each."""
    return [tell_kind(kind, _language()) for kind in dict.fromkeys(finding.kind for finding in case.found)]


def columns_taken(case: PrivacyCase) -> list[str]:
    """The columns that the decision takes away."""
    return [shown_name(name, _language()) for name in case.excluded_columns]


def evidence_of(case: PrivacyCase, only: Iterable[str] = tuple(FIELDS)) -> list[tuple[str, str]]:
    """What the decision rests on, as name and words."""
    given = [(name, case.evidence[name]) for name in only if case.evidence.get(name)]
    return [
        (
            str(FIELDS[name]),
            spoken_date(value) if name in _DATES else _choice(name, value),
        )
        for name, value in given
    ]


def history_words(entry: Entry) -> str:
    """What everybody reads in the history of a dataset: what was decided, on which basis, in which role."""
    facts = entry.facts
    said = [str(PrivacyCase.Decision(facts["decision"]).label)]
    if facts.get("basis"):
        said.append(str(PrivacyCase.Basis(facts["basis"]).label))
    said += [f"{FIELDS[name]}: {_choice(name, facts[name])}" for name in PUBLIC_FIELDS if facts.get(name)]
    said.append(_("versione %(number)s del file") % {"number": facts["number"]})
    said.append(role_words(facts.get("role", "")))
    return f"{QualityEvent(entry.event).label} – " + "; ".join(part for part in said if part)


def role_words(role: str) -> str:
    """In which role somebody decided."""
    if role == "admin":
        return _("amministrazione del portale")
    return str(Membership.Role(role).label) if role in Membership.Role.values else ""


def who_decides(agent: Agent) -> str:
    """Who must decide for a body, by role and never by name."""
    valid = Membership.objects.valid()
    if valid.dpos_of(agent).exists():
        return _("Decide il responsabile della protezione dei dati (DPO) dell'ente.")
    if valid.filter(agent=agent, role=Membership.Role.REFERENTE).exists():
        return _("L'ente non ha indicato un responsabile della protezione dei dati (DPO): decide il referente.")
    return _("L'ente non ha né DPO né referente: decide l'amministrazione del portale.")


def _choice(name: str, value: str) -> str:
    return str(_CHOICES.get(name, {}).get(value, value))


def _language() -> str:
    return "en" if is_english() else "it"
