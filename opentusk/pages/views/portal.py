"""Home, themes, and what the portal says of itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.kit.queries.exports.shapes import FORMATS
from opentusk.kit.queries.sql.allowed import FUNCTIONS
from opentusk.kit.tables.shapes import ColumnType
from opentusk.kit.vocabularies import THEMES, Theme
from opentusk.pages.figures import datasets_by_theme, newest_of
from opentusk.search.cards import cards_of
from opentusk.tables.models import Table
from opentusk.ui.speech import label_of

_NEWEST = 6
_OF_A_THEME = 10
_NUMBERS = {ColumnType.INTEGER, ColumnType.DECIMAL}


def home(request: HttpRequest) -> HttpResponse:
    """Search, themes, figures and news of the catalogue."""
    published = Dataset.objects.published()
    bodies = Agent.objects.with_published_count().busiest_first()
    context = {
        "dataset_count": published.count(),
        "body_count": bodies.count(),
        "themes": _counted_themes(),
        "bodies": bodies[:_NEWEST],
        "newest": cards_of(newest_of(published, _NEWEST), today=timezone.localdate()),
    }
    return render(request, "pages/home.html", context)


def themes(request: HttpRequest) -> HttpResponse:
    """The thirteen themes, each with its number of datasets."""
    return render(request, "pages/themes.html", {"themes": _counted_themes(), "crumbs": [(_("Temi"), "")]})


def theme(request: HttpRequest, code: str) -> HttpResponse:
    """One theme: its newest datasets, and the way to all of them."""
    found = THEMES.by_code(code)
    if found is None or found.provisional:
        raise Http404
    newest = newest_of(Dataset.objects.published().about_theme(found.iri), _OF_A_THEME)
    context = {
        "theme": found,
        "name": label_of(found),
        "count": datasets_by_theme().get(found.iri, 0),
        "cards": cards_of(newest, today=timezone.localdate()),
        "crumbs": [(_("Temi"), "/temi"), (label_of(found), "")],
    }
    return render(request, "pages/theme.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """What the portal is and whom it serves."""
    return render(request, "pages/about.html", {"crumbs": [(_("Il portale"), "")]})


def developers(request: HttpRequest) -> HttpResponse:
    """Formats, feeds and interfaces for programs."""
    return render(request, "pages/developers.html", {"crumbs": [(_("Per chi sviluppa"), "")]})


def data_api(request: HttpRequest) -> HttpResponse:
    """How programs ask the tables, with a table of this portal in the examples where there is one."""
    table = Table.objects.public().select_related("distribution__dataset", "latest").order_by("pk").first()
    shown = table.latest.ref().shown if table and table.latest else ()
    context = {
        "table": table,
        # Calls that run: columns that the table really has.
        "words": next((column.name for column in shown if column.type is ColumnType.TEXT), "comune"),
        "amount": next((column.name for column in shown if column.type in _NUMBERS), "importo"),
        "formats": list(FORMATS),
        "functions": sorted(name for name in FUNCTIONS if name.isidentifier()),
        "crumbs": [(_("Per chi sviluppa"), "/sviluppatori"), (_("Interrogare i dati"), "")],
    }
    return render(request, "pages/data_api.html", context)


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, and how to report a barrier."""
    return render(request, "pages/accessibility.html", {"crumbs": [(_("Dichiarazione di accessibilità"), "")]})


def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data the portal keeps, why and for how long."""
    return render(request, "pages/privacy.html", {"crumbs": [(_("Informativa sulla privacy"), "")]})


def _counted_themes() -> list[tuple[Theme, str, int]]:
    counts = datasets_by_theme()
    return [(term, label_of(term), counts.get(term.iri, 0)) for term in THEMES.terms if not term.provisional]
