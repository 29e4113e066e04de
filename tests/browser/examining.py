"""What every page must stand: the accessibility checker, 320 and 1280 pixels, spaced text, nothing foreign.

A module of tests says in `PAGES` which addresses each reader walks through; `{name}` in an address is filled when the
walk begins. `test_every_page.py` reads the tables of all modules and finds the page that nobody walks to.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import EMAIL, Visitor

VISITOR = ""
# By the e-mail of the reader: where they go. A page that refuses stands beside the status it refuses with.
Pages = Mapping[str, Sequence[str | tuple[str, int]]]

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true })"
# Wider than what WCAG 1.4.12 asks of texts that people space out for themselves.
_SPACED_TEXT = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
_SPACE_OUT = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }"
_CLOSE_UP = "document.adoptedStyleSheets = []"


def walk(visit: Callable[..., Visitor], pages: Pages, **names: object) -> None:
    """Examine all these pages, each reader in one browser: many pages cost one sign-in and one set of rows."""
    faults: list[str] = []
    for reader, addresses in pages.items():
        visitor = visit(width=320)
        if reader != VISITOR:
            visitor.sign_in(reader)
        faults += walk_as(visitor, addresses, **names)
    assert not faults, "\n".join(faults)


def walk_as(visitor: Visitor, addresses: Sequence[str | tuple[str, int]], **names: object) -> list[str]:
    """What is wrong with these pages for whoever sits at this browser."""
    faults = []
    for one in addresses:
        template, status = one if isinstance(one, tuple) else (one, 200)
        address = re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), template)
        faults += [f"{address}: {fault}" for fault in _faults_at(visitor, address, status)]
    return faults


def examine(visit: Callable[..., Visitor], address: str, *, signed_in: bool, email: str = EMAIL) -> None:
    """Examine one page, for a test that brought it into a state of its own."""
    walk(visit, {email if signed_in else VISITOR: (address,)})


def _faults_at(visitor: Visitor, address: str, status: int) -> Iterator[str]:
    page, foreign = visitor.page, []
    watch = lambda request: foreign.append(request.url)  # noqa: E731 - the same one is taken away again
    page.on("request", watch)
    page.set_viewport_size({"width": 320, "height": 800})
    answer = page.goto(visitor.portal + address)
    if answer is None or answer.status != status or urlsplit(page.url).path != urlsplit(address).path:
        page.remove_listener("request", watch)
        yield f"answers {answer and answer.status} at {page.url}"
        return
    if (titles := page.locator("h1").count()) != 1:
        yield f"{titles} main titles"
    yield from _faults_of_width(page, 320)
    page.evaluate(_SPACE_OUT, _SPACED_TEXT)
    if page.evaluate(_OVERFLOW) > 0:
        yield "scrolls sideways at 320 px with spaced text"
    page.evaluate(_CLOSE_UP)
    page.set_viewport_size({"width": 1280, "height": 800})
    yield from _faults_of_width(page, 1280)
    page.remove_listener("request", watch)
    yield from (f"loads {url}" for url in foreign if not url.startswith((visitor.portal, "data:")))


def _faults_of_width(page: Page, width: int) -> Iterator[str]:
    """Folded first, as people find it; then with everything open, where the checker sees it all."""
    if page.evaluate(_OVERFLOW) > 0:
        yield f"scrolls sideways at {width} px"
    page.evaluate(_UNFOLD)
    if page.evaluate(_OVERFLOW) > 0:
        yield f"scrolls sideways at {width} px with everything open"
    found = Axe().run(page)
    if found.violations_count:
        yield f"at {width} px {found.generate_report()}"
