"""Proves of every page: no accessibility rule is broken, nothing is cut at 320 pixels, nothing foreign is loaded."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import PUBLIC, SIGNED_IN

_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Wider than what WCAG 1.4.12 asks of texts that people space out for themselves.
_SPACED_TEXT = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_everybody(address, catalogue, visit):
    _examine(visit, address, signed_in=False)


@pytest.mark.parametrize("address", SIGNED_IN)
def test_a_page_for_editors(address, catalogue, visit):
    numbers = {name: dataset.pk for name, dataset in catalogue.items()}
    _examine(visit, address.format(**numbers), signed_in=True)


def _examine(visit, address, *, signed_in):
    foreign = []
    for width in (320, 1280):
        visitor = visit(width=width)
        visitor.page.on("request", lambda request: foreign.append(request.url))
        if signed_in:
            visitor.sign_in()
        page = visitor.open(address)

        assert page.locator("h1").count() == 1
        assert page.evaluate(_OVERFLOW) <= 0, f"{address} scrolls sideways at {width} px"
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        if width == 320:
            page.evaluate(
                "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }",
                _SPACED_TEXT,
            )
            assert page.evaluate(_OVERFLOW) <= 0, f"{address} scrolls sideways with spaced text"
        portal = visitor.portal
    assert {url for url in foreign if not url.startswith((portal, "data:"))} == set()
