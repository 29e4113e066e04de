"""The week of a body in a few sentences, for one of its people: what happened, and what waits for somebody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Hold
from opentusk.notices.models import Event, Lateness, LinkTrouble
from opentusk.notices.permissions import datasets_heard_of

_WEEK = timedelta(days=7)
_NAMED = 5


def week_of(user_id: int, agent: Agent, *, until: datetime) -> list[str]:
    """What this person should know of the last seven days of a body, by their roles of now; nothing when nothing was.

    Who writes datasets hears of those that they touched.
    """
    ours = datasets_heard_of(user_id, agent, "dataset.late")
    happened = Event.objects.public().filter(dataset__in=ours, at__gt=until - _WEEK, at__lte=until)
    holds = Hold.objects.still_open()
    waiting = {
        _late: Lateness.objects.filter(dataset__in=ours),
        _broken: LinkTrouble.objects.filter(dataset__in=datasets_heard_of(user_id, agent, "link.broken")),
        _columns: holds.of_kind(Hold.Kind.SCHEMA_CHANGE).filter(
            dataset__in=datasets_heard_of(user_id, agent, "file.change_waiting")
        ),
        _personal: holds.of_kind(Hold.Kind.PERSONAL_DATA).filter(
            dataset__in=datasets_heard_of(user_id, agent, "personal_data.suspected")
        ),
    }
    titles = {words: list(rows.values_list("dataset__title", flat=True)) for words, rows in waiting.items()}
    counted = dict(happened.order_by().values_list("type").annotate(Count("dataset", distinct=True)))
    return [*_counted(counted), *(_named(words(len(found)), found) for words, found in titles.items() if found)]


def _counted(counted: dict[str, int]) -> Iterable[str]:
    published, updated = counted.get("dataset.published", 0), counted.get("file.updated", 0)
    if published:
        yield ngettext("%(n)s dataset pubblicato.", "%(n)s dataset pubblicati.", published) % {"n": published}
    if updated:
        yield ngettext("%(n)s dataset con dati nuovi.", "%(n)s dataset con dati nuovi.", updated) % {"n": updated}


def _late(n: int) -> str:
    return ngettext("%(n)s dataset in ritardo", "%(n)s dataset in ritardo", n) % {"n": n}


def _broken(n: int) -> str:
    return ngettext("%(n)s indirizzo che non risponde", "%(n)s indirizzi che non rispondono", n) % {"n": n}


def _columns(n: int) -> str:
    words = ngettext("%(n)s file con altre colonne, da confermare", "%(n)s file con altre colonne, da confermare", n)
    return words % {"n": n}


def _personal(n: int) -> str:
    return ngettext(
        "%(n)s file fermo per possibili dati personali", "%(n)s file fermi per possibili dati personali", n
    ) % {"n": n}


def _named(words: str, titles: list[str]) -> str:
    """With the first names; the rest is on the desk."""
    names = list(dict.fromkeys(titles))
    more = _(" e altri %(n)s") % {"n": len(names) - _NAMED} if len(names) > _NAMED else ""
    return f"{words}: {', '.join(names[:_NAMED])}{more}."
