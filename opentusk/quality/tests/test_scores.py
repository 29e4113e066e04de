"""Proves that scores follow the datasets and the answers of their addresses, and can be made again from nothing."""

from opentusk.catalog.actions import change_record, withdraw
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.journal.reactions import deliver_all
from opentusk.kit.quality.indicators import MAXIMUM, POINTS
from opentusk.quality.actions import predict_score, rebuild_scores, score_datasets
from opentusk.quality.events import QualityEvent
from opentusk.quality.links import addresses_of
from opentusk.quality.models import DatasetScore, UrlCheck

URL = "https://dati.example.org/alberi.csv"


def answer_with(status: int) -> None:
    UrlCheck.objects.filter(url=URL).update(status=status, state="ok" if status == 200 else "failing")


def test_a_published_dataset_has_a_score_after_the_journal_is_delivered(publish_trees):
    alberi = publish_trees()

    deliver_all()

    score = DatasetScore.objects.get(dataset=alberi)
    assert score.model_version == "mqa-1"
    assert score.total == score.findability + score.accessibility + score.interoperability + (
        score.reusability + score.contextuality
    )
    assert len(score.measures["dataset"]) == 11
    assert len(score.measures["distributions"]) == 1


def test_addresses_that_nobody_has_checked_give_no_points_and_the_hint_says_so(publish_trees):
    alberi = publish_trees()
    score_datasets([alberi.pk])
    unchecked = DatasetScore.objects.get(dataset=alberi)
    answer_with(200)
    score_datasets([alberi.pk])
    checked = DatasetScore.objects.get(dataset=alberi)

    lost = {missing["indicator"] for missing in unchecked.missing}
    assert {"accessUrlStatusCode", "downloadUrlStatusCode"} <= lost
    assert checked.total - unchecked.total == POINTS["accessUrlStatusCode"] + POINTS["downloadUrlStatusCode"]


def test_our_own_files_answer_without_being_asked(publish_trees, settings):
    ours = f"{settings.SITE_URL}/file/alberi.csv"
    alberi = publish_trees(distribution=(distribution("alberi", access_url=ours, download_url=(ours,)),))

    score_datasets([alberi.pk])

    assert DatasetScore.objects.get(dataset=alberi).accessibility == 100
    assert not UrlCheck.objects.exists()


def test_a_prediction_needs_no_stored_dataset():
    record = trees()
    reachable = dict.fromkeys(addresses_of(record), 200)

    assert predict_score(record, reachable).total - predict_score(record, {}).total == 80
    assert predict_score(record, reachable).total <= MAXIMUM


def test_a_band_that_changes_is_told_once_and_a_first_one_is_not(publish_trees):
    alberi = publish_trees()
    score_datasets([alberi.pk])
    assert not Entry.objects.filter(event=QualityEvent.BAND_CHANGED).exists()
    answer_with(200)

    score_datasets([alberi.pk])
    score_datasets([alberi.pk])

    told = Entry.objects.filter(event=QualityEvent.BAND_CHANGED)
    assert [entry.changes for entry in told] == [{"band": ["good", "excellent"]}]


def test_a_withdrawn_dataset_has_no_score(publish_trees):
    alberi = publish_trees()
    score_datasets([alberi.pk])

    withdraw(alberi, by=SYSTEM, reason="errore")
    deliver_all()

    assert not DatasetScore.objects.exists()


def test_a_changed_description_is_scored_again(publish_trees):
    alberi = publish_trees()
    deliver_all()
    before = DatasetScore.objects.get().total

    change_record(alberi, trees(temporal=()), by=SYSTEM, expected=alberi.checksum)
    deliver_all()

    assert before - DatasetScore.objects.get().total == POINTS["temporalAvailability"]


def test_scores_made_again_are_the_same(publish_trees):
    rows = [publish_trees(name) for name in ("alberi", "parchi", "siepi")]
    score_datasets([row.pk for row in rows])
    before = list(DatasetScore.objects.order_by("pk").values_list("dataset", "total", "measures"))

    DatasetScore.objects.all().delete()

    assert rebuild_scores() == 3
    assert list(DatasetScore.objects.order_by("pk").values_list("dataset", "total", "measures")) == before


def test_the_addresses_of_a_dataset_follow_its_record(publish_trees):
    alberi = publish_trees()
    score_datasets([alberi.pk])
    other = trees(distribution=(distribution("platani"),))

    change_record(alberi, other, by=SYSTEM, expected=alberi.checksum)
    score_datasets([alberi.pk])

    offered = UrlCheck.objects.filter(datasets=alberi).values_list("url", flat=True)
    assert set(offered) == addresses_of(to_record(alberi.__class__.objects.get()))
    assert not UrlCheck.objects.filter(url=URL, datasets__isnull=False).exists()


def test_scoring_many_takes_the_same_queries_as_scoring_a_few(publish_trees, django_assert_max_num_queries):
    rows = [publish_trees(f"n{number}", distribution=(distribution(f"n{number}"),)) for number in range(12)]

    with django_assert_max_num_queries(20):
        score_datasets([row.pk for row in rows])
