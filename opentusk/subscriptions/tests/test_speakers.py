"""Proves that a room above has its events told and its things followed by one line: on every channel, within rights."""

from datetime import date

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.journal.reactions import all_reactions
from opentusk.notices.models import Announcement, Event, Family
from opentusk.notices.tests.conftest import told
from opentusk.notices.tests.speaking import SPEAKER
from opentusk.people.actors import actor_of
from opentusk.people.models import User
from opentusk.subscriptions.actions import confirm, follow, follow_deeds, follow_work, pause, unsubscribe
from opentusk.subscriptions.links import manage_address
from opentusk.subscriptions.models import FAMILY_BITS, Subscription
from opentusk.subscriptions.tests.conftest import everything_happens, following, letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_line():
    with override_settings(NOTICE_SPEAKERS=[SPEAKER]):
        yield


@pytest.fixture
def item(published) -> Announcement:
    return Announcement.objects.create(dataset=published, text="Più alberi in centro", on=date(2027, 1, 1))


def reference(item: Announcement) -> str:
    return f"notices.announcement:{item.pk}"


def happens(item: Announcement, what: str, *, by=SYSTEM, is_public: bool = True, **facts):
    return record(f"notices.announcement_{what}", item, by=by, facts=facts, is_public=is_public)


def hide(item: Announcement) -> None:
    item.withdrawn_at = timezone.now()
    item.save(update_fields=["withdrawn_at"])


@pytest.mark.parametrize("scope", ["subject", "holder", "theme", "portal"])
def test_followers_of_the_thing_and_of_what_it_belongs_to_hear(client, item, scope):
    key = {"subject": reference(item), "holder": "c_e506", "theme": "ENVI", "portal": ""}[scope]
    subscription = following(scope, key)
    happens(item, "answered", answer="sì, dal 2027")

    assert everything_happens() == 1
    assert "Più alberi in centro" in letters()[0] and "Risposta: sì, dal 2027" in letters()[0]
    assert f"/annunci/{item.pk}" in letters()[0]
    if scope == "subject":
        assert subscription.title == "Più alberi in centro"


def test_its_events_are_read_on_pages_feeds_and_by_programs(client, item):
    happens(item, "answered", answer="sì")
    told()
    query = f"subject={reference(item)}"

    page = client.get(f"/novita?{query}").content.decode()
    feeds = [client.get(f"/novita.{kind}?{query}").content.decode() for kind in ("atom", "json")]
    event = client.get(f"/api/v1/events?{query}").json()["events"][0]

    assert "Risposta: sì" in page and "Più alberi in centro" in page and "richieste di dati" in page
    assert all("Risposta: sì" in feed and "Comune di Lecce" in feed for feed in feeds)
    assert event["data"]["subject"]["reference"] == reference(item)
    assert client.get("/novita").status_code == 200


def test_what_is_hidden_disappears_from_every_channel_and_comes_back(client, item):
    following("subject", reference(item))
    happens(item, "answered", answer="segreto")
    told()
    hide(item)

    assert everything_happens() == 0  # asked at the moment of sending, before the room has said a word
    happens(item, "hidden", is_public=False)
    told()
    assert client.get("/api/v1/events?family=demand").json()["events"] == []
    assert "segreto" not in client.get("/novita").content.decode()
    assert client.get(f"/segui?kind=subject&key={reference(item)}").status_code == 404

    item.withdrawn_at = None
    item.save(update_fields=["withdrawn_at"])
    happens(item, "shown")
    told()
    assert len(client.get("/api/v1/events?family=demand").json()["events"]) == 1


def test_what_is_private_is_heard_by_the_named_roles_alone(client, lecce, item):
    for role in (Membership.Role.REFERENTE, Membership.Role.REVISORE):
        add_member(lecce, email=f"{role}@example.org", role=role, by=SYSTEM)
    User.objects.create_user("desk@example.org", "una frase abbastanza lunga", desk_role=User.DeskRole.EDITOR)
    follow_work()
    following("subject", reference(item))
    happens(item, "assigned")

    everything_happens()

    told_to = {letter.to[0] for letter in mail.outbox if "Assegnato." in letter.body}
    assert told_to == {"referente@example.org", "desk@example.org"}
    assert f"/scrivania/annunci/{item.pk}" in next(text for text in letters() if "Assegnato." in text)


def test_whoever_supports_a_thing_follows_it_and_stops_when_they_like(item, ada):
    supported = happens(item, "supported", by=actor_of(ada))
    follow_deeds([supported, happens(item, "supported"), happens(item, "answered", answer="x", by=actor_of(ada))])
    subscription = Subscription.objects.get()
    happens(item, "answered", answer="sì")
    everything_happens()

    unsubscribe(subscription)

    assert (subscription.scope_key, subscription.subscriber.user) == (reference(item), ada)
    assert "Risposta: sì" in letters()[0]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("key", ["notices.announcement:0", "notices.announcement:", "people.user:1", "x", "a:²"])
def test_nothing_else_can_be_followed_by_its_number(client, item, key):
    assert client.get("/segui", {"kind": "subject", "key": key}).status_code == 404
    assert client.get("/novita", {"subject": key}).status_code == 200


def test_an_event_of_a_room_that_is_switched_off_still_has_a_page(client, item):
    happens(item, "answered", answer="sì")
    told()

    with override_settings(NOTICE_SPEAKERS=[]):
        page = client.get("/novita")

    assert page.status_code == 200
    assert Event.objects.filter(type="item.answered").exists()


def test_every_family_has_its_bit_and_reactions_listen_to_every_speaker():
    assert set(FAMILY_BITS) == set(Family.values)
    assert all(reaction.wants("notices.announcement_answered") for reaction in all_reactions()
               if reaction.name in {"notices", "subscriptions"})  # fmt: skip


@pytest.fixture
def other(published) -> Announcement:
    return Announcement.objects.create(dataset=published, text="Più verde ovunque", on=date(2027, 1, 1))


def joined(item: Announcement, other: Announcement, *, what: str = "joined"):
    """The entry of a merger, as read by the reaction."""
    entry = happens(item, what, to=reference(other))
    follow_deeds([entry])
    return entry


def followers(item: Announcement) -> list[str]:
    rows = Subscription.objects.filter(scope_key=reference(item)).order_by("subscriber__email")
    return [row.subscriber.email for row in rows]


def test_who_follows_what_is_merged_follows_on_once_and_as_before(item, other):
    following("subject", reference(item), rhythm="weekly", email="rita@example.org")
    following("subject", reference(item), email="both@example.org")
    following("subject", reference(other), rhythm="weekly", email="both@example.org")

    joined(item, other)
    happens(other, "answered", answer="sì")
    everything_happens()

    assert followers(other) == ["both@example.org", "rita@example.org"]
    assert set(Subscription.objects.filter(scope_key=reference(other)).values_list("rhythm", flat=True)) == {"weekly"}
    assert sorted(letter.to[0] for letter in mail.outbox if "Risposta: sì" in letter.body) == followers(other)


def test_the_list_shows_one_line_for_what_became_one(client, item, other):
    subscription = following("subject", reference(item))

    joined(item, other)
    page = client.get(manage_address(subscription.subscriber)).content.decode()

    assert "Più verde ovunque" in page and "Più alberi in centro" not in page


def test_what_was_paused_or_ended_is_not_heard_of_through_a_merger(item, other):
    pause(following("subject", reference(item), email="paused@example.org"))
    unsubscribe(following("subject", reference(item), email="gone@example.org"))

    joined(item, other)
    happens(other, "answered", answer="sì")

    assert everything_happens() == 0
    assert followers(other) == ["paused@example.org"]


def test_ending_what_was_carried_over_is_for_good_also_when_the_entry_is_read_again(item, other):
    following("subject", reference(item))
    following("portal", "")  # its key is empty, as is that of what was never merged
    entry = joined(item, other)

    unsubscribe(Subscription.objects.get(scope_key=reference(other)))
    follow_deeds([entry])
    unsubscribe(Subscription.objects.get(scope_kind="portal"))

    assert not Subscription.objects.exists()


def test_what_is_separated_again_is_followed_alone_unless_both_were_chosen(item, other, ada):
    third = Announcement.objects.create(dataset=item.dataset, text="Il terzo", on=date(2027, 1, 1))
    following("subject", reference(item))
    following("subject", reference(item), email="both@example.org")
    following("subject", reference(third))
    joined(item, other)
    joined(third, other)
    following("subject", reference(other), email="both@example.org")
    follow_deeds([happens(other, "supported", by=actor_of(ada))])

    joined(item, other, what="parted")
    assert followers(other) == ["ada@example.org", "both@example.org", "rita@example.org"]
    joined(third, other, what="parted")

    assert followers(other) == ["ada@example.org", "both@example.org"]
    assert followers(item) == ["both@example.org", "rita@example.org"]


def test_a_merger_of_mergers_is_one_step_and_ending_it_ends_all(item, other):
    third = Announcement.objects.create(dataset=item.dataset, text="Il terzo", on=date(2027, 1, 1))
    following("subject", reference(item))
    joined(item, other)
    joined(other, third)

    unsubscribe(Subscription.objects.get(scope_key=reference(third)))

    assert not Subscription.objects.exists()


def test_who_confirms_after_the_merger_follows_on_too(item, other):
    subscription = follow("subject", reference(item), email="late@example.org")
    joined(item, other)

    confirm(subscription.subscriber, str(subscription.uuid))
    happens(other, "answered", answer="sì")

    assert everything_happens() == 1
