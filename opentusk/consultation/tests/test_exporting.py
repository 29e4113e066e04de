"""Proves that what a consultation gives out comes back with the same figures, and that nobody's name is in it."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.comments import actions as comments
from opentusk.consultation import actions
from opentusk.consultation.counting import counts_at
from opentusk.consultation.exporting import archive_of, export_of
from opentusk.consultation.models import Consultation
from opentusk.consultation.tests.conftest import person
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import RefusalReason
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.kit.decidim.archives import read_files
from opentusk.people.consents import give_consent
from opentusk.people.models import Consent, User

pytestmark = pytest.mark.django_db
SAME = ("basket", "by_theme", "by_origin", "by_state", "refused", "proposed", "comments")


@pytest.fixture
def body(db) -> Agent:
    return Agent.objects.create(ipa_code="r_puglia", slug="regione", name="Regione", contact_email="x@example.org")


@pytest.fixture
def told(consultation, wish, staff, body, dora) -> Consultation:
    """A consultation with wishes in most states, support, comments, replies and official answers."""
    trees, formula, buses, trains, refused, merged, hidden = (
        wish("Alberi; monumentali, \"secolari\""), wish("=SOMMA(A1)"), wish("Bus", "TRAN"), wish("Treni", "TRAN"),
        wish("Multe", "JUST"), wish("Alberi vecchi"), wish("Parolacce"),
    )  # fmt: skip
    User.objects.filter(pk=dora.user_id).update(public_name="Dora Bianchi")
    give_consent(User.objects.get(pk=dora.user_id), Consent.Purpose.PUBLIC_NAME)
    for item, supporters in ((trees, ("p1", "p2")), (buses, ("p3",)), (merged, ("p4",))):
        for name in supporters:
            actions.endorse_wish(consultation, item, by=person(name))
    asked = Wish(title="Orari", description="Per ogni fermata.\nAnche la notte.", use_case="App", theme="TRAN",
                 producers_text="Comuni; province")  # fmt: skip
    actions.propose_wish(consultation, asked, by=dora)
    first = actions.comment_on(consultation, trees, "- Serve la specie.", by=dora, alignment=-1)
    actions.comment_on(consultation, trees, "Concordo.", by=dora, parent=first)
    out_of_place = actions.comment_on(consultation, buses, "Fuori tema.", by=dora)
    actions.comment_on(consultation, consultation.proposals.get(theme="TRAN"), "Bel tema.", by=dora)
    comments.hide(out_of_place, by=staff, note="Fuori tema.")
    demand.merge(merged, trees, by=staff)
    demand.hide(hidden, by=staff)
    demand.refuse(refused, by=staff, reason=RefusalReason.NOT_HELD, answer="Nessuno le raccoglie.")
    for item in (buses, trains):
        demand.assign(item, body, by=staff)
    demand.start(buses, by=staff, due_on=None)
    for proposal in consultation.proposals.all():
        actions.write_answer(proposal, f"Sì, per {proposal.theme}.", by=staff)
    actions.publish_answers(consultation, by=staff, now=consultation.closes_at)
    WantedDataset.objects.filter(pk=formula.pk).update(imported_support=5)
    return consultation


def elsewhere(edition: str = "2024") -> Consultation:
    """A consultation on an empty basket."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    return actions.create_consultation(by=SYSTEM, slug=f"c-{edition}", edition=edition, title="Altrove", **times)


def test_what_is_given_out_comes_back_with_the_same_figures(told, staff, body, tmp_path):
    path = tmp_path / "fuori.zip"
    path.write_bytes(archive_of(told))
    other = elsewhere()

    report = actions.import_export(read_files([path]), other, host="dati.example.org", by=staff, body=body)

    was, now = (
        counts_at(one.edition, timezone.now(), proposals=[reference_of(theme) for theme in one.proposals.all()])
        for one in (told, other)
    )
    assert {key: was[key] for key in SAME} == {key: now[key] for key in SAME}
    assert (was["basket"], was["refused"], was["proposed"], was["comments"], was["merged"]) == (4, 1, 1, 3, 1)
    taken = WantedDataset.objects.of_edition("2024")
    assert sum(taken.values_list("imported_support", flat=True)) == was["endorsements"] + 5 == 9
    assert now["endorsements"] == 0
    assert taken.get(state="refused").public_answer == "Nessuno le raccoglie."
    assert set(taken.values_list("title", flat=True)) == {one.title for one in export_of(told).proposals[13:]}
    orari = taken.get(title="Orari")
    assert (orari.description, orari.use_case, orari.producers_text) == (
        "Per ogni fermata.\nAnche la notte.", "App", "Comuni; province",
    )  # fmt: skip
    assert dict(other.proposals.values_list("theme", "answer")) == dict(told.proposals.values_list("theme", "answer"))
    assert report.lines == [] and not any(outcome == "refused" for _kind, outcome in report.counts)
    again = actions.import_export(read_files([path]), other, host="dati.example.org", by=staff, body=body)
    assert not again.has_changes


def test_nobody_s_name_is_given_out_and_keys_of_people_hold_for_one_file(told, dora):
    files = [zipfile.ZipFile(BytesIO(archive_of(told))) for _time in range(2)]
    texts = ["\n".join(one.read(name).decode() for name in one.namelist()) for one in files]

    user = User.objects.get(pk=dora.user_id)
    for secret in (user.email, user.public_name, user.person_key, "example.org/", "Parolacce", "Fuori tema"):
        assert all(secret not in text for text in texts), secret
    assert "'=SOMMA(A1)" in texts[0] and "'- Serve la specie." in texts[0]
    authors = [{one.author for one in export_of(told).comments} for _time in range(2)]
    assert [len(keys) for keys in authors] == [1, 1] and authors[0].isdisjoint(authors[1])


def test_what_may_hold_personal_data_is_taken_out_and_invented_wishes_stay(told, wish):
    WantedDataset.objects.filter(title="Bus").update(public_answer="Scrivete a mario.rossi@gmail.com")
    WantedDataset.objects.filter(title="Treni").update(is_demo=True)

    given = {one.title: one for one in export_of(told).proposals}

    assert given["Bus"].answer.startswith("[testo tolto") and "Treni" not in given
    assert given['Alberi; monumentali, "secolari"'].likes == 3 and given["=SOMMA(A1)"].votes == 5


def test_the_desk_downloads_it_from_the_page_of_the_consultation(client, told, staff, dora):
    address = f"/scrivania/consultazioni/{told.slug}/decidim.zip"
    assert client.get(address).status_code == 302
    client.force_login(User.objects.get(pk=dora.user_id))
    assert client.get(address).status_code == 403
    client.force_login(User.objects.get(pk=staff.user_id))

    answer = client.get(address)

    assert address in client.get(f"/scrivania/consultazioni/{told.slug}").content.decode()
    assert (
        answer["Content-Type"] == "application/zip"
        and "consultazione-2023-decidim.zip" in answer.headers["Content-Disposition"]
    )
    names = zipfile.ZipFile(BytesIO(answer.content)).namelist()
    kinds = [name.rpartition("-")[2] for name in names]
    assert kinds == ["proposals.csv", "proposal_comments.csv", "results.csv", "README.md"]
