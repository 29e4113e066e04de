"""A report as titles, sentences and tables, from its frozen figures alone: page, PDF and CSV show the same cells."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.consultation.counting import Counts
from opentusk.consultation.models import MilestoneReport
from opentusk.demand.states import Origin, State
from opentusk.search.lists import csv_text
from opentusk.ui.speech import spoken_day, term_label

Row = tuple[str, ...]


@dataclass(frozen=True)
class ReportTable:
    """A table of a report; `code` is the name of its CSV."""

    code: str
    title: str
    columns: Row
    rows: tuple[Row, ...]

    def as_csv(self) -> str:
        """The table for spreadsheets and programs; no cell is a formula."""
        return csv_text([self.columns, *self.rows])


@dataclass(frozen=True)
class WrittenReport:
    """A report in the reader's language."""

    title: str
    intro: tuple[str, ...]
    tables: tuple[ReportTable, ...]
    answers: tuple[tuple[str, str], ...]

    def table(self, code: str) -> ReportTable | None:
        """One of the tables."""
        return next((one for one in self.tables if one.code == code), None)


def written(report: MilestoneReport) -> WrittenReport:
    """The report in words: nothing but the frozen figures is asked."""
    counts: Counts = json.loads(report.counts)
    day = spoken_day(timezone.localdate(report.as_of))
    title = counts.get("title") or _("Edizione %(edition)s dopo i datalab") % {"edition": report.edition}
    intro = [_("Numeri fissati il %(day)s: non cambiano più, qualunque cosa accada dopo.") % {"day": day}]
    if report.is_demo:
        intro.append(_("Dati dimostrativi: in parte inventati."))
    intro.append(_("Impronta SHA-256 dei numeri: %(sha256)s") % {"sha256": report.sha256})
    tables = (
        ReportTable("sintesi", _("In sintesi"), (_("Che cosa"), _("Numero")), tuple(_summary(counts))),
        ReportTable(
            "temi",
            _("Voci e sostegni per tema"),
            (_("Tema"), _("Voci"), _("Sostegni alle voci"), _("Sostegni al tema")),
            tuple(_themes(counts)),
        ),
        _counted("origini", _("Voci per origine"), _("Origine"), counts["by_origin"], _origin),
        _counted("stati", _("Voci per stato"), _("Stato"), counts["by_state"], _state),
        _counted("eventi", _("Voci per evento"), _("Evento"), counts["by_event"], _event_in(counts)),
        ReportTable(
            "voci",
            _("Le voci del paniere"),
            (_("Numero"), _("Dato"), _("Tema"), _("Origine"), _("Stato"), _("Sostegni")),
            tuple(_items(counts)),
        ),
    )
    answers = tuple((_theme(code), text) for code, text in sorted(counts.get("answers", {}).items()))
    return WrittenReport(title, tuple(intro), tuple(table for table in tables if table.rows), answers)


def _summary(counts: Counts) -> Iterable[Row]:
    for label, key in (
        (_("Voci nel paniere"), "basket"),
        (_("Voci ancora da esaminare"), "proposed"),
        (_("Voci unite ad altre"), "merged"),
        (_("Voci non accolte"), "refused"),
        (_("Sostegni"), "endorsements"),
        (_("Persone che hanno sostenuto"), "endorsers"),
        (_("Commenti"), "comments"),
    ):
        yield (label, str(counts[key]))


def _themes(counts: Counts) -> Iterable[Row]:
    given = counts.get("support_of_themes", {})
    for code, number in counts["by_theme"].items():
        support = sum(item["endorsements"] for item in counts["items"] if item["theme"] == code)
        yield (_theme(code), str(number), str(support), str(given.get(code, 0)))
    whole = sum(item["endorsements"] for item in counts["items"])
    yield (_("Totale"), str(counts["basket"]), str(whole), str(sum(given.values())))


def _items(counts: Counts) -> Iterable[Row]:
    for item in counts["items"]:
        yield (
            str(item["number"]),
            item["title"],
            _theme(item["theme"]),
            _origin(item["origin"]),
            _state(item["state"]),
            str(item["endorsements"]),
        )


def _counted(code: str, title: str, what: str, numbers: Mapping[str, int], label: Callable[[str], str]) -> ReportTable:
    rows = tuple((label(key), str(number)) for key, number in numbers.items())
    return ReportTable(code, title, (what, _("Voci")), rows)


def _theme(code: str) -> str:
    return term_label(code, "theme")


def _origin(code: str) -> str:
    return str(Origin(code).label)


def _state(code: str) -> str:
    return str(State(code).label)


def _event_in(counts: Counts) -> Callable[[str], str]:
    titles: Mapping[str, Any] = counts.get("event_titles", {})
    return lambda name: str(titles.get(name, name))
