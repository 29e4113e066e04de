"""Wishes told to those who follow them, their themes and their bodies: what this room says to `notices`."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Membership
from opentusk.demand.events import DemandEvent as Happened
from opentusk.demand.histories import words_of
from opentusk.demand.models import WantedDataset
from opentusk.journal.models import Entry
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import DESK, Rule
from opentusk.notices.speakers import CarriedOver, Subject

_OF_THE_BODY = frozenset({Membership.Role.REFERENTE.value, DESK})


def _rule(event: Happened, type_: str, *facts: str, severity: Severity = Severity.NOTABLE) -> Rule:
    """An event for everybody, with these facts of the entry and the words of the item's page."""

    def build(entry: Entry) -> dict[str, Any]:
        return {name: entry.facts.get(name, "") for name in facts}

    return Rule(event, type_, Family.DEMAND, severity, build=build, facts=facts, words=_saying(event))


def _saying(event: Happened) -> Callable[[dict[str, Any]], str]:
    return lambda facts: words_of(event, facts)


class WantedDatasets:
    """The wishes as things that can be followed; whoever wished or endorsed one with an account follows it."""

    kind = "demand.wanteddataset"
    label = _("una voce del paniere")
    followed_after = frozenset({Happened.PROPOSED.value, Happened.ENDORSED.value})
    carried_over = CarriedOver(by=Happened.MERGED.value, undone_by=Happened.UNMERGED.value, fact="into_subject")
    rules = (
        _rule(Happened.ACCEPTED, "wish.accepted", "number", severity=Severity.INFO),
        replace(
            _rule(Happened.MERGED, "wish.merged", "number", "into", severity=Severity.INFO),
            words=lambda facts: str(_("Unita alla voce n. %(into)s: chi la seguiva ora segue quella.")) % facts,
        ),
        _rule(Happened.REFUSED, "wish.refused", "number", "reason"),
        _rule(Happened.ASSIGNED, "wish.assigned", "number", "body", "due_on"),
        _rule(Happened.STARTED, "wish.started", "number", "body", "due_on", severity=Severity.INFO),
        _rule(Happened.PUBLISHED, "wish.published", "number"),
        _rule(Happened.VERIFIED, "wish.verified", "number", severity=Severity.INFO),
        _rule(Happened.REOPENED, "wish.reopened", "number", "note"),
        _rule(Happened.RECONSIDERED, "wish.reconsidered", "number"),
        _rule(Happened.OVERDUE, "wish.overdue", "number", "due_on"),
        Rule(
            Happened.ASSIGNED, "wish.entrusted", Family.WORK, Severity.NOTABLE, is_private=True,
            words=lambda facts: str(_("Il tuo ente ha una nuova richiesta di dati: comincia o rimandala.")),
            heard_by=_OF_THE_BODY,
        ),
        Rule(
            Happened.SUGGESTED, "wish.suggestion", Family.WORK, Severity.INFO, is_private=True,
            words=lambda facts: str(_("Un dataset appena pubblicato potrebbe rispondere: guarda se è lui.")),
            heard_by=_OF_THE_BODY,
        ),
    )  # fmt: skip

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """The wishes that are still there. Invented ones are for nobody's notices."""
        found = WantedDataset.objects.filter(pk__in=numbers).select_related("basket", "assigned_body")
        return {
            item.pk: Subject(
                title=item.title,
                path=f"/paniere/{item.basket.edition}/{item.number}",
                is_public=not item.is_hidden and not item.is_demo,
                holder=item.assigned_body,
                themes=tuple(filter(None, (item.primary_theme, *item.extra_themes))),
                work_path="/scrivania/richieste",
            )
            for item in found
        }
