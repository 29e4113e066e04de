"""How fast the feeds are: the whole catalogue written, everything rebuilt, one change followed, one page served."""

from functools import cache

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import put_record, slug_of
from opentusk.catalog.tests.records import distribution, trees
from opentusk.feeds.actions import refresh_datasets
from opentusk.feeds.exporting import export_catalog
from opentusk.feeds.rebuilding import rebuild_feeds
from opentusk.kit.rdf.syntaxes import Syntax
from opentusk.kit.rdf.write import Profile
from tests.benchmarks.measure import Measure, median_seconds

DATASETS = 10_000
BODIES = 25
SIZE = f"{DATASETS:,} datasets of 3 distributions, {BODIES} bodies"


@cache
def catalogue() -> list[int]:
    """The ids of the datasets, made once; published without the judgement, which is measured elsewhere."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    Dataset.objects.all().delete()
    bodies = [_body(number) for number in range(BODIES)]
    for start in range(0, DATASETS, 500):
        Dataset.objects.bulk_create(_dataset(number, bodies[number % BODIES]) for number in range(start, start + 500))
    return list(Dataset.objects.in_feed_order().values_list("pk", flat=True))


def _body(number: int) -> Agent:
    code = f"c_x{number:03d}"
    return Agent.objects.get_or_create(ipa_code=code, defaults={"slug": code, "name": f"Comune {number}"})[0]


def _dataset(number: int, holder: Agent) -> Dataset:
    identifier = f"{holder.ipa_code}:alberi-{number}"
    parts = tuple(distribution(f"{number}-{part}") for part in range(3))
    record = trees(identifier, title={"it": f"Alberi della zona {number}"}, distribution=parts)
    row = Dataset(identifier=identifier, slug=slug_of(identifier), status="published", published_at=timezone.now())
    put_record(row, record, holder)
    return row


def whole_catalogue() -> Measure:
    """One Turtle document of everything, from the records, each dataset read again strictly before it counts."""
    catalogue()
    seconds = median_seconds(_export, rounds=3)
    return Measure(
        what="full feed, Turtle", value=DATASETS / seconds, unit="datasets/s", size=SIZE, rounds=3, target="≥ 1,000"
    )


def everything_rebuilt() -> Measure:
    """All pages: complete and per titolare, two profiles, four syntaxes, compressed, self-tested, published at once."""
    catalogue()
    seconds = median_seconds(rebuild_feeds, rounds=3)
    return Measure(
        what="rebuild of all feeds (2 profiles × 4 syntaxes, complete and per titolare)",
        value=DATASETS / seconds,
        unit="datasets/s",
        size=SIZE,
        rounds=3,
    )


def one_change() -> Measure:
    """From a changed row to all 16 files of its two pages, published."""
    ids = catalogue()
    rebuild_feeds()
    changes = iter(range(21))
    seconds = median_seconds(lambda: _change(ids[next(changes) * 431 % DATASETS]), rounds=21)
    return Measure(what="feeds after one change", value=seconds * 1000, unit="ms", size=SIZE, rounds=21, target="≤ 50")


def one_page() -> Measure:
    """A page of 100 datasets as a harvester gets it, compressed, without the network."""
    catalogue()
    rebuild_feeds()
    client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "gzip"})
    seconds = median_seconds(lambda: client.get("/catalog.ttl?page=50"), rounds=51)
    return Measure(what="one page of the feed", value=seconds * 1000, unit="ms", size=SIZE, rounds=51)


def _export() -> None:
    export_catalog(lambda _piece: None, Syntax.TURTLE, Profile.DCATAP_IT)


def _change(pk: int) -> None:
    dataset = Dataset.objects.get(pk=pk)
    dataset.record = {**dataset.record, "version_info": str(timezone.now().timestamp())}
    dataset.save(update_fields=["record"])
    refresh_datasets([pk])


MEASURES = [whole_catalogue, everything_rebuilt, one_change, one_page]
