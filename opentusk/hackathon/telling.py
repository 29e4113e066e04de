"""Hackathons as things that can be followed and heard of."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext, gettext_lazy

from opentusk.hackathon.models import Hackathon
from opentusk.hackathon.states import HackathonState
from opentusk.journal.models import Entry
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import Facts, Rule
from opentusk.notices.speakers import Subject

_PHASES = dict(HackathonState.choices)


def _state(entry: Entry) -> Facts | None:
    return {"state": entry.changes["state"][1]}


def _phase(facts: Facts) -> str:
    return gettext("Nuova fase dell'hackathon: %(state)s.") % {"state": _PHASES.get(facts["state"], "")}


def _published(facts: Facts) -> str:
    return gettext("La classifica dell'hackathon è pubblicata.")


class Hackathons:
    """The hackathons that are announced."""

    kind = "hackathon.hackathon"
    label = gettext_lazy("un hackathon")
    followed_after: frozenset[str] = frozenset()
    carried_over = None
    rules = (
        Rule("hackathon.advanced", "hackathon.phase", Family.PROGRAMME, Severity.NOTABLE, build=_state,
             facts=("state",), words=_phase),
        Rule("hackathon.published", "hackathon.ranking_published", Family.PROGRAMME, Severity.NOTABLE,
             words=_published),
    )  # fmt: skip

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """The hackathons by number."""
        found = Hackathon.objects.filter(pk__in=numbers)
        return {
            row.pk: Subject(title=row.title, path=f"/hackathon/{row.slug}", is_public=row.is_public) for row in found
        }
