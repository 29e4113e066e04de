"""Proves that the desk can run a consultation from its pages, from the draft to the frozen report."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opentusk.consultation import actions
from opentusk.consultation.models import Consultation, MilestoneReport
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import User

pytestmark = pytest.mark.django_db
DESK = "/scrivania/consultazioni"


@pytest.fixture
def desk(client, staff):
    client.force_login(User.objects.get(email="carla@example.org"))
    return client


def said(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_from_the_draft_to_the_report(desk, wish):
    wish()
    now = timezone.now()
    form = {
        "title": "Estate", "slug": "estate", "edition": "2023", "allow_endorse": "on",
        "opens_at": said(now - timedelta(days=2)), "closes_at": said(now + timedelta(days=2)),
    }  # fmt: skip
    spelt = desk.post(f"{DESK}/nuova", form | {"slug": "un'estate qui"})
    assert "Solo lettere senza accenti, cifre e trattini" in spelt.content.decode()
    wrong = desk.post(f"{DESK}/nuova", form | {"closes_at": form["opens_at"]})
    assert wrong.status_code == 400 and "chiudere dopo" in wrong.content.decode()

    desk.post(f"{DESK}/nuova", form)
    assert desk.get("/consultazioni/estate").status_code == 200
    desk.post(f"{DESK}/estate/annuncia")
    found = Consultation.objects.get(slug="estate")
    assert (found.state, found.allow_endorse, found.allow_new) == ("scheduled", True, False)
    for proposal in found.proposals.all():
        desk.post(f"{DESK}/estate/temi/{proposal.theme}", {"intro": "Tema.", "answer": "Sì."})
    refused = desk.post(f"{DESK}/estate/pubblica-risposte", follow=True)
    assert "questo non si può fare" in refused.content.decode()
    desk.post(f"{DESK}/estate", form | {"title": "Estate 2023", "closes_at": said(now - timedelta(days=1))})
    desk.post(f"{DESK}/estate/pubblica-risposte")
    desk.post(f"{DESK}/estate/rapporto")

    found.refresh_from_db()
    assert (found.title, found.state, found.report.kind) == ("Estate 2023", "reported", "consultation")
    assert desk.get(f"{DESK}/estate").status_code == desk.get(f"{DESK}/estate/temi/ENVI").status_code == 200
    desk.post(f"{DESK}/datalab/2023")
    assert MilestoneReport.objects.filter(kind="datalab").exists() and "fissati il" in desk.get(DESK).content.decode()


@pytest.mark.parametrize("slug", ["nuova", "decidim", "datalab"])
def test_no_consultation_takes_the_address_of_a_page_of_the_desk(desk, wish, slug):
    wish()

    refused = desk.post(f"{DESK}/nuova", {"title": "Estate", "slug": slug, "edition": "2023"})

    assert refused.status_code == 400 and "scegline un altro" in refused.content.decode()
    assert not Consultation.objects.exists()


def test_it_is_for_the_desk_alone(client, consultation, dora):
    draft = actions.create_consultation(by=SYSTEM, slug="bozza", edition="2023", title="Bozza")
    client.force_login(User.objects.get(email="dora@example.org"))

    assert client.get("/consultazioni/bozza").status_code == 404
    for address in (DESK, f"{DESK}/nuova", f"{DESK}/bozza", f"{DESK}/bozza/temi/ENVI"):
        assert client.get(address).status_code == 403
    for step in ("annuncia", "rapporto"):
        assert client.post(f"{DESK}/bozza/{step}").status_code == 403
    draft.refresh_from_db()
    assert draft.state == "draft"
