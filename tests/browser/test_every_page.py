"""Proves that every page is examined: no accessibility rule broken, nothing cut at 320 pixels, nothing foreign loaded.

Complete by construction: the addresses of the portal are walked, and each that answers a browser with a page must be in
the `PAGES` of a module here, or in one of the tables below with the reason why it is none.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pyotp
import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

import tests.browser
from opentusk.people.models import User
from opentusk.sparql import answering
from opentusk.sparql.actions import catch_up
from tests.browser.addresses import DESK, PUBLIC, SIGNED_IN
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import VISITOR, Pages, walk

SECOND_FACTOR, EDITOR, ADMIN = "secondo@example.org", "desk@example.org", "admin@example.org"
PAGES = {
    VISITOR: PUBLIC,
    EMAIL: SIGNED_IN,
    SECOND_FACTOR: ("/accedi/codice",),
    EDITOR: DESK,
    ADMIN: ("/scrivania/incarichi",),
}
NO_PAGE = {
    "lingua": "sets the language and goes back",
    "benvenuto": "leads on to where the person works",
    "profilo/dati/scarica": "a ZIP",
    "pubblica/<int:pk>": "leads on to the step of the guide",
    "adesione/modelli/<int:pk>": "a document",
    "adesione/domanda/<str:token>/documenti/<int:pk>": "a document",
    "redazione/adesioni/<int:pk>/documenti/<int:document_pk>": "a document",
    "adesione/domanda/<str:token>/<slug:slug>": "takes a step, by POST; shown again when it is refused",
    "redazione/adesioni/<int:pk>/<slug:slug>": "takes a step, by POST; shown again when it is refused",
    "file/<uuid:series>/<str:name>": "a file",
    "file/<uuid:series>/v/<int:number>/<str:name>": "a file",
    "eventi/<slug:slug>/materiali/<str:key>": "a file",
    "comunita/file/<str:key>": "a file",
    "riusi/<slug:slug>/immagine": "an image",
    "partecipa/<str:secret>": "leads on to the meeting",
    "giuria/<str:secret>/progetti/<int:pk>/conflitto": "by POST; leads back to the sheet",
    "adesione/enti": "a fragment: suggestions while typing",
    "scrivania/luoghi": "a fragment: suggestions while typing",
    "catalogo/suggerimenti": "a fragment: suggestions while typing",
    "raccolte/run/<int:run_id>/stato": "a fragment of the page of the run",
    "avvisi/frammenti/seguaci/<int:pk>": "a fragment of the page of a dataset",
    "hackathon/<slug:slug>/tempo": "a fragment of the page of the hackathon",
    "id/serie/<uuid:uuid>": "an address of linked data: leads on",
    "id/dataset/<str:ipa>/<str:local>": "an address of linked data: leads on",
    "id/distribuzione/<str:uuid>": "an address of linked data: leads on",
    "catalogo/<str:ipa>": "an address of linked data: leads on",
    "agente/<str:ipa>": "an address of linked data: leads on",
    "feed/changes/shape": "a feed for programs",
    "datastore/dump/<str:ref>": "a file",
    "organization/<str:ref>": "an address of CKAN: leads on",
    "group/<str:ref>": "an address of CKAN: leads on",
    "dataset/<str:ref>/resource/<uuid:number>": "an address of CKAN: leads on",
    "dataset/<str:ref>/resource/<uuid:number>/download": "an address of CKAN: leads on",
    "dataset/<str:ref>/resource/<uuid:number>/download/<str:name>": "an address of CKAN: leads on",
}
# Files, feeds and lists say what they are at the end of their address; the API answers programs.
_FOR_MACHINES = re.compile(
    r"\.(csv|json|pdf|zip|ics|ttl|atom|xml|txt|<\w+:\w+>|\(.*)\$?$"
    r"|extension>|^\^datalab/.*/simili\$$|^\^\(\?P<path>"
    r"|^\^?api(?!/v1/docs)\b"
)
# Long enough for a code of a table, short enough for nothing else; then what a number, a slug or an identifier may be.
_CODE = "ABC234"
_FILLINGS = ("1", "6f1c9a52-0000-4000-8000-000000000000")


def test_every_page_is_examined_or_said_to_be_none():
    walked = {route for pages in all_pages() for addresses in pages.values() for route in routes_of(addresses)}

    unseen = {route for route, view in routes() if answers_a_browser(route, view)} - walked - set(NO_PAGE)

    assert not unseen, f"in no PAGES of tests/browser: {sorted(unseen)}"


def test_what_is_said_to_be_no_page_exists_and_is_walked_by_nobody():
    walked = {route for pages in all_pages() for addresses in pages.values() for route in routes_of(addresses)}

    assert set(NO_PAGE) <= {route for route, _view in routes()}
    assert not set(NO_PAGE) & walked


@pytest.mark.parametrize("reader", PAGES)
def test_the_pages(reader, furnished, graph, visit):
    User.objects.create_user(SECOND_FACTOR, PASSWORD, totp_secret=pyotp.random_base32())
    User.objects.create_user(EDITOR, PASSWORD, desk_role="editor")
    User.objects.create_user(ADMIN, PASSWORD, desk_role="admin")

    walk(visit, {reader: PAGES[reader]}, **furnished)


@pytest.fixture
def graph(furnished, settings, tmp_path):
    """The catalogue as a graph that answers questions."""
    settings.FEEDS_DIR, settings.SPARQL_DIR = tmp_path / "feeds", tmp_path / "sparql"
    catch_up()
    yield
    answering.pool().close()
    answering.pool.cache_clear()


def all_pages() -> Iterator[Pages]:
    """The tables of every module that walks."""
    for found in pkgutil.iter_modules(tests.browser.__path__, "tests.browser."):
        yield from _tables(getattr(importlib.import_module(found.name), "PAGES", ()))


def _tables(pages: Pages | tuple[Pages, ...]) -> tuple[Pages, ...]:
    return pages if isinstance(pages, tuple) else (pages,)


def routes_of(addresses) -> Iterator[str]:
    """The pattern behind each address, whatever fills it."""
    for one in addresses:
        path = re.split(r"[?#]", one if isinstance(one, str) else one[0])[0].replace("{code}", _CODE)
        for filling in _FILLINGS:
            try:
                yield resolve(re.sub(r"\{\w+\}", filling, path)).route
                break
            except Resolver404:
                continue


def routes(patterns=None, before: str = "") -> Iterator[tuple[str, object]]:
    """Every address of the portal as its pattern, with its view."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found.url_patterns, route)
        elif isinstance(found, URLPattern):
            yield route, found.callback


def answers_a_browser(route: str, view: object) -> bool:
    """Whether GET gives a page."""
    return not _FOR_MACHINES.search(route) and "GET" in methods_of(view)


def methods_of(view: object) -> tuple[str, ...]:
    """What `require_POST` and its like let through, read from the view they wrap."""
    while view is not None:
        if inspect.isfunction(view):
            allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if allowed is not None:
                return tuple(allowed)
        view = getattr(view, "__wrapped__", None)
    return ("GET", "POST")
