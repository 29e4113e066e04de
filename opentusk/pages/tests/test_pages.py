"""Proves what people are shown: whose, how fresh, under which licence, and nothing that is not public."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import create_draft, publish, withdraw
from opentusk.catalog.models import Dataset
from opentusk.catalog.tests.records import EU, distribution, trees
from opentusk.journal.actors import SYSTEM
from opentusk.pages.freshness import State, freshness_of
from opentusk.quality.actions import score_datasets

pytestmark = pytest.mark.django_db
PLAIN_PAGES = (
    "/",
    "/temi",
    "/temi/ENVI",
    "/enti",
    "/il-portale",
    "/sviluppatori",
    "/sviluppatori/dati",
    "/api/v1/docs",
    "/accessibilita",
    "/privacy",
)


@pytest.fixture(autouse=True)
def _no_former_counts():
    cache.clear()


@pytest.fixture
def lecce():
    return Agent.objects.create(ipa_code="c_e506", slug="comune-di-lecce", name="Comune di Lecce", kind="municipality")


@pytest.fixture
def published(lecce):
    return publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)


@pytest.mark.parametrize("address", PLAIN_PAGES)
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_page_answers_in_both_languages_even_when_the_catalogue_is_empty(client, address, language):
    answer = client.get(address, headers={"Accept-Language": language})

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


def test_the_dataset_page_says_whose_how_fresh_and_what_one_may_do(client, published):
    page = client.get(f"/dataset/{published.slug}").content.decode()

    for words in ("Alberi del verde pubblico", "Comune di Lecce", "frequenza promessa: annuale",
                  "Puoi usarli anche per scopi commerciali.", "Devi citare il titolare", "dct:accrualPeriodicity",
                  "337,0\xa0KB", 'href="/dataset/c_e506-alberi.ttl"', "dataset pubblicato (il portale)"):  # fmt: skip
        assert words in page, words


def test_a_territorial_dataset_says_who_takes_it_to_the_national_catalogue(client, lecce, published):
    record = trees("c_e506:strade", type=(f"{EU}dataset-type/GEOSPATIAL",))
    publish(create_draft(record, holder=lecce, by=SYSTEM), by=SYSTEM)

    assert "geoportale nazionale (RNDT)" in client.get("/dataset/c_e506-strade").content.decode()
    assert "geoportale nazionale" not in client.get("/dataset/c_e506-alberi").content.decode()


def test_the_attribution_names_titolare_title_address_and_licence(client, published):
    attribution = client.get(f"/dataset/{published.slug}").context["attribution"]

    assert attribution.startswith("Comune di Lecce, «Alberi del verde pubblico», http")
    assert "CC BY 4.0" in attribution
    assert "dati non modificati / dati modificati" in attribution


def test_machines_are_given_data_at_the_same_address(client, published):
    answer = client.get(f"/dataset/{published.slug}", headers={"Accept": "text/turtle"})

    assert answer.headers["Content-Type"].startswith("text/turtle")
    assert "Accept" in answer.headers["Vary"]


def test_search_engines_find_structured_data_that_no_title_can_end(client, lecce):
    record = trees(title={"it": "Alberi </script><script>alert(1)</script> in città"})
    dataset = create_draft(record, holder=lecce, by=SYSTEM)
    Dataset.objects.filter(pk=dataset.pk).update(status="published", published_at="2026-01-01T00:00Z")

    page = client.get(f"/dataset/{dataset.slug}").content.decode()

    assert 'type="application/ld+json">{"@context"' in page
    assert "<script>alert" not in page


def test_a_draft_does_not_exist_for_the_public(client, lecce):
    draft = create_draft(trees(), holder=lecce, by=SYSTEM)

    assert client.get(f"/dataset/{draft.slug}").status_code == 404
    assert "Alberi" not in client.get("/").content.decode()


def test_a_withdrawn_dataset_leaves_a_tombstone(client, lecce, published):
    successor = publish(create_draft(trees("c_e506:alberi-2026"), holder=lecce, by=SYSTEM), by=SYSTEM)
    withdraw(published, by=SYSTEM, reason="Sostituito dal nuovo censimento", successor=successor)

    answer = client.get(f"/dataset/{published.slug}")
    page = answer.content.decode()

    assert answer.status_code == 410
    assert "Sostituito dal nuovo censimento" in page
    assert 'href="/dataset/c_e506-alberi-2026"' in page
    assert "dct:identifier" in page


def test_an_address_that_is_no_web_address_is_never_a_link(client, lecce):
    bad = distribution("alberi", access_url="javascript:alert(1)", download_url=("javascript:alert(2)",))
    dataset = create_draft(trees(), holder=lecce, by=SYSTEM)
    dataset.record["distribution"][0] |= {"access_url": bad.access_url, "download_url": list(bad.download_url)}
    dataset.record["landing_page"] = "javascript:alert(3)"
    Dataset.objects.filter(pk=dataset.pk).update(
        record=dataset.record, status="published", published_at="2026-01-01T00:00Z"
    )

    assert 'href="javascript:' not in client.get(f"/dataset/{dataset.slug}").content.decode()


def test_the_figures_of_the_front_page_are_counted(client, published):
    context = client.get("/").context

    assert (context["dataset_count"], context["body_count"]) == (1, 1)
    assert {theme.code: count for theme, _name, count in context["themes"]}["ENVI"] == 1
    assert [card.title for card in context["newest"]] == ["Alberi del verde pubblico"]


def test_bodies_are_found_by_name_and_kind(client, published):
    Agent.objects.create(ipa_code="r_puglia", slug="regione-puglia", name="Regione Puglia", kind="region")

    assert [agent.name for agent in client.get("/enti", {"q": "lecce"}).context["page"]] == ["Comune di Lecce"]
    assert [agent.name for agent in client.get("/enti", {"tipo": "region"}).context["page"]] == ["Regione Puglia"]


def test_a_body_shows_its_datasets_and_its_feed(client, published):
    page = client.get("/enti/comune-di-lecce").content.decode()

    assert "Alberi del verde pubblico" in page
    assert "/catalog.ttl?fq=organization:comune-di-lecce" in page


def test_a_page_of_a_dataset_asks_the_database_few_questions(client, published, django_assert_max_num_queries):
    # Eight for the dataset, one for the wishes that it answers, one for what was made with it.
    with django_assert_max_num_queries(10):
        client.get(f"/dataset/{published.slug}")


@pytest.mark.parametrize(
    ("modified", "frequency", "state"),
    [
        ("2026-10-01", "ANNUAL", State.ON_TIME),
        ("2024-01-01", "ANNUAL", State.LATE),
        ("2020-01-01", "IRREG", State.NO_DEADLINE),
        ("", "ANNUAL", State.UNKNOWN),
        ("ieri", "ANNUAL", State.UNKNOWN),
    ],
)
def test_freshness_compares_the_promise_with_the_date_of_the_data(modified, frequency, state):
    assert freshness_of(modified, frequency, date(2026, 11, 24)).state is state


def test_a_page_that_is_not_there_is_told_in_plain_words(client):
    answer = client.get("/nulla")

    assert answer.status_code == 404
    assert "Pagina non trovata" in answer.content.decode()


def test_a_form_that_is_too_old_says_how_to_go_on():
    answer = Client(enforce_csrf_checks=True).post("/lingua", {"language": "en"})

    assert answer.status_code == 403
    assert "Il modulo è scaduto" in answer.content.decode()


def test_the_language_is_chosen_and_kept(client):
    client.post("/lingua", {"language": "en", "next": "/temi"})

    assert "Themes" in client.get("/temi").content.decode()


def test_browsers_are_told_to_load_nothing_from_elsewhere(client, published):
    for address in (*PLAIN_PAGES, f"/dataset/{published.slug}", "/nulla"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_a_body_shows_the_mean_score_of_its_published_datasets(client, published):
    score_datasets([published.pk])

    page = client.get(f"/enti/{published.rights_holder.slug}").content.decode()

    assert f"In media {published.score.total} punti su 405." in page


def test_the_list_of_calls_says_what_needs_a_key_and_loads_nothing_from_elsewhere(client, db):
    text = client.get("/api/v1/docs").text

    reading, _heading, writing = text.partition("Scrivere, con una chiave")
    assert "GET /api/v1/datasets" in reading
    assert "/api/v1/datasets/{identifier}/publish" in writing
    assert "https://" not in re.sub(r"<form.*?</form>", "", text, flags=re.S)
