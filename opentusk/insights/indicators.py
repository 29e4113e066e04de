"""The indicators of the programme, each one named query. Changing what a query asks is a new version of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Dataset
from opentusk.demand.states import Origin, RefusalReason
from opentusk.insights import queries, worlds
from opentusk.kit.vocabularies import THEMES
from opentusk.programme.states import EventKind
from opentusk.ui.speech import label_of


def _theme(code: str) -> str:
    term = THEMES.by_code(code)
    return label_of(term) if term else code


def _dataset(identifier: str) -> str:
    return Dataset.objects.filter(identifier=identifier).values_list("title", flat=True).first() or identifier


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: its query, the unit of its values, and how the codes of its dimension are called."""

    code: str
    label: Promise
    query: Callable[[bool], queries.Values]
    unit: str | Promise = ""
    version: int = 1
    name_of: Callable[[str], str] = str


@dataclass(frozen=True)
class Row:
    """One value of one indicator."""

    indicator: Indicator
    dimension: str
    name: str
    value: float | int | None


@dataclass(frozen=True)
class Measured:
    """An indicator with its values now."""

    indicator: Indicator
    rows: list[Row]

    @property
    def has_parts(self) -> bool:
        """Whether it has more than one value."""
        return any(row.dimension for row in self.rows) or len(self.rows) != 1


_ORIGIN = dict(Origin.choices)
_KIND = dict(EventKind.choices)
_REASON = dict(RefusalReason.choices)
_DAYS = _("giorni")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(code="bodies_accredited", label=_("Enti che hanno aderito"), query=queries.bodies_accredited),
    Indicator(
        code="people_by_world",
        label=_("Persone registrate, per mondo"),
        query=queries.people_by_world,
        version=2,
        name_of=worlds.name_of,
    ),
    Indicator(
        code="events_by_kind",
        label=_("Eventi, per genere"),
        query=queries.events_by_kind,
        name_of=lambda code: str(_KIND.get(code, code)),
    ),
    Indicator(code="registrations", label=_("Iscrizioni agli eventi"), query=queries.registrations),
    Indicator(code="attendance_counted", label=_("Presenze contate all'ingresso"), query=queries.attendance_counted),
    Indicator(code="attendance_declared", label=_("Presenze dichiarate"), query=queries.attendance_declared),
    Indicator(code="satisfaction", label=_("Utilità degli eventi, da 1 a 5"), query=queries.satisfaction),
    Indicator(
        code="milestone_datalab", label=_("Paniere nel rapporto dopo i datalab"), query=queries.milestone_datalab
    ),
    Indicator(
        code="milestone_consultation",
        label=_("Paniere nel rapporto dopo la consultazione"),
        query=queries.milestone_consultation,
    ),
    Indicator(code="basket_now", label=_("Paniere adesso, per edizione"), query=queries.basket_now),
    Indicator(
        code="basket_by_origin",
        label=_("Paniere, per origine"),
        query=queries.basket_by_origin,
        name_of=lambda code: str(_ORIGIN.get(code, code)),
    ),
    Indicator(code="basket_by_theme", label=_("Paniere, per tema"), query=queries.basket_by_theme, name_of=_theme),
    Indicator(code="share_assigned", label=_("Voci del paniere con un ente"), query=queries.share_assigned, unit="%"),
    Indicator(code="share_published", label=_("Voci del paniere pubblicate"), query=queries.share_published, unit="%"),
    Indicator(
        code="days_to_assignment",
        label=_("Giorni fino all'assegnazione (mediana)"),
        query=queries.days_to_assignment,
        unit=_DAYS,
    ),
    Indicator(
        code="days_to_publication",
        label=_("Giorni fino alla pubblicazione (mediana)"),
        query=queries.days_to_publication,
        unit=_DAYS,
    ),
    Indicator(
        code="refusals_by_reason",
        label=_("Voci non accolte, per motivo"),
        query=queries.refusals_by_reason,
        name_of=lambda code: str(_REASON.get(code, code)),
    ),
    Indicator(code="comments", label=_("Commenti pubblici"), query=queries.comments),
    Indicator(code="endorsements", label=_("Sostegni"), query=queries.endorsements, version=2),
    Indicator(
        code="endorsements_imported",
        label=_("Sostegni contati su altre piattaforme"),
        query=queries.endorsements_imported,
    ),
    Indicator(
        code="participants",
        label=_("Persone diverse che hanno sostenuto o commentato"),
        query=queries.participants,
        version=2,
    ),
    Indicator(code="teams", label=_("Squadre degli hackathon"), query=queries.teams),
    Indicator(code="works", label=_("Riusi pubblicati"), query=queries.works),
    Indicator(code="datasets_reused", label=_("Dataset riusati"), query=queries.datasets_reused),
    Indicator(code="most_reused", label=_("I dieci dataset più riusati"), query=queries.most_reused, name_of=_dataset),
    Indicator(code="bodies_reused", label=_("Enti i cui dati sono stati riusati"), query=queries.bodies_reused),
    Indicator(code="works_alive", label=_("Riusi ancora attivi dopo un anno"), query=queries.works_alive, unit="%"),
    Indicator(
        code="datasets_because_of_the_basket",
        label=_("Dataset pubblicati grazie al paniere"),
        query=queries.datasets_because_of_the_basket,
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def measure(*, with_demo: bool = False) -> list[Measured]:
    """Every indicator as it is now; invented rows are left out unless asked."""
    return [Measured(one, list(_rows(one, with_demo))) for one in INDICATORS]


def _rows(indicator: Indicator, with_demo: bool) -> Iterator[Row]:
    for dimension, value in indicator.query(with_demo).items():
        yield Row(indicator, dimension, name_in(indicator, dimension), value)


def name_in(indicator: Indicator, dimension: str) -> str:
    """How a code of the dimension is called; the whole has no name, but for the world that nobody said."""
    if not dimension and indicator.code != "people_by_world":
        return ""
    return indicator.name_of(dimension)
