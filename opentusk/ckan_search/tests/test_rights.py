"""Proves that nobody finds, counts or is told of what they may not see, whatever they ask for."""

import itertools

import pytest
from django.utils import timezone

from opentusk.bodies.actions import add_member
from opentusk.bodies.models import Membership
from opentusk.ckan.tests.conftest import Ckan, key_of
from opentusk.ckan_search.tests.conftest import names
from opentusk.journal.actors import SYSTEM
from opentusk.people.models import ApiToken

PUBLIC = {"c_e506-alberi", "c_e506-strade", "c_a662-scuole"}
OF_LECCE = {"include_drafts": {"c_e506-segreto"}, "include_deleted": {"c_e506-perduto"}, "include_private": set()}
OF_BARI = {"include_drafts": {"c_a662-segreto"}, "include_deleted": set(), "include_private": set()}
NOTHING = {flag: set() for flag in OF_LECCE}
EVERYTHING = {flag: OF_LECCE[flag] | OF_BARI[flag] for flag in OF_LECCE}
FLAGS = tuple(
    dict.fromkeys(flags, "true") for size in range(4) for flags in itertools.combinations(sorted(OF_LECCE), size)
)  # fmt: skip
FACETS = {"facet.field": ["tags", "organization"], "facet.mincount": 0}
QUESTIONS = (
    {}, {"q": "segreto"}, {"fq": "state:(draft OR deleted)"}, {"fq": "NOT tags:alberi", "sort": "name asc"},
    {"fq_list": ["capacity:private OR state:draft OR *:*"]}, {"q": "name:*segreto*"}, {"fq": "tags:segretissimo"},
)  # fmt: skip


@pytest.fixture
def limited(client, lecce, bari):
    """Somebody who writes for both bodies, with a key for Bari alone."""
    member = add_member(lecce, email="eva@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    add_member(bari, email="eva@example.org", role=Membership.Role.REDATTORE, by=SYSTEM)
    return Ckan(client, key_of(member.user, ipa_code="c_a662"))


@pytest.mark.parametrize(
    ("who", "extra"),
    [("nobody", NOTHING), ("ada", OF_LECCE), ("bruno", OF_BARI), ("limited", OF_BARI), ("carla", EVERYTHING),
     ("diego", EVERYTHING)],
)  # fmt: skip
def test_every_caller_finds_exactly_what_is_theirs(catalogue, request, who, extra):
    caller = request.getfixturevalue(who)

    for flags in FLAGS:
        allowed = PUBLIC.union(*(extra[flag] for flag in flags))
        assert set(names(caller.ok("package_search", **flags))) == allowed
        for asked in QUESTIONS:
            answer = caller.ok("package_search", **asked, **flags, **FACETS)
            assert set(names(answer)) <= allowed
            assert answer["count"] == len(answer["results"])
            secret_tags = "segretissimo" in answer["facets"]["tags"]
            assert secret_tags == ("c_e506-segreto" in allowed)
            assert all(count <= len(allowed) for count in answer["facets"]["organization"].values())


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("package_autocomplete", {"q": "segreto"}),
        ("resource_search", {"query": "url:segreto"}),
        ("resource_search", {"query": "url:perduto"}),
    ],
)
def test_completion_and_resources_tell_only_what_is_public(catalogue, diego, action, asked):
    found = diego.ok(action, **asked)
    assert not (found["results"] if isinstance(found, dict) else found)


def test_a_withdrawn_key_finds_as_nobody(catalogue, ada, ada_account):
    ApiToken.objects.filter(user=ada_account).update(revoked_at=timezone.now())

    assert set(names(ada.ok("package_search", include_drafts=True, include_deleted=True))) == PUBLIC
