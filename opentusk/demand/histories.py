"""What happened to a wish, in plain words for everybody: from the journal, without private notes and without people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.bodies.models import Agent
from opentusk.demand.events import DemandEvent as Happened
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import RefusalReason
from opentusk.journal.models import Entry
from opentusk.ui.speech import spoken_date

_WORDS: Mapping[str, Any] = {
    Happened.PROPOSED: gettext_lazy("Proposta."),
    Happened.REASON_ADDED: gettext_lazy("Qualcun altro ha aggiunto il suo perché."),
    Happened.CORRECTED: gettext_lazy("Titolo o tema corretti."),
    Happened.ACCEPTED: gettext_lazy("È nel paniere."),
    Happened.MERGED: gettext_lazy("Unita alla voce n. %(into)s."),
    Happened.UNMERGED: gettext_lazy("Separata di nuovo."),
    Happened.REFUSED: gettext_lazy("Non accolta: %(reason)s."),
    Happened.ASSIGNED: gettext_lazy("Assegnata a %(body)s, entro il %(due_on)s."),
    Happened.STARTED: gettext_lazy("%(body)s ci lavora, entro il %(due_on)s."),
    Happened.DECLINED: gettext_lazy("Rimandata: si cerca chi può occuparsene."),
    Happened.PUBLISHED: gettext_lazy("Un dataset risponde."),
    Happened.VERIFIED: gettext_lazy("È proprio quello che serviva."),
    Happened.REOPENED: gettext_lazy("Riaperta: %(note)s"),
    Happened.RECONSIDERED: gettext_lazy("Riconsiderata: è nel paniere."),
    Happened.OVERDUE: gettext_lazy("Il termine del %(due_on)s è passato."),
}


@dataclass(frozen=True)
class Step:
    """One thing that happened."""

    at: datetime
    words: str


def history_of(item: WantedDataset) -> list[Step]:
    """Everything that may be told of a wish, the oldest first."""
    entries = Entry.objects.about(item).filter(event__in=_WORDS).order_by("seq")
    return [Step(entry.at, words_of(entry.event, entry.facts)) for entry in entries]


def words_of(event: str, facts: Mapping[str, Any]) -> str:
    """The sentence of one entry."""
    agent = Agent.objects.filter(ipa_code=facts["body"]).first() if facts.get("body") else None
    reason = str(facts.get("reason", ""))
    values = {
        "into": facts.get("into", ""),
        "reason": RefusalReason(reason).label if reason in RefusalReason.values else "–",
        "body": agent.name if agent else _("un ente"),
        "due_on": spoken_date(str(facts.get("due_on", ""))) or "–",
        "note": facts.get("note", ""),
    }
    return str(_WORDS[event]) % values
