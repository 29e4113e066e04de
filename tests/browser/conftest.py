"""A real Chromium in front of a real server, with one dataset in each state."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.actions import attach_file, create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import trees
from opentusk.demand import actions as demand
from opentusk.demand.models import Basket
from opentusk.demand.states import Origin
from opentusk.editorial.actions.copying import start_series
from opentusk.feeding.models import ServiceSource
from opentusk.files import actions as files
from opentusk.hackathon import actions as hackathon
from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.models import Hackathon
from opentusk.hackathon.states import HackathonState
from opentusk.journal.actors import SYSTEM
from opentusk.kit.webservices.shapes import Service
from opentusk.people.actions import sign_in_path
from opentusk.people.actors import actor_of
from opentusk.people.models import ApiToken, User
from opentusk.people.tokens import make_token
from opentusk.reuse import actions as reuse
from opentusk.reuse import alive
from opentusk.reuse.models import Work

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

    def sign_in(self, email: str = EMAIL) -> "Visitor":
        self.open("/accedi")
        self.page.fill("main [name=email]", email)
        self.page.fill("main [name=password]", PASSWORD)
        # The next page asked for would cut this off before the cookie is here.
        with self.page.expect_navigation():
            self.page.click("main button[type=submit]")
        return self


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """An index of its own: one shared with other tests is full of datasets whose rows are gone."""
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.fixture
def visit(chromium, live_server):
    """Makes visitors: `visit(width=320, java_script_enabled=False)`."""
    contexts, refused = [], []

    def listen(message) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    def make(*, width: int = 1280, **options) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="it-IT", **options)
        context.on("console", listen)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url)

    yield make
    for context in contexts:
        context.close()
    assert not refused, "a page asks for what its own policy forbids"


@pytest.fixture
def visitor(visit) -> Visitor:
    return visit()


@pytest.fixture
def furnished(catalogue, reuses, contest) -> dict[str, object]:
    """What the addresses of `addresses.py` are filled with."""
    user = User.objects.get(email=EMAIL)
    public, draft = catalogue["published"], catalogue["draft"]
    work = reuses["published"]
    work.alive_asked_at = timezone.now()
    work.save(update_fields=["alive_asked_at"])
    stored = files.receive([b"codice;specie\n1;Olea\n"], name="alberi.csv", agent=draft.rights_holder, by=SYSTEM)
    row = attach_file(draft, stored, name="alberi.csv", by=SYSTEM)
    answers = asdict(Service(url="https://servizio.example.org/alberi", rows_path="righe"))
    service = ServiceSource.objects.create(distribution=public.distributions.order_by("pk")[0], service=answers)
    return {
        **{name: dataset.pk for name, dataset in catalogue.items()},
        "work": reuses["draft"].pk,
        "alive": alive.token_of(work),
        "key": ApiToken.objects.get().pk,
        "link": sign_in_path(user).rsplit("/", 1)[1],
        "file": row.pk,
        "service": service.pk,
        "series": start_series(public, title="Alberi, anno per anno", by=SYSTEM).uuid,
    }


@pytest.fixture
def reuses(catalogue) -> dict[str, Work]:
    """A work in the gallery, and one that the editor is still writing."""
    by = actor_of(User.objects.get(email=EMAIL))
    made = {
        name: reuse.draft_work(
            by=by, title=title, abstract="Dove c'è ombra.", kind="web_app", url="https://o.example.org"
        )
        for name, title in (("published", "Ombra in città"), ("draft", "Fontanelle"))
    }
    for work in made.values():
        reuse.set_datasets(work, [catalogue["published"]], by=by, main=catalogue["published"])
    reuse.propose_work(made["published"], by=by)
    reuse.publish_work(made["published"], by=SYSTEM)
    return made


@pytest.fixture
def contest(catalogue) -> Hackathon:
    """A hackathon that runs, with a team of the editor that has begun its entry."""
    by = actor_of(User.objects.get(email=EMAIL))
    closes = timezone.now() + timedelta(hours=5)
    made = hackathon.create_hackathon(
        by=SYSTEM, slug="hackathon-2026", title="Hackathon 2026", rules="In un giorno.", categories=["app"],
        submit_closes_at=closes, min_sheets=1,
    )  # fmt: skip
    said = [("impact", "Utilità", 60), ("open_data", "Uso dei dati", 40)]
    criteria = [CriterionSaid(code=code, label=label, weight=Decimal(weight)) for code, label, weight in said]
    hackathon.set_criteria(made, criteria, by=SYSTEM)
    hackathon.advance(made, HackathonState.REGISTRATIONS, by=SYSTEM)
    team = hackathon.make_team(made, "Ombrelli", by=by, adult_declared=True)
    hackathon.save_entry(
        team, by=by, title="Ombra", category="app", datasets=[catalogue["published"]], main=catalogue["published"]
    )
    return made


@pytest.fixture
def catalogue(transactional_db) -> dict[str, Dataset]:
    """A body with an editor, and a dataset in each state."""
    lecce = Agent.objects.create(
        ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce", contact_email="opendata@example.org"
    )
    user = User.objects.create_user(EMAIL, PASSWORD)
    Membership.objects.create(user=user, agent=lecce, role=Membership.Role.REDATTORE)
    make_token(user, name="gestionale", scope=ApiToken.Scope.PUBLISH)
    names = ("published", "draft", "withdrawn")
    rows = {name: create_draft(trees(f"c_e506:{name}"), holder=lecce, by=SYSTEM) for name in names}
    publish(rows["published"], by=SYSTEM)
    withdraw(publish(rows["withdrawn"], by=SYSTEM), by=SYSTEM, reason="Sostituito")
    basket = Basket.objects.create(edition="prova")
    said = demand.Wish(title="Alberi monumentali", theme="ENVI")
    wish = demand.propose(basket, said, by=actor_of(user), origin=Origin.REQUEST)
    demand.accept(wish, by=SYSTEM)
    demand.link(wish, rows["published"], by=SYSTEM)
    return rows
