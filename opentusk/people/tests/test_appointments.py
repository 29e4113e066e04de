"""Proves that only who runs the portal says who moderates and who leads tables, at once, and that it is told."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from opentusk.journal.models import Entry
from opentusk.people.actors import actor_of
from opentusk.people.appointments import appoint, dismiss
from opentusk.people.errors import NotAllowed, UnknownAccount
from opentusk.people.models import RoleGrant, User
from opentusk.people.roles import has_role

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
EVENT = "programme.event:1"


@pytest.fixture
def admin():
    return User.objects.create_user("ada@example.org", desk_role=User.DeskRole.ADMIN)


@pytest.fixture
def mara():
    return User.objects.create_user("mara@example.org")


def test_a_role_holds_at_once_is_written_down_and_the_person_is_told(admin, mara, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        grant = appoint(" Mara@example.org", Role.FACILITATOR, by=actor_of(admin), scope=EVENT)
        assert appoint("mara@example.org", Role.FACILITATOR, by=actor_of(admin), scope=EVENT) == grant

    assert has_role(actor_of(mara), Role.FACILITATOR, EVENT) and not has_role(actor_of(mara), Role.FACILITATOR)
    entry = Entry.objects.get(event="people.role_granted")
    assert (entry.actor, entry.facts) == (f"people.user:{admin.pk}", {"role": "facilitator", "scope": EVENT})
    assert [letter.to for letter in mail.outbox] == [["mara@example.org"]]
    assert "hai un incarico: facilitazione" in mail.outbox[0].body


def test_a_role_that_is_taken_back_ends_at_once_and_once(admin, mara, django_capture_on_commit_callbacks):
    grant = appoint("mara@example.org", Role.MODERATOR, by=actor_of(admin), scope=EVENT)
    assert grant.scope == ""  # moderation is for the whole portal

    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            dismiss(grant, by=actor_of(admin))

    assert not has_role(actor_of(mara), Role.MODERATOR)
    assert Entry.objects.filter(event="people.role_ended").count() == len(mail.outbox) == 1
    assert "non hai più l'incarico: moderazione" in mail.outbox[0].body


@pytest.mark.parametrize("desk_role", [User.DeskRole.NONE, User.DeskRole.EDITOR])
def test_nobody_else_gives_or_takes_roles(client, admin, mara, desk_role):
    other = User.objects.create_user("elio@example.org", desk_role=desk_role)
    grant = appoint("mara@example.org", Role.MODERATOR, by=actor_of(admin))
    for act in (lambda: appoint("elio@example.org", Role.MODERATOR, by=actor_of(other)),
                lambda: dismiss(grant, by=actor_of(other))):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()

    client.force_login(other)
    answers = [client.get("/scrivania/incarichi"), client.post("/scrivania/incarichi", {}),
               client.post(f"/scrivania/incarichi/{grant.pk}/revoca")]  # fmt: skip
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert has_role(actor_of(mara), Role.MODERATOR)


def test_an_address_without_an_account_and_the_roles_of_hackathons_are_refused(admin, mara):
    User.objects.create_user("via@example.org", is_active=False)
    for address in ("nessuno@example.org", "via@example.org"):
        with pytest.raises(UnknownAccount):
            appoint(address, Role.MODERATOR, by=actor_of(admin))
    with pytest.raises(NotAllowed):
        appoint("mara@example.org", Role.JUROR, by=actor_of(admin))
    grant = RoleGrant.objects.create(user=mara, role=Role.JUROR, scope="hackathon.hackathon:1")
    with pytest.raises(NotAllowed):
        dismiss(grant, by=actor_of(admin))


def test_the_database_keeps_one_standing_role_of_a_kind(admin, mara):
    appoint("mara@example.org", Role.MODERATOR, by=actor_of(admin))

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=mara, role=Role.MODERATOR)


def test_the_page_finds_by_address_gives_and_takes_back(client, admin, mara):
    client.force_login(admin)
    RoleGrant.objects.create(user=User.objects.create_user("gino@example.org"), role=Role.JUROR)
    unknown = client.post("/scrivania/incarichi", {"email": "x@example.org", "role": "moderator", "scope": ""})
    given = client.post(
        "/scrivania/incarichi", {"email": "mara@example.org", "role": "facilitator", "scope": ""}, follow=True
    ).content.decode()
    found = client.get("/scrivania/incarichi?q=MARA").content.decode()
    missing = client.get("/scrivania/incarichi?q=elio@example.org").content.decode()

    assert unknown.status_code == 400 and "Nessun account ha l&#x27;indirizzo x@example.org" in unknown.content.decode()
    assert "mara@example.org ha l&#x27;incarico: facilitazione." in given and "gino@example.org" in given
    assert "mara@example.org" in found and "gino@example.org" not in found and "ovunque" in found
    assert "Nessun incarico per «elio@example.org»" in missing and 'value="elio@example.org"' in missing
    grant = RoleGrant.objects.get(user=mara)
    ended = client.post(f"/scrivania/incarichi/{grant.pk}/revoca", follow=True).content.decode()
    assert "non ha più l&#x27;incarico" in ended and not RoleGrant.objects.valid().filter(user=mara).exists()
    assert client.post(f"/scrivania/incarichi/{grant.pk}/revoca").status_code == 404
    assert "/scrivania/incarichi" in client.get("/scrivania").content.decode()
