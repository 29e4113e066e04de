"""Proves with real workers, killed at every kind of place, that everybody hears at least once, with the same id."""

import os
import signal
import subprocess
import sys
from collections import defaultdict
from itertools import count
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.notices.models import Event
from opentusk.subscriptions.actions.webhooks import make_webhook
from opentusk.subscriptions.models import Delivery, Subscription, WebhookMessage
from opentusk.subscriptions.tests.conftest import following
from opentusk.subscriptions.tests.receivers import mail_server, webhook_receiver
from opentusk.subscriptions.tests.test_delivering import rename

# More than are noted at once, so that some deaths leave letters that were taken and not noted.
_READERS = 70
# A worker counts its own statements and kills itself without a word at the given one; each life is an hour later.
_SCRIPT = """
import os, signal, sys
import django; django.setup()
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from opentusk.journal.reactions import deliver_all
from opentusk.subscriptions.actions import match_new, prepare_due, send_due
from opentusk.subscriptions.actions.webhooks import match_webhooks, send_to_webhooks
life, last = int(sys.argv[1]), int(sys.argv[2])
made = 0
def count(execute, sql, parameters, many, context):
    global made
    made += 1
    if made == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, parameters, many, context)
later = timezone.now() + timedelta(days=8, hours=life)
with connection.execute_wrapper(count):
    deliver_all(); match_new(); match_webhooks(); prepare_due(now=later)
    send_to_webhooks(); send_due(now=later)
"""


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_any_point_leave_nobody_untold(lecce, tmp_path, settings):
    with mail_server() as (mailbox, port), webhook_receiver() as receiver:
        settings.OUTBOUND_ALLOWED_PRIVATE = [urlsplit(receiver.url).netloc]
        for number in range(_READERS):
            following("portal", "", email=f"r{number}@example.org")
        hook = make_webhook(Subscription.objects.all()[0].subscriber, url=receiver.url, kind="portal", key="")
        published = publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)
        rename(published, "Alberi di Lecce")

        killed = 0
        for life in count(1):
            if not _dies(port, receiver.url, tmp_path, life=life, at_statement=life * 13):
                break
            killed += 1

    assert killed >= 5
    assert len(mailbox.letters) > _READERS
    events = Event.objects.public().filter(dataset=published)
    assert {headers["webhook-id"] for headers, _body in receiver.got} == {str(event.id) for event in events}
    assert all(Verifier(hook.secrets(timezone.now())[0]).verify(body, headers) for headers, body in receiver.got)
    ids: dict[str, set[bytes]] = defaultdict(set)
    for recipients, letter in mailbox.letters:
        ids[recipients[0]] |= {line for line in letter.splitlines() if line.lower().startswith(b"message-id")}
    assert {len(found) for found in ids.values()} == {1}
    assert set(ids) == {f"r{number}@example.org" for number in range(_READERS)}
    assert not Delivery.objects.exclude(status=Delivery.Status.SENT).exists()
    assert not WebhookMessage.objects.exclude(status=WebhookMessage.Status.SENT).exists()
    assert not Subscription.objects.filter(due_at__isnull=False).exists()


def _dies(port: int, hook: str, folder, *, life: int, at_statement: int) -> bool:
    """One life of a worker; whether it was killed before its work was done."""
    settings = connection.settings_dict
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "opentusk.subscriptions.tests.worker_settings",
        "WORKER_DATABASE": str(settings["NAME"]),
        "WORKER_ENGINE": settings["ENGINE"],
        "WORKER_PORT": str(port),
        "OPENTUSK_OUTBOUND_ALLOWED_PRIVATE": urlsplit(hook).netloc,
        "OPENTUSK_VAR": str(folder),
    }
    command = [sys.executable, "-c", _SCRIPT, str(life), str(at_statement)]
    code = subprocess.run(command, env=environment, check=False, timeout=120).returncode
    assert code in {0, -signal.SIGKILL}
    return code != 0
