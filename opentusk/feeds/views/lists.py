"""Lists for search engines, DCAT-US harvesters and people who follow changes; and what is left out of the feeds."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris
from opentusk.feeds.answers import for_programs, pack_document, send
from opentusk.feeds.lists import DATA_JSON, INDEX, SITEMAP
from opentusk.feeds.models import FeedBuild, FeedQuarantine
from opentusk.feeds.views.feeds import stored_document
from opentusk.journal.models import Entry

_CHANGES = 100
_ROBOTS = """User-agent: *
Disallow: /accedi
Disallow: /scrivania

Sitemap: {site}/sitemap.xml
"""


@for_programs
def data_json(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as DCAT-US."""
    return send(request, stored_document("", DATA_JSON, 1, "json", "application/json"))


@for_programs
def sitemap(request: HttpRequest, part: int = INDEX) -> HttpResponse:
    """The index of the sitemap, or one part."""
    return send(request, stored_document("", SITEMAP, part, "xml", "application/xml"))


@for_programs
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the desks."""
    return send(request, pack_document(_ROBOTS.format(site=settings.SITE_URL).encode(), "text/plain"))


@for_programs
def changes(request: HttpRequest) -> HttpResponse:
    """The last public changes of datasets, as Atom."""
    entries = list(Entry.objects.public().filter(event__in=CatalogEvent.values).newest_first()[:_CHANGES])
    datasets = Dataset.objects.in_bulk([entry.subject_id for entry in entries])
    title = _("{}: novità del catalogo").format(settings.PORTAL_TITLE)
    feed = Atom1Feed(title=title, link=settings.SITE_URL, description="", feed_url=f"{settings.SITE_URL}/novita.atom")
    for entry in entries:
        if dataset := datasets.get(entry.subject_id):
            words = CatalogEvent(entry.event).label
            address = iris().dataset_page(dataset.slug)
            feed.add_item(
                title=f"{dataset.title} – {words}",
                link=address,
                description=str(words),
                unique_id=f"urn:uuid:{entry.id}",
                updateddate=entry.at,
                pubdate=entry.at,
            )
    return send(request, pack_document(feed.writeString("utf-8").encode(), "application/atom+xml"))


def left_out(request: HttpRequest) -> HttpResponse:
    """The datasets that the feeds leave out, and how the last rebuild ended."""
    context = {
        "quarantines": FeedQuarantine.objects.newest_first(),
        "build": FeedBuild.objects.order_by("-started_at").first(),
    }
    return render(request, "feeds/left_out.html", context)
