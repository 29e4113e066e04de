"""Proves the door of teams: ways in, the form of an entry, and nobody else's hands on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from opentusk.hackathon import actions
from opentusk.hackathon.models import Entry, Hackathon, Team
from opentusk.people.consents import give_consent, withdraw_consent
from opentusk.people.models import Consent, User
from opentusk.search.actions import rebuild_index

pytestmark = pytest.mark.django_db
TEAM = "/hackathon/hackathon-2026/squadra"
FORM = f"{TEAM}/progetto"


def browser(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def typed(**fields) -> dict:
    return {"title": "Ombra", "abstract": "Dove c'è ombra.", "kind": "web_app", "category": "app"} | fields


def test_a_team_hands_in_without_scripts_and_is_told_what_is_missing(hackathon, datasets, ada, bea):
    rebuild_index()
    one, other = browser(ada), browser(bea)
    assert "maggiorenne" in one.post(TEAM, {"do": "crea", "name": "Ombrelli"}).content.decode()
    one.post(TEAM, {"do": "crea", "name": "Ombrelli", "adult_declared": "on"})
    team = Team.objects.get()
    assert other.post(TEAM, {"do": "entra", "code": "ZZZZZZ", "adult_declared": "on"}).status_code == 400
    other.post(TEAM, {"do": "entra", "code": team.join_code.lower(), "adult_declared": "on"})
    assert team.members.count() == 2

    lacking = other.post(FORM, typed(abstract="", category="", do="consegna"), follow=True).content.decode()
    for words in (
        "Scrivi che cos&#x27;è",
        "Scegli la categoria",
        "almeno un dataset di questo portale",
        "non consegnato",
    ):
        assert words in lacking
    found = one.post(FORM, typed(do="cerca", cerca_dataset="alberi"), follow=True).content.decode()
    assert 'value="c_e506:alberi"' in found
    one.post(FORM, typed(aggiungi="c_e506:alberi"))
    assert "principale" in one.get(FORM).content.decode()
    one.post(FORM, typed(dataset="c_e506:alberi", main="c_e506:alberi", do="consegna"))

    entry = Entry.objects.get()
    assert (entry.state, entry.work.datasets.get().is_main) == ("submitted", True)
    assert "consegnata" in one.get(TEAM).content.decode()


def test_whatever_is_typed_is_kept_now_and_then(hackathon, ada):
    actions.make_team(hackathon, "Ombrelli", by=ada, adult_declared=True)

    kept = browser(ada).post(FORM, typed(abstract="A metà"), headers={"HX-Request": "true"})
    unkept = browser(ada).post(FORM, typed(title=""), headers={"HX-Request": "true"})

    assert "Salvato alle" in kept.content.decode() and Entry.objects.get().work.abstract == "A metà"
    assert "Non salvato" in unkept.content.decode()


def test_nobody_else_reads_or_writes_what_a_team_has(hackathon, enter, bea, client):
    entry = enter("E1")
    other = actions.make_team(hackathon, "Altri", by=bea, adult_declared=True)

    browser(bea).post(FORM, typed(title="Mio"))

    assert Entry.objects.get(team=entry.team).work.title == "E1"
    assert Entry.objects.get(team=other).work.title == "Mio"
    assert client.get(TEAM)["Location"].startswith("/accedi")
    stranger = browser(type(bea)(bea.kind, "people.user:0", "", User.objects.create_user("x@example.org").pk))
    assert ">E1<" not in stranger.get(TEAM).content.decode() and stranger.get(FORM).status_code == 302
    for address in (
        f"/riusi/{entry.work.slug}",
        f"/riusi/bozze/{entry.work_id}",
        f"/hackathon/hackathon-2026/progetti/{entry.pk}",
    ):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("do", ["salva", "consegna"])
def test_after_the_closing_second_nothing_is_kept(hackathon, ada, do):
    actions.make_team(hackathon, "Ombrelli", by=ada, adult_declared=True)
    Hackathon.objects.update(submit_closes_at=timezone.now())

    answer = browser(ada).post(FORM, typed(do=do))

    assert answer.status_code == 400 and "consegne sono chiuse" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("left", "words", "pause"),
    [
        (timedelta(days=2, hours=3), "2 giorni e 3 ore", "1800"),
        (timedelta(hours=1, minutes=5), "1 ora e 5 minuti", "600"),
        (timedelta(minutes=9), "9 minuti", "60"),
        (timedelta(seconds=20), "meno di un minuto", "60"),
    ],
)
def test_how_long_there_is_is_told_in_words_and_seldom(hackathon, client, left, words, pause):
    Hackathon.objects.update(submit_closes_at=timezone.now() + left + timedelta(seconds=5))

    page = client.get("/hackathon/hackathon-2026/tempo").content.decode()

    assert words in page and f"every {pause}s" in page and 'aria-live="polite"' in page


def test_how_it_is_judged_is_public_before_judging(hackathon, client):
    page = client.get("/hackathon/hackathon-2026").content.decode()

    assert "30%" in page and "media pesata" in page and "decisione di chi presiede" in page
    Hackathon.objects.update(state="draft")
    assert client.get("/hackathon/hackathon-2026").status_code == 404
    assert "Hackathon 2026" not in client.get("/hackathon").content.decode()


def test_two_teams_never_have_one_name(hackathon, ada, bea):
    actions.make_team(hackathon, "Ombrelli", by=ada, adult_declared=True)

    answer = browser(bea).post(TEAM, {"do": "crea", "name": "ombrelli ", "adult_declared": "on"})

    assert answer.status_code == 400 and Team.objects.count() == 1


def public(actor, name):
    user = User.objects.get(pk=actor.user_id)
    User.objects.filter(pk=user.pk).update(public_name=name)
    give_consent(user, Consent.Purpose.PUBLIC_NAME)
    client = Client()
    client.force_login(user)
    return client


def test_names_stand_beside_the_work_only_when_everybody_in_the_team_wants_it(hackathon, enter, ada, bea, client):
    entry = enter("Ombrelli", by=ada)
    actions.join_team(hackathon, entry.team.join_code, by=bea, adult_declared=True)
    Entry.objects.filter(pk=entry.pk).update(state="ranked")
    Hackathon.objects.update(state="published")
    page, team = f"/hackathon/{hackathon.slug}/progetti/{entry.pk}", f"/hackathon/{hackathon.slug}/squadra"
    first = public(ada, "Ada L.")
    first.post(f"{team}/nome", {"do": "mostra"})
    assert "finora 1 su 2" in first.get(team).content.decode()
    assert "Ada L." not in client.get(page).content.decode()

    actions.show_name(entry.team, by=bea)
    assert "Ada L." not in client.get(page).content.decode()
    second = public(bea, "Bea")
    assert "Ombrelli: Ada L., Bea" in client.get(page).content.decode()

    withdraw_consent(User.objects.get(pk=ada.user_id), Consent.Purpose.PUBLIC_NAME)
    assert "Bea" not in client.get(page).content.decode()
    give_consent(User.objects.get(pk=ada.user_id), Consent.Purpose.PUBLIC_NAME)
    second.post(f"{team}/nome", {"do": "nascondi"})
    assert "Ada L." not in client.get(page).content.decode()


def test_whoever_has_no_public_name_is_told_where_to_write_it(hackathon, enter, ada, bea):
    enter("Ombrelli", by=ada)
    member, stranger = Client(), Client()
    member.force_login(User.objects.get(pk=ada.user_id))
    stranger.force_login(User.objects.get(pk=bea.user_id))

    assert "/profilo/dati" in member.get(f"/hackathon/{hackathon.slug}/squadra").content.decode()
    assert stranger.post(f"/hackathon/{hackathon.slug}/squadra/nome", {"do": "mostra"}).status_code == 404
