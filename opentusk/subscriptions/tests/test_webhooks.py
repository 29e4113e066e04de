"""Proves webhooks against a real receiver that verifies with the standard's own library."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from opentusk.catalog.actions import withdraw
from opentusk.journal.actors import SYSTEM
from opentusk.notices.models import Event
from opentusk.notices.tests.conftest import told
from opentusk.outbound.errors import Reason
from opentusk.subscriptions.actions.webhooks import (
    RETRIES,
    make_webhook,
    match_webhooks,
    replay,
    rotate_secret,
    send_test,
    send_to_webhooks,
    switch_on,
)
from opentusk.subscriptions.errors import BadAddress
from opentusk.subscriptions.links import token_of
from opentusk.subscriptions.models import Webhook, WebhookMessage
from opentusk.subscriptions.tests.conftest import following
from opentusk.subscriptions.tests.receivers import webhook_receiver
from opentusk.subscriptions.tests.test_delivering import rename

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings):
    with webhook_receiver() as running:
        settings.OUTBOUND_ALLOWED_PRIVATE = [urlsplit(running.url).netloc]
        yield running


@pytest.fixture
def subscriber(published):
    return following("portal", "", email="programma@example.org").subscriber


@pytest.fixture
def hook(subscriber, receiver) -> Webhook:
    return make_webhook(subscriber, url=receiver.url, kind="portal", key="")


def sent(*, after: timedelta = timedelta(0)) -> int:
    told()
    match_webhooks()
    return send_to_webhooks(now=timezone.now() + after)


def secret_of(hook) -> str:
    """What its owner was told when it was made."""
    return hook.secrets(timezone.now())[0]


def ids(receiver) -> list[str]:
    return [headers["webhook-id"] for headers, _body in receiver.got]


def test_a_message_is_verified_by_the_standards_own_library(published, hook, receiver):
    rename(published, "Alberi di Lecce")

    assert sent() == 1

    headers, body = receiver.got[0]
    event = Event.objects.order_by("-seq").first()
    assert Verifier(secret_of(hook)).verify(body, headers)["type"] == "dataset.metadata_changed"
    assert headers["webhook-id"] == str(event.id)
    assert json.loads(body)["data"]["dataset"]["identifier"] == "c_e506:alberi"
    assert "fields" not in json.loads(body)["data"]
    with pytest.raises(WebhookVerificationError):
        Verifier(secret_of(hook)).verify(body + b" ", headers)


def test_a_full_webhook_gets_every_fact(published, subscriber, receiver):
    make_webhook(subscriber, url=receiver.url, kind="dataset", key="c_e506:alberi", is_full=True)
    rename(published, "Alberi di Lecce")
    sent()

    assert json.loads(receiver.got[0][1])["data"]["data"]["fields"][0]["name"] == "title"


def test_during_a_rotation_both_secrets_verify_and_then_only_the_new_one(published, hook, receiver):
    old = secret_of(hook)
    new = rotate_secret(hook)
    rename(published, "Uno")
    sent()
    headers, body = receiver.got[0]
    assert Verifier(old).verify(body, headers) and Verifier(new).verify(body, headers)

    hook.old_secret_until = timezone.now() - timedelta(seconds=1)
    hook.save(update_fields=["old_secret_until"])
    rename(published, "Due")
    sent()
    headers, body = receiver.got[1]
    assert Verifier(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(body, headers)


def test_a_failure_is_tried_again_with_the_same_id_and_keeps_the_order(published, hook, receiver):
    receiver.answers = [(500, {}), (200, {})]
    rename(published, "Uno")
    rename(published, "Due")

    assert sent() == 0
    assert sent() == 0
    assert sent(after=RETRIES[0] * 2) == 2

    first, again, second = ids(receiver)
    assert first == again != second
    assert [message.status for message in hook.messages.order_by("seq")] == ["sent", "sent"]
    assert [attempt["status"] for attempt in hook.messages.order_by("seq")[0].attempts] == [500, 200]


def test_a_redirect_is_a_failure_and_is_never_followed(published, hook, receiver):
    receiver.answers = [(302, {"Location": receiver.url})]
    rename(published, "Uno")

    assert sent() == 0
    assert len(receiver.got) == 1
    assert hook.messages.get().attempts[0]["status"] == 302


def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(published, hook, receiver):
    receiver.answers = [(429, {"Retry-After": "3600"})]
    rename(published, "Uno")
    sent()

    hook.refresh_from_db()
    assert hook.next_attempt_at > timezone.now() + timedelta(minutes=59)


@pytest.mark.parametrize("wait", ["²", "9" * 5_000])
def test_what_a_receiver_calls_a_wait_stops_nobody_else(published, hook, receiver, wait):
    receiver.answers = [(429, {"Retry-After": wait})]
    rename(published, "Uno")
    sent()

    hook.refresh_from_db()
    assert hook.failures == 1 and hook.next_attempt_at > timezone.now()


def test_gone_switches_off_and_tells_the_owner(published, hook, receiver, django_capture_on_commit_callbacks):
    receiver.answers = [(410, {})]
    rename(published, "Uno")
    with django_capture_on_commit_callbacks(execute=True):
        sent()
    sent(after=timedelta(days=2))

    hook.refresh_from_db()
    assert hook.disabled_at and len(receiver.got) == 1
    assert mail.outbox[-1].to == ["programma@example.org"] and "410" in mail.outbox[-1].body

    switch_on(hook)
    assert sent() == 1


def test_after_the_last_retry_it_is_switched_off_and_nothing_is_lost(published, hook, receiver):
    receiver.answers = [(500, {})] * (len(RETRIES) + 1)
    rename(published, "Uno")
    for _attempt in range(len(RETRIES) + 1):
        sent(after=timedelta(days=30))
        Webhook.objects.update(next_attempt_at=timezone.now())

    hook.refresh_from_db()
    assert hook.disabled_at
    assert hook.messages.get().status == WebhookMessage.Status.WAITING


def test_a_failing_webhook_delays_only_itself(published, subscriber, receiver, settings):
    with webhook_receiver() as other:
        settings.OUTBOUND_ALLOWED_PRIVATE = [*settings.OUTBOUND_ALLOWED_PRIVATE, urlsplit(other.url).netloc]
        make_webhook(subscriber, url=receiver.url, kind="portal", key="")
        make_webhook(subscriber, url=other.url, kind="portal", key="")
        receiver.answers = [(500, {})] * 3
        rename(published, "Uno")
        rename(published, "Due")

        sent()

        assert (len(receiver.got), len(other.got)) == (1, 2)


def test_what_happened_can_be_sent_again_with_the_same_ids(published, hook, receiver):
    rename(published, "Uno")
    rename(published, "Due")
    sent()
    last = Event.objects.order_by("-seq").first()

    assert replay(hook, seq=last.seq) == 1
    assert sent() == 1
    assert replay(hook, since=timezone.now() - timedelta(days=1)) == 3
    sent()

    assert ids(receiver)[2] == ids(receiver)[1]
    assert len(ids(receiver)) == 6


def test_what_is_no_longer_public_is_not_sent(published, hook, receiver):
    rename(published, "Nome segreto")
    told()
    match_webhooks()
    withdraw(published, by=SYSTEM, reason="superato")
    sent()

    assert [json.loads(body)["type"] for _headers, body in receiver.got] == ["dataset.withdrawn"]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/hook", "http://localhost/hook", "http://10.1.2.3/hook", "http://169.254.169.254/latest",
     "http://[::1]/hook", "http://0.0.0.0/hook", "http://192.168.1.1/hook", "ftp://example.org/hook",
     "http://user:word@example.org/hook", "http://127.0.0.1:22/hook"],
)  # fmt: skip
def test_addresses_inside_are_refused_when_the_webhook_is_made(settings, subscriber, url):
    settings.OUTBOUND_ALLOWED_PRIVATE = []

    with pytest.raises(BadAddress):
        make_webhook(subscriber, url=url, kind="portal", key="")


def test_a_name_that_turns_inside_later_is_refused_when_it_is_sent_to(settings, published, hook, receiver):
    settings.OUTBOUND_ALLOWED_PRIVATE = []
    rename(published, "Uno")
    sent()

    assert receiver.got == []
    assert hook.messages.get().attempts[0]["fault"] in {Reason.PORT, Reason.PRIVATE_ADDRESS}


def test_the_console_makes_tries_shows_and_replays(client, published, subscriber, receiver):
    address = f"/avvisi/{token_of(subscriber)}/webhook"
    made = client.post(address, {"url": receiver.url, "kind": "portal", "key": ""}, follow=True).content.decode()
    hook = subscriber.webhooks.get()
    tried = client.post(f"{address}/{hook.uuid}", {"step": "test"}, follow=True).content.decode()
    rename(published, "Uno")
    sent()
    client.post(f"{address}/{hook.uuid}", {"step": "replay", "days": "2"})
    sent()
    shown = client.get(address).content.decode()

    secret = secret_of(hook)
    assert secret in made and "Ha risposto 200" in tried
    assert secret not in shown and secret not in tried
    assert secret not in repr(Webhook.objects.values().get())
    rotated = client.post(f"{address}/{hook.uuid}", {"step": "rotate"}).content.decode()
    assert secret_of(subscriber.webhooks.get()) in rotated and secret not in rotated
    assert "consegnato" in shown
    assert len(receiver.got) >= 3
    client.post(f"{address}/{hook.uuid}", {"step": "end"})
    assert not Webhook.objects.exists()


def test_a_changed_key_is_followed_by_sealing_anew(published, subscriber, receiver, hook, settings):
    secret, former = secret_of(hook), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "un'altra chiave " * 5, [former]
    assert send_test(hook)["ok"]

    call_command("reseal")
    settings.SECRET_KEY_FALLBACKS = []

    assert secret_of(Webhook.objects.get()) == secret
    settings.SECRET_KEY = former
    with pytest.raises(CommandError):
        call_command("reseal")


def test_a_secret_that_was_lost_with_its_key_signs_nothing_and_can_be_changed(published, hook, receiver, settings):
    settings.SECRET_KEY = "un'altra chiave " * 5
    rename(published, "Uno")
    sent()

    hook.refresh_from_db()
    assert receiver.got == []
    assert "non si può più leggere" in hook.disabled_reason
    assert rotate_secret(hook) == secret_of(hook)
    assert send_test(hook)["ok"]


def test_the_console_refuses_an_inside_address_with_the_way_out(client, settings, subscriber):
    settings.OUTBOUND_ALLOWED_PRIVATE = []

    answer = client.post(f"/avvisi/{token_of(subscriber)}/webhook", {"url": "http://10.0.0.1/x", "kind": "portal"})

    assert answer.status_code == 400
    assert "serve un indirizzo pubblico" in answer.content.decode()


def test_a_webhook_is_not_tried_without_end(client, settings, subscriber, receiver, hook):
    settings.TRIALS = 1
    address = f"/avvisi/{token_of(subscriber)}/webhook/{hook.uuid}"

    first = client.post(address, {"step": "test"}, REMOTE_ADDR="192.0.2.10")
    second = client.post(address, {"step": "test"}, REMOTE_ADDR="192.0.2.10")

    assert (first.status_code, second.status_code) == (302, 429)
    assert int(second["Retry-After"]) > 0
    assert len(receiver.got) == 1


def test_the_trial_of_a_dead_receiver_says_so(subscriber, receiver, hook):
    receiver.answers = [(503, {})]

    assert send_test(hook)["ok"] is False
