"""A real Chromium in front of a real server, with one dataset in each state."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

# Playwright keeps an event loop in the thread of the test, which makes Django fear for its database connection.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

EMAIL, PASSWORD = "ada@example.org", "una frase abbastanza lunga"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("OPENTUSK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A page in a browser, and the address of the portal."""

    page: Page
    portal: str

    def open(self, address: str) -> Page:
        self.page.goto(self.portal + address)
        return self.page

    def sign_in(self) -> "Visitor":
        self.open("/accedi")
        self.page.fill("main [name=email]", EMAIL)
        self.page.fill("main [name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        return self


@pytest.fixture
def visit(chromium, live_server):
    """Makes visitors: `visit(width=320, java_script_enabled=False)`."""
    contexts = []

    def make(*, width: int = 1280, **options) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="it-IT", **options)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visit) -> Visitor:
    return visit()


@pytest.fixture
def catalogue(transactional_db) -> dict[str, Dataset]:
    """A body with an editor, and a dataset in each state."""
    lecce = Agent.objects.create(
        ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce", contact_email="opendata@example.org"
    )
    user = User.objects.create_user(EMAIL, PASSWORD)
    Membership.objects.create(user=user, agent=lecce, role=Membership.Role.REDATTORE)
    names = ("published", "draft", "withdrawn")
    rows = {name: create_draft(trees(f"c_e506:{name}"), holder=lecce, by=SYSTEM) for name in names}
    publish(rows["published"], by=SYSTEM)
    withdraw(publish(rows["withdrawn"], by=SYSTEM), by=SYSTEM, reason="Sostituito")
    return rows
