"""Proves that the guide takes a file to a described draft, remembers everything and never asks twice."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import change_record
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.journal.actors import SYSTEM
from opentusk.publishing.models import Guide
from opentusk.publishing.tests.conftest import TREES, frequency, sent_form
from opentusk.quality.models import PrivacyCase


def upload(browser, content=TREES, name="alberi_monumentali_v2.csv"):
    given = SimpleUploadedFile(name, content, "text/csv")
    return browser.post("/pubblica", {"way": "file", "agent": "c_e506", "file": given}, follow=True)


def page_of(guide, step="descrizione") -> str:
    return f"/pubblica/{guide.dataset_id}/{step}"


def record_of(guide):
    return to_record(Dataset.objects.get(pk=guide.dataset_id))


def test_a_file_makes_a_draft_at_once(browser):
    answer = upload(browser)

    guide = Guide.objects.with_dataset().get()
    assert answer.redirect_chain[-1][0] == page_of(guide, "lettura")
    assert guide.dataset.status == Dataset.Status.DRAFT
    assert guide.dataset.identifier == "c_e506:alberi-monumentali"
    assert "Stiamo leggendo" in answer.text


def test_the_form_comes_filled(browser, begin):
    guide = begin()

    form = browser.get(page_of(guide)).context["form"]

    assert form["title_it"].value() == "Alberi monumentali"
    assert "3 righe" in form["description_it"].value()
    assert form["start_date"].value() == "2020-02-01"
    assert form["place"].value() == "Lecce"
    assert form["contact_email"].value() == "opendata@example.org"
    assert form["theme"].value() == ("http://publications.europa.eu/resource/authority/data-theme/ENVI",)


def test_each_proposal_says_why(browser, begin):
    page = browser.get(page_of(begin())).text

    assert "Perché il titolo dice «Alberi»." in page
    assert "Dalla prima all&#x27;ultima data della colonna «data rilievo»." in page


def test_saving_what_we_suggest_gives_a_record_that_the_catalogues_take(browser, begin):
    guide = begin()

    answer = browser.post(page_of(guide), {**sent_form(browser, guide), "one_row": "un albero"})

    record = record_of(guide)
    assert answer.url == page_of(guide, "verifica")
    assert record.description["it"].endswith("Ogni riga descrive un albero.")
    assert record.distribution[0].license.iri == "https://creativecommons.org/licenses/by/4.0/"
    assert record.distribution[0].description["it"].startswith("Tabella di 3 righe e 4 colonne")
    page = browser.get(answer.url)
    assert page.context["forecast"].blockers == 0
    assert page.context["forecast"].score.total == 405
    assert "lo prende così com" in page.text


def test_all_proposals_are_accepted_in_one_click(browser, begin):
    guide = begin(content=b"specie;altezza\nOlea europaea;4,50\nQuercus ilex;12,25\n", name="alberi 2023.csv")

    browser.post(page_of(guide, "verifica"), {"go": "save"})

    assert record_of(guide).accrual_periodicity == frequency("ANNUAL")
    assert Guide.objects.get().described_at


def test_what_is_typed_is_kept_although_it_is_wrong(browser, begin):
    guide = begin()
    typed = {**sent_form(browser, guide), "contact_email": "ambiente@", "title_it": "Alberi di pregio"}

    answer = browser.post(f"/pubblica/{guide.dataset_id}/salva", typed)

    assert "al sicuro" in answer.text
    form = browser.get(page_of(guide)).context["form"]
    assert (form["contact_email"].value(), form["title_it"].value()) == ("ambiente@", "Alberi di pregio")
    # The description itself has not changed yet.
    assert record_of(guide).title["it"] == "Alberi monumentali"


def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(browser, begin):
    guide = begin()

    answer = browser.post(page_of(guide), {**sent_form(browser, guide), "start_date": "l'anno scorso"})

    assert answer.status_code == 400
    assert "non è una data" in answer.text
    assert browser.get(page_of(guide)).context["form"]["start_date"].value() == "l'anno scorso"


def test_what_the_browser_sends_by_itself_after_saving_is_no_change(browser, begin):
    guide = begin()
    sent = sent_form(browser, guide)
    browser.post(page_of(guide), {**sent, "go": "save"})

    answer = browser.post(f"/pubblica/{guide.dataset_id}/salva", sent)

    assert "al sicuro" in answer.text
    assert not Guide.objects.get().typed
    browser.post(f"/pubblica/{guide.dataset_id}/salva", {**sent, "title_it": "Alberi di pregio"})
    assert Guide.objects.get().typed["title_it"] == ["Alberi di pregio"]


def test_one_can_go_back_to_what_was_saved(browser, begin):
    guide = begin()
    browser.post(f"/pubblica/{guide.dataset_id}/salva", {**sent_form(browser, guide), "title_it": "Sbagliato"})

    browser.post(page_of(guide), {"go": "discard"})

    assert browser.get(page_of(guide)).context["form"]["title_it"].value() == "Alberi monumentali"


def test_a_proposal_is_put_in_its_field_in_one_click(browser, begin):
    guide = begin()
    typed = {**sent_form(browser, guide), "theme": [], "title_it": "Alberi di pregio"}

    answer = browser.post(page_of(guide), {**typed, "apply": "theme"})

    assert answer.url.endswith("#id_theme")
    form = browser.get(page_of(guide)).context["form"]
    assert form["theme"].value() == ["http://publications.europa.eu/resource/authority/data-theme/ENVI"]
    assert form["title_it"].value() == "Alberi di pregio"


def test_every_missing_point_leads_to_its_field(browser, begin):
    guide = begin()
    browser.post(page_of(guide), {**sent_form(browser, guide), "keyword_it": "", "theme": [], "place": ""})

    page = browser.get(page_of(guide, "verifica"))

    assert page.context["forecast"].blockers == 1
    points = {point.field: point for point in page.context["points"]}
    assert points["theme"].blocks and points["keyword_it"].points == 30
    for field in ("theme", "keyword_it"):
        assert f'href="{page_of(guide)}#id_{field}"' in page.text
        assert f'name="apply" value="{field}"' in page.text
    assert "dcat:" not in page.text


def test_a_missing_point_is_mended_from_the_list(browser, begin):
    guide = begin()
    browser.post(page_of(guide), {**sent_form(browser, guide), "keyword_it": ""})

    browser.post(page_of(guide, "verifica"), {"apply": "keyword_it"})

    assert "alberi" in record_of(guide).keyword["it"]


def test_somebody_elses_change_is_not_overwritten(browser, begin, ada):
    guide = begin()
    typed = sent_form(browser, guide)
    dataset = Dataset.objects.get(pk=guide.dataset_id)
    other = replace(to_record(dataset), title={"it": "Alberi, di un'altra mano"})
    change_record(dataset, other, by=SYSTEM, expected=dataset.checksum)

    answer = browser.post(page_of(guide), {**typed, "title_it": "Alberi miei"})

    assert answer.status_code == 409
    assert "Un&#x27;altra persona ha salvato" in answer.text
    assert answer.context["form"]["title_it"].value() == "Alberi miei"
    assert record_of(guide).title["it"] == "Alberi, di un'altra mano"


def test_the_address_follows_the_title_until_somebody_chooses_it(browser, begin):
    guide = begin()

    browser.post(page_of(guide), {**sent_form(browser, guide), "title_it": "Alberi di pregio"})
    assert Dataset.objects.get().identifier == "c_e506:alberi-pregio"

    browser.post(page_of(guide), {**sent_form(browser, guide), "local_part": "patriarchi-verdi"})
    assert Dataset.objects.get().identifier == "c_e506:patriarchi-verdi"

    browser.post(page_of(guide), {**sent_form(browser, guide), "title_it": "Altro titolo"})
    assert Dataset.objects.get().identifier == "c_e506:patriarchi-verdi"


def test_high_value_data_are_told_their_duties(browser, begin):
    guide = begin()
    air = "http://data.europa.eu/bna/c_63b37dd4"

    browser.post(page_of(guide), {**sent_form(browser, guide), "hvd_category": [air]})

    record = record_of(guide)
    law = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
    assert (record.hvd_category, record.applicable_legislation) == ((air,), (law,))
    assert record.distribution[0].applicable_legislation == (law,)
    page = browser.get(page_of(guide, "verifica")).text
    assert "Dati di elevato valore: che cosa chiede il regolamento" in page
    assert "Una spiegazione delle colonne" in page

    browser.post(page_of(guide), {**sent_form(browser, guide), "hvd_category": []})
    assert record_of(guide).applicable_legislation == ()


def test_the_same_data_next_year_are_described_as_this_year(browser, begin):
    first = begin(name="alberi 2022.csv")
    browser.post(page_of(first), {**sent_form(browser, first), "keyword_it": "patriarchi", "place": "Nardò"})

    second = begin(content=TREES + b"071060;Olea;1,00;01/01/2023\n", name="alberi 2023.csv")

    page = browser.get(page_of(second))
    assert page.context["form"]["keyword_it"].value() == "patriarchi"
    assert page.context["form"]["accrual_periodicity"].value() == frequency("ANNUAL")
    assert "Come in «Alberi», del tuo ente." in page.text


@pytest.mark.parametrize("step", ["file", "lettura", "descrizione", "verifica", "dichiarazione", "pubblicazione"])
def test_every_step_can_be_visited_at_any_time(browser, begin, step):
    assert browser.get(page_of(begin(), step), follow=True).status_code == 200


def test_a_draft_made_elsewhere_can_go_on_in_the_guide(browser, lecce):
    browser.post("/scrivania/nuovo", {"holder": lecce.pk, "title": "Parcheggi", "local_part": "parcheggi"})
    dataset = Dataset.objects.get()

    answer = browser.get(f"/pubblica/{dataset.pk}", follow=True)

    assert answer.redirect_chain[-1][0] == f"/pubblica/{dataset.pk}/file"
    assert not Guide.objects.exists()
    browser.post(
        f"/pubblica/{dataset.pk}/file", {"file": SimpleUploadedFile("parcheggi.csv", b"nome;posti\nA;3\nB;4\n")}
    )
    assert Dataset.objects.get().distributions.count() == 1


def test_nobody_else_sees_the_guide(begin, bari):
    guide = begin()
    stranger = Client()
    stranger.force_login(add_member(bari, email="bruno@example.org", role=Membership.Role.REDATTORE, by=SYSTEM).user)

    assert stranger.get(page_of(guide)).status_code == 404
    assert stranger.post(f"/pubblica/{guide.dataset_id}/salva", {"title_it": "x"}).status_code == 404


def test_the_desk_says_what_waits(browser, begin):
    guide = begin()

    page = browser.get("/pubblica/da-fare").text

    assert "Alberi monumentali" in page
    assert "Prossimo passo: descrizione (da fare)." in page
    assert f'href="{page_of(guide)}"' in page


def test_the_desk_of_the_dpo_says_what_waits_for_a_decision(client, begin, lecce):
    guide = begin(b"nome;codice_fiscale\nAda;RSSMRA85T10A562S\nIda;VRDLGI80A01F205X\n", "contributi.csv")
    case = PrivacyCase.objects.get(dataset=guide.dataset)
    client.force_login(add_member(lecce, email="dpo@example.org", role=Membership.Role.DPO, by=SYSTEM).user)

    assert "/pubblica/da-fare" in client.get("/scrivania").text
    page = client.get("/pubblica/da-fare").text

    assert f'href="/scrivania/privacy/{case.pk}"' in page
    assert "nessuno lo vede finché non decidi tu" in page
