"""Proves that who changes a dataset sees how many follow it, and nobody else does."""

import pytest

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.journal.actors import SYSTEM
from opentusk.subscriptions.tests.conftest import following

pytestmark = pytest.mark.django_db


def test_only_who_may_change_a_dataset_sees_how_many_follow_it(client, lecce, published, ada):
    following()
    following(email="bruno@example.org")
    following("portal", "", email="carla@example.org")
    address = f"/avvisi/frammenti/seguaci/{published.pk}"
    client.force_login(ada)
    refused = client.get(address)

    add_member(lecce, email=ada.email, role=Membership.Role.REDATTORE, by=SYSTEM)

    assert refused.status_code == 404
    page = client.get(address).content.decode()
    assert "2 persone seguono questo dataset." in page
    assert "nessun programma ha chiesto i suoi dati" in page
