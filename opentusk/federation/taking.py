"""What the national catalogue will take from us: how many datasets, what is kept out and why, and how good they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Avg, Count
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, DatasetQuerySet
from opentusk.feeds.models import FeedBuild, FeedFragmentQuerySet, FeedPage
from opentusk.feeds.places import Feed
from opentusk.feeds.records import listed_datasets
from opentusk.kit.problems import Severity
from opentusk.kit.rdf.profiles import Profile
from opentusk.quality.models import DatasetScore

_MOST = 405


@dataclass(frozen=True)
class KeptOut:
    """Datasets that do not go out, for one reason; `advice` says what to do, where there is something to do."""

    code: str
    why: str
    advice: str
    datasets: Sequence[Dataset]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed here."""
        return self.count - len(self.datasets)


@dataclass(frozen=True)
class Found:
    """A rule that datasets of the feed break: how many, how bad, and what one of them reads."""

    severity: str
    problem: dict[str, Any]
    datasets: int
    example: Dataset


@dataclass(frozen=True)
class Scores:
    """The predicted European scores."""

    mean: float
    bands: Sequence[tuple[str, str, int, int]]
    """Code, name, datasets, per cent."""
    count: int
    conforming: int
    most: int = _MOST


def feed_address(agent: Agent | None, *, without: Iterable[Agent] = ()) -> str:
    """The address to register: RDF/XML, which every harvester reads."""
    wanted = [("fq", f"organization:{agent.slug}")] if agent else []
    wanted += [("fq", f"-organization:{other.slug}") for other in without]
    return f"{settings.SITE_URL}/catalog.rdf" + (f"?{urlencode(wanted)}" if wanted else "")


def fragments_of(agent: Agent | None) -> FeedFragmentQuerySet:
    """What is in the feed."""
    return Feed(agent).fragments()


def page_count(agent: Agent | None) -> int:
    """How many pages the feed has."""
    return FeedPage.objects.of_feed(Feed(agent).scope, Profile.DCATAP_IT.value).count()


def bodies_in_feed() -> list[tuple[Agent, int]]:
    """The titolari in the feed and how many datasets each has, by name."""
    counts = dict(fragments_of(None).order_by().values_list("holder").annotate(Count("id")))
    return [(agent, counts[agent.pk]) for agent in Agent.objects.filter(pk__in=counts).by_name()]


def kept_out(agent: Agent | None, *, listed: int | None) -> list[KeptOut]:
    """What does not go out, by reason; of each reason at most `listed` datasets, None for all of them."""
    published = _of(agent, Dataset.objects.published())
    going = _of(agent, listed_datasets())
    groups = (
        (
            "quarantine",
            going.filter(feed_quarantine__isnull=False),
            _("Un valore della descrizione non si può scrivere in RDF in modo che tutti lo rileggano."),
            _("Apri la descrizione e correggi il valore: il dataset esce al salvataggio."),
        ),
        (
            "waiting",
            going.filter(feed_fragment__isnull=True, feed_quarantine__isnull=True),
            _("È appena diventato pubblico: entra nel feed fra pochi secondi."),
            "",
        ),
        (
            "duplicate",
            published.filter(duplicate_of__isnull=False),
            _("È un doppione di un dataset che arriva da un'altra fonte: esce quello del catalogo del titolare."),
            _("Se non sono lo stesso dato, correggi l'identificativo o il titolo di uno dei due."),
        ),
        (
            "territorial",
            published.filter(duplicate_of__isnull=True, is_territorial=True),
            _("È un dato territoriale: dati.gov.it lo prende dal Repertorio nazionale (RNDT)."),
            _("Controlla che sia nel RNDT: da qui arriverebbe due volte."),
        ),
        (
            "demo",
            published.none() if settings.DEMO_IN_FEEDS else published.filter(is_demo=True),
            _("È un dato dimostrativo."),
            "",
        ),
    )
    made = (_group(code, rows, why, advice, listed) for code, rows, why, advice in groups)
    return [group for group in made if group.count]


def report_of(agent: Agent | None) -> list[Found]:
    """The rules that datasets of the feed break, as they were last judged, the worst and most frequent first."""
    found: dict[str, list[Any]] = {}
    rows = _of(agent, listed_datasets()).filter(feed_fragment__isnull=False).exclude(problems=[])
    for dataset in rows.only("pk", "slug", "title", "problems", "rights_holder").iterator(chunk_size=500):
        for code, problem in {problem["code"]: problem for problem in dataset.problems}.items():
            found.setdefault(code, [problem, 0, dataset])[1] += 1
    order = {severity.value: place for place, severity in enumerate(Severity)}
    report = [Found(problem["severity"], problem, count, example) for problem, count, example in found.values()]
    return sorted(report, key=lambda one: (order[one.severity], -one.datasets))


def scores_of(agent: Agent | None) -> Scores | None:
    """The scores that the European portal would give, by band; None while there are none."""
    rows = DatasetScore.objects.filter(dataset__feed_fragment__isnull=False)
    if agent:
        rows = rows.filter(dataset__rights_holder=agent)
    counts = dict(rows.order_by().values_list("band").annotate(Count("pk")))
    total = sum(counts.values())
    if not total:
        return None
    bands = [
        (code, str(label), counts.get(code, 0), round(100 * counts.get(code, 0) / total))
        for code, label in DatasetScore.Band.choices
    ]
    conforming = rows.filter(measures__dataset__dcatApCompliance=True).count()
    return Scores(round(rows.aggregate(mean=Avg("total"))["mean"], 1), bands, total, conforming)


def last_build() -> FeedBuild | None:
    """The last complete rebuild of the feeds, which reads every page again."""
    return FeedBuild.objects.order_by("-started_at").first()


def _of(agent: Agent | None, rows: DatasetQuerySet) -> DatasetQuerySet:
    return rows.of(agent) if agent else rows


def _group(code: str, rows: DatasetQuerySet, why: str, advice: str, listed: int | None) -> KeptOut:
    ordered = rows.with_holder().select_related("duplicate_of").by_title()
    return KeptOut(code, why, advice, list(ordered[:listed]), rows.count())
