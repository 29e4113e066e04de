"""A series of datasets, for everybody: its page, its statement for programs, and the address that leads to either."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import agent_record, iris
from opentusk.editorial.models import Series
from opentusk.kit import records as kit
from opentusk.kit.rdf.documents import serialise
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile, node_triples


def series_address(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The address of a series as a thing: to its page, or to its statement for whoever asks for linked data."""
    _public(uuid)
    wanted = request.get_preferred_type(["text/html", Syntax.TURTLE.media_type])
    ending = ".ttl" if wanted == Syntax.TURTLE.media_type else ""
    answer = redirect(f"/serie/{uuid}{ending}")
    answer.status_code, answer.headers["Vary"] = 303, "Accept"
    return answer


def series_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The public datasets of a series."""
    series, members = _public(uuid)
    context = {"series": series, "members": members, "crumbs": [(_("Catalogo"), "/catalogo"), (series.title, "")]}
    return render(request, "editorial/series.html", context)


def series_document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What there is to say of a series, in Turtle."""
    series, _members = _public(uuid)
    record = kit.DatasetSeries(
        iri=iris().series(str(series.uuid)), title={"it": series.title}, publisher=agent_record(series.agent)
    )
    content = serialise(node_triples(record, Profile.DCATAP_3), Syntax.TURTLE)
    answer = HttpResponse(content, content_type=f"{Syntax.TURTLE.media_type}; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _public(uuid: UUID) -> tuple[Series, list[Dataset]]:
    """A series is public as soon as one of its datasets is."""
    series = get_object_or_404(Series.objects.select_related("agent"), uuid=uuid)
    members = list(Dataset.objects.published().in_series(iris().series(str(series.uuid))).by_title())
    if not members:
        raise Http404
    return series, members
