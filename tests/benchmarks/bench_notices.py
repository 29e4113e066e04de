"""A harvest of 3,000 datasets and 100,000 subscriptions: one letter for each person, handed to a mail server."""

import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
from time import perf_counter, process_time

from tests.benchmarks.measure import Measure

PEOPLE = int(os.environ.get("OPENTUSK_BENCH_SUBSCRIPTIONS", "100000"))
DATASETS = int(os.environ.get("OPENTUSK_BENCH_NOTICES", "3000"))
_BODIES, _THEMES = 50, ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI", "TECH", "TRAN")


def notices() -> Measure:
    """Matched, made into deliveries, rendered and taken by a mail server; in a process of its own, for its memory."""
    with tempfile.TemporaryDirectory(prefix="opentusk-bench-") as folder:
        environment = {**os.environ, "OPENTUSK_VAR": folder}
        command = [sys.executable, "-m", "tests.benchmarks.bench_notices"]
        answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    seconds, matched, prepared, sent, letters, people, memory, processor = map(float, answer.stdout.split())
    return Measure(
        what=(
            f"notices of a harvest, matched in {matched:.0f} s, {people:,.0f} deliveries made in {prepared:.0f} s, "
            f"{letters:,.0f} letters taken by a mail server in {sent:.0f} s; {processor:.0f} s of a processor, "
            f"at most {memory:.0f} MB, load average {os.getloadavg()[0]:.1f}"
        ),
        value=seconds,
        unit="s",
        size=f"{PEOPLE:,} subscriptions, {DATASETS:,} datasets, SQLite",
        rounds=1,
        target="< 300, one letter for each person",
    )


class _Sink:
    """The least of a mail server: takes every letter, counts it and its reader, keeps nothing.

    It is a process of its own, as mail servers are; when its input ends it tells how many readers it had, and how many
    letters the one with most.
    """

    def __init__(self) -> None:
        self.readers: dict[str, int] = {}

    def run(self) -> None:
        """Serve until the input ends."""
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        sys.stdin.read()
        print(len(self.readers), max(self.readers.values(), default=0))

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=2**20)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                address = line.decode().strip()
                self.readers[address] = self.readers.get(address, 0) + 1
            if word == b"DATA":
                writer.write(b"354 go\r\n")
                await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break
        writer.close()


def _main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentusk.config.settings")
    command = [sys.executable, "-m", "tests.benchmarks.bench_notices", "sink"]
    sink = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    port = int(sink.stdout.readline())
    django.setup()
    from datetime import timedelta

    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from opentusk.subscriptions.actions import match_new, prepare_due, send_due
    from opentusk.subscriptions.models import Delivery

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    _fill()
    later = timezone.now() + timedelta(days=8)
    start, worked = perf_counter(), process_time()
    match_new()
    matched = perf_counter()
    prepare_due(now=later)
    prepared = perf_counter()
    while send_due(now=later):
        pass
    end, processor = perf_counter(), process_time() - worked
    readers, most = map(int, sink.communicate()[0].split())
    assert most == 1, "somebody got two letters"
    assert not Delivery.objects.due(later).exists()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        end - start, matched - start, prepared - matched, end - prepared, readers,
        Delivery.objects.count(), memory, processor,
    )  # fmt: skip


def _fill() -> None:
    """Bodies, datasets with the event of their publication, and people who follow all kinds of things."""
    from uuid import uuid4

    from django.utils import timezone

    from opentusk.bodies.models import Agent
    from opentusk.catalog.models import Dataset
    from opentusk.notices.models import Event
    from opentusk.subscriptions.models import Subscriber, Subscription

    chance = random.Random(5)
    now = timezone.now()
    Agent.objects.bulk_create(
        [Agent(ipa_code=f"b{n}", slug=f"b{n}", name=f"Ente {n}", contact_email="e@example.org") for n in range(_BODIES)]
    )
    bodies = list(Agent.objects.filter(ipa_code__startswith="b").order_by("pk"))
    Dataset.objects.bulk_create(
        [
            Dataset(
                identifier=f"b{n % _BODIES}:d{n}", slug=f"b{n % _BODIES}-d{n}", title=f"Dati dimostrativi {n}",
                rights_holder=bodies[n % _BODIES], status="published", record={}, checksum=f"{n}", published_at=now,
            )
            for n in range(DATASETS)
        ]
    )  # fmt: skip
    events = []
    for n, dataset in enumerate(Dataset.objects.order_by("pk").select_related("rights_holder"), start=1):
        holder = dataset.rights_holder
        about = {"identifier": dataset.identifier, "title": dataset.title,
                 "page": f"http://localhost:8000/dataset/{dataset.slug}", "iri": ""}  # fmt: skip
        payload = {"dataset": about, "holder": {"identifier": holder.ipa_code, "name": holder.name}}
        events.append(
            Event(
                seq=n * 10, id=uuid4(), type="dataset.published", family="catalogue", severity="notable", at=now,
                dataset=dataset, holder=holder, themes=chance.sample(_THEMES, 2), places=[f"Luogo {n % 200}"],
                payload=payload, is_public=True,
            )
        )  # fmt: skip
    Event.objects.bulk_create(events)
    people = max(1, PEOPLE // 2)
    Subscriber.objects.bulk_create(
        [Subscriber(email=f"p{n}@example.org", confirmed_at=now) for n in range(people)], batch_size=5_000
    )
    numbers = list(Subscriber.objects.order_by("pk").values_list("pk", flat=True))
    rows: dict[tuple[int, str, str], Subscription] = {}
    while len(rows) < PEOPLE:
        person, (kind, key) = numbers[len(rows) % people], _scope(chance)
        rows[(person, kind, key)] = Subscription(
            subscriber_id=person, scope_kind=kind, scope_key=key, title=key, confirmed_at=now,
            rhythm=chance.choice(["at_once", "daily", "daily", "weekly"]),
        )  # fmt: skip
    Subscription.objects.bulk_create(rows.values(), batch_size=5_000)


def _scope(chance: random.Random) -> tuple[str, str]:
    kind = chance.choices(["dataset", "holder", "theme", "place", "portal"], [50, 20, 15, 10, 5])[0]
    number = chance.randrange(DATASETS)
    keys = {
        "dataset": f"b{number % _BODIES}:d{number}",
        "holder": f"b{number % _BODIES}",
        "theme": chance.choice(_THEMES),
        "place": f"Luogo {number % 200}",
        "portal": "",
    }
    return kind, keys[kind]


MEASURES = (notices,)

if __name__ == "__main__":
    _Sink().run() if sys.argv[1:] == ["sink"] else _main()
