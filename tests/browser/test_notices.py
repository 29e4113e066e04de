"""Proves that a person can follow, be told, act and stop in a browser, by keyboard too, on a phone and on a desk."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import restore, withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User
from opentusk.quality.links import remember_addresses
from opentusk.quality.models import UrlCheck
from opentusk.subscriptions.actions import follow_work
from opentusk.subscriptions.actions.webhooks import make_webhook, match_webhooks, send_to_webhooks
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import Subscriber, Subscription
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters, link_in
from opentusk.subscriptions.tests.receivers import webhook_receiver
from opentusk.subscriptions.tests.test_working import breaks
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.examining import VISITOR, walk

READER = "rita@example.org"
OF_A_LETTER = {
    VISITOR: (
        *("/avvisi/{letter}", "/avvisi/{letter}/annulla"),
        *("/avvisi/{letter}/{subscription}/prova", "/avvisi/{letter}/conferma/{subscription}"),
    )
}
OF_WEBHOOKS = {VISITOR: ("/avvisi/{letter}/webhook",)}
OF_WORK = {"referente@example.org": ("/avvisi", "/avvisi/posta")}
PAGES = (OF_A_LETTER, OF_WEBHOOKS, OF_WORK)


@pytest.fixture(autouse=True)
def known(catalogue):
    """What happened while the catalogue was made is no news any more."""
    everything_happens()
    mail.outbox.clear()


def something_happens(catalogue) -> None:
    dataset = catalogue["published"]
    withdraw(dataset, by=SYSTEM, reason="Un errore nei dati dimostrativi")
    dataset.refresh_from_db()
    restore(dataset, by=SYSTEM)
    everything_happens()


@pytest.mark.parametrize("javascript", [True, False])
def test_follow_without_account_confirm_hear_and_stop_in_one_click(catalogue, visit, javascript):
    visitor = visit(width=390, java_script_enabled=javascript)
    page = visitor.open("/dataset/c_e506-published")
    page.click("main a:has-text('Segui')")
    page.fill("main [name=email]", READER)
    page.click("main button:has-text('Segui')")
    assert "posta" in page.inner_text("main").lower()

    visitor.open(link_in(mail.outbox[-1].body, "conferma"))
    page.click("main button:has-text('Conferma')")
    something_happens(catalogue)
    assert "Di nuovo pubblicato." in letters()[-1]

    visitor.open(link_in(letters()[-1], "annulla"))
    page.click("main button:has-text('Cancella tutto')")
    assert page.inner_text("h1") == "Fatto"
    assert not Subscriber.objects.filter(email=READER).exists()


def test_a_mail_programme_unsubscribes_with_one_post_and_no_cookie(catalogue, visit):
    following("dataset", "c_e506:published", email=READER)
    something_happens(catalogue)
    header = mail.outbox[-1].extra_headers["List-Unsubscribe"]
    path = urlsplit(re.search(r"<(http[^>]+)>", header).group(1)).path
    visitor = visit()

    answer = visitor.page.request.post(visitor.portal + path, form={"List-Unsubscribe": "One-Click"})

    assert answer.status == 200
    assert not Subscriber.objects.exists()


def test_everything_can_be_done_by_keyboard(catalogue, visit):
    visitor = visit()
    page = visitor.open("/segui?kind=dataset&key=c_e506:published")
    page.focus("main [name=email]")
    page.keyboard.type(READER)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.open(link_in(mail.outbox[-1].body, "conferma"))
    page.focus("main button")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    subscription = Subscription.objects.get(subscriber__email=READER)
    assert subscription.confirmed_at and subscription.rhythm == "weekly"


def test_the_inbox_shows_what_happened_and_is_emptied(catalogue, visit):
    following("dataset", "c_e506:published", email="", user=User.objects.get(email=EMAIL), channel="inbox")
    something_happens(catalogue)
    visitor = visit(width=390).sign_in()

    page = visitor.open("/avvisi/posta")
    assert "Di nuovo pubblicato." in page.inner_text("main")
    page.click("main button:has-text('Segna come letto')")

    assert "letto" in page.inner_text("main ul.facts")
    assert page.locator("main button:has-text('Segna')").count() == 0


def test_the_referente_finds_a_broken_link_and_what_to_do(catalogue, visit):
    lecce = catalogue["published"].rights_holder
    referente = add_member(lecce, email="referente@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user
    referente.set_password(PASSWORD)
    referente.save(update_fields=["password"])
    follow_work()
    remember_addresses({catalogue["published"].pk: ["https://dati.example.org/alberi.csv"]})
    breaks(UrlCheck.objects.get(url="https://dati.example.org/alberi.csv"))
    everything_happens()

    page = visit(width=390).sign_in("referente@example.org").open("/avvisi/posta")

    assert "Non risponde dal" in page.inner_text("main")
    walk(visit, OF_WORK)


def test_the_console_of_a_webhook_tests_and_replays(catalogue, visit, settings):
    subscriber = following("portal", "", email=READER).subscriber
    with webhook_receiver() as receiver:
        settings.OUTBOUND_ALLOWED_PRIVATE = [urlsplit(receiver.url).netloc]
        make_webhook(subscriber, url=receiver.url, kind="portal", key="")
        something_happens(catalogue)
        match_webhooks()
        send_to_webhooks(now=timezone.now())
        before = [headers["webhook-id"] for headers, _body in receiver.got]

        page = visit(width=390).open(f"/avvisi/{token_of(subscriber)}/webhook")
        page.click("main button:has-text('Manda una prova')")
        assert "Ha risposto 200" in page.inner_text("body")
        page.locator("main table button:has-text('Rimanda')").first.click()
        assert "Eventi da rimandare: 1" in page.inner_text("body")
        send_to_webhooks(now=timezone.now() + timedelta(minutes=1))

        after = [headers["webhook-id"] for headers, _body in receiver.got]
        assert len(after) == len(before) + 2 and after[-1] in before
        walk(visit, OF_WEBHOOKS, letter=token_of(subscriber))


def test_the_pages_of_a_letter(catalogue, visit):
    subscription = following("dataset", "c_e506:published", email=READER)
    something_happens(catalogue)

    walk(visit, OF_A_LETTER, letter=token_of(subscription.subscriber), subscription=subscription.uuid)
