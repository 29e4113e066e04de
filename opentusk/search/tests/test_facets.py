"""Proves that counts and lists say what the rows say, for any question, against a plain loop over the rows."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import EU
from opentusk.kit import records as kit
from opentusk.quality.models import DatasetScore
from opentusk.search.actions import rebuild_index
from opentusk.search.facets import names_of
from opentusk.search.finding import count_choices, find, find_all
from opentusk.search.question import Question, Sort
from opentusk.search.schema import FACET_FIELDS
from opentusk.search.tests.conftest import file_of

THEMES = ("ENVI", "TRAN", "HEAL")
FORMATS = ("CSV", "JSON", "SHP")
LICENCES = ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/publicdomain/zero/1.0/")
BODIES = ("c_e506", "c_a662", "r_puglia")
WORDS = ("alberi", "scuole", "strade")


@pytest.fixture
def rows(publish_dataset) -> list[Dataset]:
    dice = random.Random(405)
    for number in range(30):
        files = dice.sample(FORMATS, k=dice.randint(1, 3))
        publish_dataset(
            f"{dice.choice(WORDS)} {number}",
            body=dice.choice(BODIES),
            theme=tuple(f"{EU}data-theme/{code}" for code in dice.sample(THEMES, k=dice.randint(1, 2))),
            accrual_periodicity=f"{EU}frequency/{dice.choice(['ANNUAL', 'MONTHLY'])}",
            modified=f"2026-0{dice.randint(1, 9)}-01",
            distribution=tuple(
                file_of(
                    f"{number}-{code}",
                    format=f"{EU}file-type/{code}",
                    license=kit.LicenseDocument(iri=dice.choice(LICENCES)),
                )
                for code in files
            ),
        )
    rebuild_index()
    return list(Dataset.objects.with_holder())


def values(row: Dataset, facet: str) -> set[str]:
    """What a row says of a facet, read without the index's code."""
    parts = row.record["distribution"]
    if facet == "theme":
        return {iri.rsplit("/", 1)[1] for iri in row.record["theme"]}
    if facet == "format":
        return {part["format"].rsplit("/", 1)[1] for part in parts}
    if facet == "frequency":
        return {row.record["accrual_periodicity"].rsplit("/", 1)[1]}
    if facet == "holder":
        return {row.rights_holder.ipa_code}
    raise AssertionError(facet)


CHECKED = ("theme", "format", "frequency", "holder")
CHOICES = {"theme": THEMES, "format": FORMATS, "frequency": ("ANNUAL", "MONTHLY"), "holder": BODIES}
CHOSEN = {name: st.lists(st.sampled_from(known), min_size=1, unique=True).map(tuple) for name, known in CHOICES.items()}
QUESTIONS = st.builds(
    Question,
    text=st.sampled_from(("", *WORDS)),
    sort=st.sampled_from(Sort),
    chosen=st.fixed_dictionaries({}, optional=CHOSEN),
)


def matches(row: Dataset, question: Question, *, but: str = "") -> bool:
    said = all(values(row, facet) & set(wanted) for facet, wanted in question.chosen.items() if facet != but)
    return said and question.text in row.title


def test_lists_and_counts_agree_with_a_loop_over_the_rows(rows):
    @settings(max_examples=150, deadline=None)
    @given(question=QUESTIONS)
    def agree(question: Question) -> None:
        expected = {row.pk for row in rows if matches(row, question)}
        counts = count_choices(question)

        assert set(find_all(question)) == expected
        assert find(question).total == len(expected)
        for facet in CHECKED:
            left = [row for row in rows if matches(row, question, but=facet)]
            by_loop = {value: sum(value in values(row, facet) for row in left) for value in CHOICES[facet]}
            assert counts[facet] == {value: count for value, count in by_loop.items() if count}

    agree()


def test_pages_give_every_dataset_once_in_every_order(rows):
    for sort in Sort:
        question = Question(sort=sort, size=7)
        paged = [pk for page in range(1, find(question).pages + 1) for pk in find(question.at_page(page)).ids]

        assert sorted(paged) == sorted(row.pk for row in rows)
        assert paged == list(find_all(question))


def test_orders_are_what_they_say(rows):
    by_pk = {row.pk: row for row in rows}
    dates = [by_pk[pk].modified for pk in find_all(Question(sort=Sort.DATA))]
    titles = [by_pk[pk].title for pk in find_all(Question(sort=Sort.TITLE))]

    assert dates == sorted(dates, reverse=True)
    assert titles == sorted(titles)


def test_the_best_metadata_come_first_and_the_bands_are_counted(rows):
    from opentusk.quality.actions import score_datasets

    score_datasets([row.pk for row in rows[:4]])
    DatasetScore.objects.filter(pk=rows[2].pk).update(total=405, band="excellent")
    rebuild_index()

    assert find(Question(sort=Sort.QUALITY)).ids[0] == rows[2].pk
    assert sum(count_choices(Question())["quality"].values()) == 4


def test_every_facet_of_an_empty_index_is_empty(db):
    assert count_choices(Question()) == {facet: {} for facet in FACET_FIELDS}
    assert find(Question(text="alberi", chosen={"theme": ("ENVI",)})).total == 0


def test_an_origin_has_the_name_of_its_source(rows):
    Dataset.objects.filter(pk=rows[0].pk).update(
        origin="harvest.source:1", origin_id="x", origin_facts={"source": "Dati di Lecce"}
    )
    rebuild_index()

    assert names_of("origin", count_choices(Question())["origin"]) == {
        "portale": "Questo portale",
        "harvest.source:1": "Dati di Lecce",
    }
