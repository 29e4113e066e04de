"""Proves what comes by the calendar: the week of a body, the list to prune, and one sentence after a long pause."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.catalog.actions import create_draft, publish
from opentusk.catalog.models import Hold
from opentusk.catalog.tests.records import trees
from opentusk.journal.actors import SYSTEM
from opentusk.notices.models import Event, Lateness
from opentusk.notices.tests.conftest import told
from opentusk.people.actors import actor_of
from opentusk.subscriptions.actions import follow_work, match_new, pause, prepare_due, send_due
from opentusk.subscriptions.actions.reviewing import EVERY, ask_who_still_follows
from opentusk.subscriptions.models import Delivery, InboxNotice, Mark, Subscriber, Subscription
from opentusk.subscriptions.tests.conftest import LATER, everything_happens, following, letters, link_in
from opentusk.subscriptions.tests.test_delivering import rename

pytestmark = pytest.mark.django_db
_ROLE = Membership.Role
WEEK = "La settimana: Comune di Lecce"


def monday():
    """Letters of weeks, by reader, after a Monday morning."""
    now = timezone.now() + LATER
    prepare_due(now=now)
    send_due(now=now)
    return {letter.to[0].partition("@")[0]: letter.body for letter in mail.outbox if WEEK in letter.body}


def test_each_reads_of_the_week_what_their_role_needs(lecce, published):
    people = {role: add_member(lecce, email=f"{role}@example.org", role=role, by=SYSTEM).user
              for role in (_ROLE.REFERENTE, _ROLE.DPO, _ROLE.REDATTORE)}  # fmt: skip
    mine = create_draft(trees("c_e506:panchine", title={"it": "Panchine"}), holder=lecce,
                        by=actor_of(people[_ROLE.REDATTORE]))  # fmt: skip
    follow_work()
    for dataset in (published, mine):
        Lateness.objects.create(dataset=dataset, due_on=timezone.localdate())
    Hold.objects.create(dataset=published, kind=Hold.Kind.PERSONAL_DATA)

    read = monday()

    assert set(read) == {"referente", "dpo", "redattore"}
    assert "1 dataset pubblicato." in read["referente"]
    assert "2 dataset in ritardo: Alberi del verde pubblico, Panchine." in read["referente"]
    assert "1 file fermo per possibili dati personali" in read["referente"] and "1 file fermo" in read["dpo"]
    assert "1 dataset in ritardo: Panchine." in read["redattore"]
    assert "in ritardo" not in read["dpo"] and "file fermo" not in read["redattore"]


def test_a_week_comes_once_ends_with_the_role_and_can_be_paused(lecce, published):
    membership = add_member(lecce, email="referente@example.org", role=_ROLE.REFERENTE, by=SYSTEM)
    follow_work()
    assert set(monday()) == {"referente"}
    mail.outbox.clear()
    assert monday() == {}

    week = Subscription.objects.get(scope_kind="week")
    assert week.due_at > timezone.now() + LATER
    pause(week)
    Subscription.objects.filter(pk=week.pk).update(due_at=timezone.now())
    assert monday() == {}
    Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())
    follow_work()
    assert not Subscription.objects.filter(scope_kind="week").exists()


def test_a_week_without_anything_is_no_letter(lecce):
    add_member(lecce, email="referente@example.org", role=_ROLE.REFERENTE, by=SYSTEM)
    follow_work()

    assert monday() == {}


def test_the_page_shows_what_the_week_would_say(client, lecce, published):
    user = add_member(lecce, email="referente@example.org", role=_ROLE.REFERENTE, by=SYSTEM).user
    follow_work()
    client.force_login(user)

    page = client.get("/avvisi").content.decode()
    trial = client.get(link_in(f"http://localhost:8000{_trial(page)}", "prova")).content.decode()

    assert WEEK in page and "la settimana di un ente" in page
    assert "1 dataset pubblicato." in trial


def _trial(page: str) -> str:
    """The address of the trial that comes after the title of the week."""
    start = page.index("/avvisi/", page.index(WEEK))
    uuid = Subscription.objects.get(scope_kind="week").uuid
    token = page[start + len("/avvisi/") :].partition("/")[0]
    return f"/avvisi/{token}/{uuid}/prova"


def test_three_times_a_year_everybody_is_asked_what_they_still_want(client, published):
    following()
    following("portal", "", email="nuova@example.org")
    Subscription.objects.filter(subscriber__email="rita@example.org").update(confirmed_at=timezone.now() - EVERY)
    now = timezone.now()

    assert [ask_who_still_follows(now + timedelta(days=days)) for days in (0, 1, 121, 123)] == [1, 0, 0, 2]

    letter = mail.outbox[0]
    assert letter.to == ["rita@example.org"] and "Alberi del verde pubblico" in letter.body
    assert client.get(link_in(letter.body, "/avvisi/")).status_code == 200
    client.post(letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000"))
    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["nuova@example.org"]


def test_what_comes_with_a_role_is_asked_of_nobody(lecce):
    add_member(lecce, email="referente@example.org", role=_ROLE.REFERENTE, by=SYSTEM)
    follow_work()

    assert ask_who_still_follows(timezone.now() + 2 * EVERY) == 0


def _a_pause(published, days: int) -> None:
    """The last look of a worker was so many days ago; two things have happened since, and one more today."""
    rename(published, "Nome vecchio")
    rename(published, "Nome meno vecchio")
    told()
    long_ago = timezone.now() - timedelta(days=days)
    Event.objects.filter(seq__gt=Mark.objects.get().seq).update(at=long_ago + timedelta(hours=1))
    Mark.objects.update(looked_at=long_ago)
    rename(published, "Nome nuovo")


@pytest.mark.parametrize(("days", "is_long"), [(6, False), (9, True)])
def test_after_a_long_pause_there_is_one_sentence_instead_of_everything(client, lecce, published, ada, days, is_long):
    following()
    following(email="", user=ada, channel="inbox")
    publish(create_draft(trees("c_e506:panchine"), holder=lecce, by=SYSTEM), by=SYSTEM)
    everything_happens()
    _a_pause(published, days)

    everything_happens()

    assert ("sono successe 2 cose" in letters()[-1]) is is_long
    assert letters()[-1].count("Descrizione modificata") == 1
    assert InboxNotice.objects.exclude(words="").exists() is is_long
    client.force_login(ada)
    page = client.get("/avvisi/posta").content.decode()
    assert ("gli avvisi sono stati fermi" in page) is is_long and "Descrizione modificata" in page
    assert set(Delivery.objects.values_list("status", flat=True)) == {"sent"}


def test_the_same_pause_is_noted_once(published):
    following()
    _a_pause(published, 9)

    match_new()
    match_new()
    everything_happens()

    assert letters()[-1].count("gli avvisi sono stati fermi") == 1
