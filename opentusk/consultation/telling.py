"""Consultations and their themes as followers hear of them."""

from collections.abc import Callable, Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.journal.models import Entry
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import Facts, Rule
from opentusk.notices.speakers import Subject
from opentusk.ui.speech import term_label


def _facts(*names: str) -> Callable[[Entry], Facts]:
    def build(entry: Entry) -> Facts:
        return {name: str(entry.facts.get(name, "")) for name in names}

    return build


def _scheduled(facts: Facts) -> str:
    return _("Consultazione in programma: %(title)s.") % facts


def _answered(facts: Facts) -> str:
    return _("Le risposte ufficiali della consultazione «%(title)s» sono pubblicate.") % facts


def _theme_answered(facts: Facts) -> str:
    return _("C'è la risposta ufficiale sul tema %(theme)s.") % {"theme": term_label(str(facts["theme"]), "theme")}


def _reported(facts: Facts) -> str:
    return _("Il rapporto finale della consultazione «%(title)s» è pubblicato.") % facts


class Consultations:
    """A consultation: announced, answered, reported."""

    kind = "consultation.consultation"
    label = gettext_lazy("una consultazione")
    followed_after: frozenset[str] = frozenset()
    carried_over = None
    rules = (
        Rule(
            "consultation.scheduled",
            "consultation.scheduled",
            Family.DEMAND,
            Severity.NOTABLE,
            build=_facts("title", "opens", "closes"),
            facts=("title", "opens", "closes"),
            words=_scheduled,
        ),
        Rule(
            "consultation.answers_published",
            "consultation.answered",
            Family.DEMAND,
            Severity.NOTABLE,
            build=_facts("title"),
            facts=("title",),
            words=_answered,
        ),
        Rule(
            "consultation.reported",
            "consultation.reported",
            Family.DEMAND,
            Severity.NOTABLE,
            build=_facts("title", "sha256"),
            facts=("title", "sha256"),
            words=_reported,
        ),
    )

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """Those that are still there, by number."""
        found = Consultation.objects.filter(pk__in=numbers)
        return {
            one.pk: Subject(title=one.title, path=f"/consultazioni/{one.slug}", is_public=_is_public(one))
            for one in found
        }


class Themes:
    """A theme of a consultation: its official answer."""

    kind = "consultation.thematicproposal"
    label = gettext_lazy("un tema di una consultazione")
    followed_after: frozenset[str] = frozenset()
    carried_over = None
    rules = (
        Rule(
            "consultation.theme_answered",
            "consultation.theme_answered",
            Family.DEMAND,
            Severity.INFO,
            build=_facts("theme"),
            facts=("theme",),
            words=_theme_answered,
        ),
    )

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """Those that are still there, by number."""
        found = ThematicProposal.objects.select_related("consultation").filter(pk__in=numbers)
        return {
            one.pk: Subject(
                title=f"{one.consultation.title}: {term_label(one.theme, 'theme')}",
                path=f"/consultazioni/{one.consultation.slug}/{one.theme}",
                is_public=_is_public(one.consultation),
                themes=(one.theme,),
            )
            for one in found
        }


def _is_public(consultation: Consultation) -> bool:
    return consultation.state != Consultation.State.DRAFT
