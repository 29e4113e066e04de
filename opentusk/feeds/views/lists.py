"""Lists for search engines and DCAT-US harvesters; and what is left out of the feeds."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opentusk.feeds.answers import for_programs, pack_document, send
from opentusk.feeds.lists import DATA_JSON, INDEX, SITEMAP
from opentusk.feeds.models import FeedBuild, FeedQuarantine
from opentusk.feeds.views.feeds import stored_document

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


def left_out(request: HttpRequest) -> HttpResponse:
    """The datasets that the feeds leave out, and how the last rebuild ended."""
    context = {
        "quarantines": FeedQuarantine.objects.newest_first(),
        "build": FeedBuild.objects.order_by("-started_at").first(),
    }
    return render(request, "feeds/left_out.html", context)
