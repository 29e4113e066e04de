"""The facets as people see them: names of values, what is chosen, what else could be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.search.finding import Counts
from opentusk.search.question import Question
from opentusk.search.schema import NATIVE
from opentusk.ui.speech import band_words, format_code, term_label

_SHOWN = 6
_MOST = 60

Names: TypeAlias = Callable[[Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a facet: how many datasets it has, whether it is chosen, and the query string without it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query_without: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A facet of the page. `first` are the values shown at once, `others` those behind «mostra altri»."""

    name: str
    label: str
    first: tuple[Choice, ...]
    others: tuple[Choice, ...]

    @property
    def chosen(self) -> list[Choice]:
        """The values that narrow the list now."""
        return [choice for choice in (*self.first, *self.others) if choice.is_chosen]


@dataclass(frozen=True)
class Facet:
    """A facet: the index's field, its title, and how its values are named."""

    name: str
    label: str | Promise
    names: Names


def panels_of(question: Question, counts: Counts) -> list[Panel]:
    """Every facet that has something to choose, with its most frequent values and all chosen ones."""
    panels = [_panel(facet, question, counts.get(facet.name, {})) for facet in FACETS]
    return [panel for panel in panels if panel.first]


def names_of(facet: str, values: Iterable[str]) -> Mapping[str, str]:
    """The names of some values of a facet."""
    return next(known for known in FACETS if known.name == facet).names(values)


def _panel(facet: Facet, question: Question, counts: Mapping[str, int]) -> Panel:
    chosen = question.chosen.get(facet.name, ())
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST]
    values = list(dict.fromkeys([*chosen, *frequent]))
    names = facet.names(values)
    choices = [
        Choice(
            value=value,
            label=names.get(value, value),
            count=counts.get(value, 0),
            is_chosen=value in chosen,
            query_without=question.without(facet.name, value).query(),
        )
        for value in values
    ]
    shown = max(_SHOWN, len(chosen))
    return Panel(name=facet.name, label=str(facet.label), first=tuple(choices[:shown]), others=tuple(choices[shown:]))


def _spoken(speak: Callable[[str], str], values: Iterable[str]) -> dict[str, str]:
    return {value: speak(value) for value in values}


def _term_names(vocabulary: str) -> Names:
    return partial(_spoken, lambda code: term_label(code, vocabulary))


def _body_names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Agent.objects.filter(ipa_code__in=list(codes)).values_list("ipa_code", "name"))


def _origin_names(origins: Iterable[str]) -> dict[str, str]:
    """The portal itself, or the source's name as its datasets remember it."""
    names = {NATIVE: gettext("Questo portale")}
    # `exclude` repeats the condition of the index on origins, without which SQLite would read every row.
    harvested = Dataset.objects.exclude(origin="")
    for origin in set(origins) - names.keys():
        first = harvested.from_origin(origin).values_list("origin_facts", flat=True)[:1]
        facts = first[0] if first else {}
        names[origin] = str(facts.get("source") or facts.get("catalog") or origin)
    return names


FACETS: tuple[Facet, ...] = (
    Facet("theme", _("Tema"), _term_names("theme")),
    Facet("holder", _("Titolare"), _body_names),
    Facet("format", _("Formato"), partial(_spoken, format_code)),
    Facet("licence", _("Licenza"), _term_names("licence")),
    Facet("frequency", _("Frequenza di aggiornamento"), _term_names("frequency")),
    Facet("place", _("Luogo"), partial(_spoken, str)),
    Facet("hvd", _("Dati di elevato valore"), _term_names("hvd")),
    Facet("origin", _("Origine"), _origin_names),
    Facet("quality", _("Qualità dei metadati"), partial(_spoken, band_words)),
)
