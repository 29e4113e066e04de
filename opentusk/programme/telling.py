"""Events as things that can be followed and heard of; the address of an online room is in none of it."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext, gettext_lazy

from opentusk.journal.models import Entry
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import Facts, Rule
from opentusk.notices.speakers import Subject
from opentusk.programme.models import Event

# What is worth a message: the day, the time and the place.
_NEWS = frozenset({"starts_at", "ends_at", "venue", "municipality", "mode"})


def _moved(entry: Entry) -> Facts | None:
    return {} if _NEWS & set(entry.facts.get("fields", [])) else None


def _published(facts: Facts) -> str:
    return gettext("È in programma.")


def _changed(facts: Facts) -> str:
    return gettext("Sono cambiati il giorno, l'ora o il luogo.")


def _held(facts: Facts) -> str:
    return gettext("Si è svolto.")


def _closed(facts: Facts) -> str:
    return gettext("È concluso: il resoconto è pubblico.")


def _cancelled(facts: Facts) -> str:
    return gettext("È annullato.")


class Events:
    """Events of every kind."""

    kind = "programme.event"
    label = gettext_lazy("un evento")
    followed_after: frozenset[str] = frozenset()
    carried_over = None
    rules = (
        Rule("programme.event_published", "event.published", Family.PROGRAMME, Severity.NOTABLE, words=_published),
        Rule(
            "programme.event_changed",
            "event.changed",
            Family.PROGRAMME,
            Severity.NOTABLE,
            build=_moved,
            words=_changed,
        ),
        Rule("programme.event_held", "event.held", Family.PROGRAMME, Severity.INFO, words=_held),
        Rule("programme.event_closed", "event.closed", Family.PROGRAMME, Severity.NOTABLE, words=_closed),
        Rule("programme.event_cancelled", "event.cancelled", Family.PROGRAMME, Severity.NOTABLE, words=_cancelled),
    )

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """The events that are still there, by number; invented ones are told to nobody."""
        found = Event.objects.filter(pk__in=numbers)
        return {
            event.pk: Subject(
                title=event.title, path=f"/eventi/{event.slug}", is_public=event.is_public and not event.is_demo
            )
            for event in found
        }
