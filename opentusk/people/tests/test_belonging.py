"""Proves that an account needs only an address, that everything comes back, and that leaving leaves no one behind."""

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from opentusk.bodies.actions import add_member, ensure_agent
from opentusk.bodies.models import Membership
from opentusk.comments.actions import post
from opentusk.comments.threads import count_of, thread_of
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Entry
from opentusk.kit.records import Agent as AgentRecord
from opentusk.people import belonging
from opentusk.people.actors import actor_of
from opentusk.people.consents import give_consent, withdraw_consent
from opentusk.people.errors import LastAdmin
from opentusk.people.models import Consent, User

pytestmark = pytest.mark.django_db
NEWSLETTER = Consent.Purpose.NEWSLETTER

# Addresses of offices, and of people who act for a body in a document: kept as the records schedule says.
OF_BODIES = {
    "bodies.Agent.contact_email",
    "joining.Agreement.pec",
    "joining.Accreditation.requester_email",
    "joining.Accreditation.referente_email",
    "joining.Accreditation.rtd_email",
    "joining.Accreditation.dpo_email",
    "joining.Accreditation.contact_email",
    "people.User.email",
    "people.User.person_key",
}


def test_an_account_is_an_address_and_opens_with_the_letter(client):
    said = {"email": "Dora@example.org", "world": "citizens", "consent_newsletter": "on", "website": ""}
    assert client.post("/registrati", said).status_code == 200
    user = User.objects.get()
    assert (user.email, user.world, user.confirmed_at, user.has_usable_password()) == (
        "dora@example.org",
        "citizens",
        None,
        False,
    )
    link = re.search(r"/accedi/collegamento/\S+", mail.outbox[0].body).group()

    client.post(link)

    assert User.objects.get().confirmed_at is not None
    assert client.get("/profilo/dati").status_code == 200
    assert Consent.objects.standing().get().purpose == NEWSLETTER


def test_the_answer_never_tells_whether_there_was_an_account(client):
    User.objects.create_user("dora@example.org")
    said = [client.post("/registrati", {"email": f"{name}@example.org"}) for name in ("dora", "nuova")]

    words = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in said]
    assert words[0] == words[1]
    assert len(mail.outbox) == 2


def test_a_program_that_fills_in_everything_is_refused(client):
    assert client.post("/registrati", {"email": "x@example.org", "website": "http://spam"}).status_code == 400
    assert not User.objects.exists()


def test_nothing_is_ticked_before(client):
    assert b"checked" not in client.get("/registrati").content


def test_a_yes_is_kept_with_its_text_and_taken_back_as_easily(client):
    user = User.objects.create_user("dora@example.org")
    client.force_login(user)
    client.post("/profilo/dati", {"world": "students", "public_name": "Dora", "consent_newsletter": "on"})
    assert Consent.objects.standing().get().text_version == "2026-11"

    client.post("/profilo/dati", {"world": "students", "public_name": "Dora"})

    assert not Consent.objects.standing().exists()
    assert Consent.objects.of(user).get().withdrawn_at is not None
    user.refresh_from_db()
    assert (user.world, user.public_name) == ("students", "Dora")


def test_yes_twice_is_yes_once():
    user = User.objects.create_user("dora@example.org")

    assert give_consent(user, NEWSLETTER) == give_consent(user, NEWSLETTER)
    assert [withdraw_consent(user, NEWSLETTER) for _time in range(2)] == [True, False]


def test_unconfirmed_accounts_are_forgotten_after_a_week_unless_something_names_them():
    old = timezone.now() - timedelta(days=8)
    for name in ("forgotten", "named", "fresh", "confirmed"):
        User.objects.create_user(f"{name}@example.org", joined_at=timezone.now() if name == "fresh" else old)
    User.objects.filter(email="confirmed@example.org").update(confirmed_at=old)
    lecce = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    add_member(lecce, email="named@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)

    assert belonging.forget_unconfirmed() == 1
    assert not User.objects.filter(email="forgotten@example.org").exists()


def test_invariant_24_every_column_with_an_address_or_a_key_of_a_person_is_given_out_and_forgotten():
    rooms = import_string("opentusk.config.personal_data.PERSONAL_DATA")
    registered = {column for room in rooms for column in room.columns}
    personal = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("opentusk")
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField) or field.name == "person_key"
    }

    assert personal - registered - OF_BODIES == set()
    assert {column for column in registered if column.count(".") != 2} == set()
    for column in registered:
        label, _dot, name = column.rpartition(".")
        assert apps.get_model(label)._meta.get_field(name)


def test_invariant_24_the_export_holds_every_row_about_the_person(client):
    lecce = ensure_agent(AgentRecord(identifier="c_e506", name="Comune di Lecce"), by=SYSTEM)
    user = add_member(lecce, email="ada@example.org", role=Membership.Role.REFERENTE, by=SYSTEM).user
    post("demand.wanteddataset:1", "Serve la specie.", by=actor_of(user))
    give_consent(user, NEWSLETTER)
    client.force_login(user)

    answer = client.get("/profilo/dati/scarica")

    archive = zipfile.ZipFile(BytesIO(answer.content))
    given = json.loads(archive.read("dati.json"))
    assert given["account"][0]["e-mail"] == "ada@example.org"
    assert [row["testo"] for row in given["commenti"]] == ["Serve la specie."]
    assert [row["ente"] for row in given["enti"]] == ["Comune di Lecce"]
    named = {row["tabella"] for row in given["altre righe che ti nominano"]}
    assert named >= {"appartenenza", "commento", "consenso"}
    assert "Serve la specie." in archive.read("dati.html").decode()


def test_invariant_24_leaving_takes_the_person_and_leaves_the_counts(client):
    user = User.objects.create_user("dora@example.org", "una frase abbastanza lunga", name="Dora B.", world="citizens")
    post("demand.wanteddataset:1", "Serve la specie.", by=actor_of(user))
    give_consent(user, NEWSLETTER)
    client.force_login(user)
    assert client.post("/profilo/dati/cancella", {"email": "altra@example.org"}).status_code == 400

    client.post("/profilo/dati/cancella", {"email": "dora@example.org"})

    left = User.objects.get()
    assert (left.is_active, left.name, left.world) == (False, "", "citizens")
    assert left.email.endswith("@cancellato.invalid")
    assert [one.signature for one in thread_of("demand.wanteddataset:1")] == ["Partecipante cancellato"]
    assert count_of("demand.wanteddataset:1") == 1
    assert not Consent.objects.exists()
    assert client.get("/profilo").status_code == 302
    assert client.post("/accedi", {"email": left.email, "password": "una frase abbastanza lunga"}).status_code == 400
    assert "dora" not in str(list(Entry.objects.values_list("facts", "changes", "actor_label"))).lower()


def test_the_last_who_runs_the_portal_cannot_leave():
    user = User.objects.create_user("admin@example.org", desk_role="admin")

    with pytest.raises(LastAdmin):
        belonging.leave(user)
