"""Proves that the pages of the community and of the newsletter stand, and that a member works there without scripts."""

import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.community import actions
from opentusk.community.letters import token_of
from opentusk.community.models import Document, Newsletter, Thread
from opentusk.journal.actors import SYSTEM
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from tests.browser.conftest import EMAIL
from tests.browser.examining import walk

PAGES = {
    EMAIL: (
        "/comunita",
        "/comunita/nuova",
        "/comunita/{thread}",
        "/comunita/documenti",
        "/comunita/documenti/nuovo",
        "/comunita/documenti/{document}",
        "/newsletter/{sent}",
        "/scrivania/newsletter",
        "/scrivania/newsletter/{draft}",
        "/newsletter/annulla/{stop}",
    )
}


@pytest.fixture
def numbers(catalogue) -> dict[str, object]:
    """A thread with an answer, a document, and newsletters; the person is of the desk and of a body that joined."""
    Agent.objects.update(joined_on=timezone.localdate())
    User.objects.filter(email=EMAIL).update(desk_role="editor", name="Ada")
    ada = actor_of(User.objects.get(email=EMAIL))
    thread = actions.start_thread(by=ada, category=Thread.Category.QUALITY, title="Descrizioni", body="Come?")
    actions.mark_useful(thread, actions.answer(thread, "Due frasi.", by=ada), by=ada)
    actions.answer(thread, "E un esempio.", by=ada)
    document = actions.add_document(
        Agent.objects.get(), [b"Testo"], by=SYSTEM, name="guida.txt", kind=Document.Kind.GUIDE, title="Guida"
    )
    drafts = [actions.save_newsletter(None, by=ada, subject=one, body="Ciao.") for one in ("Prima", "Seconda")]
    Newsletter.objects.filter(pk=drafts[0].pk).update(state="sent", sent_at=timezone.now())
    return {
        "thread": thread.pk,
        "document": document.pk,
        "sent": drafts[0].pk,
        "draft": drafts[1].pk,
        "stop": token_of(User.objects.get(email=EMAIL)),
    }


def test_the_pages(numbers, visit):
    walk(visit, PAGES, **numbers)


def test_a_member_asks_and_answers_on_a_phone_without_scripts(numbers, visit):
    page = visit(width=320, java_script_enabled=False).sign_in().open("/comunita/nuova")
    page.fill("main [name=title]", "Che licenza usate?")
    page.fill("main [name=body]", "Stiamo decidendo.")
    page.click("main button[type=submit]")
    page.fill("main section [name=body] >> nth=-1", "CC BY 4.0.")
    page.get_by_role("button", name="Rispondi", exact=True).click()

    assert page.locator("article").inner_text().startswith("Ada, Comune di Lecce")
    page.get_by_role("button", name="È la risposta utile").click()
    assert page.get_by_role("heading", name="La risposta utile").is_visible()
