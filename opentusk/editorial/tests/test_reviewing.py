"""Proves that the second person is another one, that what changes is looked at again, and that rights end at once."""

from dataclasses import replace

import pytest
from django.core import mail

from opentusk.bodies.models import Membership
from opentusk.catalog.actions import add_file_version, attach_file, change_record, create_draft, lift_hold, publish
from opentusk.catalog.errors import NotAllowed, OnHold
from opentusk.catalog.models import Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.editorial.actions import approve, ask_review, send_back, set_policy, sign_declaration
from opentusk.editorial.authorship import corrections_after
from opentusk.editorial.errors import NobodyAsks
from opentusk.editorial.tests.conftest import ANSWERS, member, open_kinds
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.journal.tasks import run_next

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(lecce, bice):
    set_policy(lecce, wanted=True, by=bice)


@pytest.fixture
def declared(policy, draft, ada):
    sign_declaration(draft, ANSWERS, by=ada)
    return draft


def work() -> None:
    """What the worker does until nothing is left."""
    while run_next():
        pass


def review_of(dataset) -> Hold:
    return Hold.objects.still_open().of_kind("review").get(dataset=dataset)


def test_a_draft_waits_for_somebody_else_than_who_wrote_it(declared, ada, bice):
    with pytest.raises(OnHold):
        publish(declared, by=ada)
    hold = ask_review(declared, by=ada, note="Guarda il titolo")
    assert hold.facts["is_asked"]

    with pytest.raises(NotAllowed):
        approve(hold, by=ada)
    approve(hold, by=bice)

    publish(declared, by=ada)


def write(dataset, by, **fields) -> None:
    dataset.refresh_from_db()
    change_record(dataset, replace(to_record(dataset), **fields), by=by, expected=dataset.checksum)


def test_a_reviewer_who_corrects_a_draft_may_approve_it_and_the_other_reviewers_hear_of_it(lecce, declared, bice, ada):
    member(lecce, "carlo@example.org", "revisore")
    ask_review(declared, by=ada)
    write(declared, bice, title={"it": "Corretto da Bice"})

    assert [one.fields for one in corrections_after(review_of(declared))] == [("titolo",)]
    approve(review_of(declared), by=bice)
    work()

    [letter] = mail.outbox
    assert letter.to == ["carlo@example.org"]
    assert "titolo" in letter.body and f"/scrivania/dataset/{declared.pk}" in letter.body


def test_an_approval_without_corrections_writes_to_nobody(lecce, declared, bice, ada):
    member(lecce, "carlo@example.org", "revisore")
    ask_review(declared, by=ada)

    approve(review_of(declared), by=bice)
    work()

    assert not mail.outbox


def test_who_asks_is_an_author_whoever_wrote(declared, bice):
    ask_review(declared, by=bice)

    with pytest.raises(NotAllowed):
        approve(review_of(declared), by=bice)


def test_nobody_approves_what_is_mainly_their_own(lecce, declared, bice, ada):
    rewritten = {"description": {"it": "Riscritta da capo da Bice, che ora ne sa di più."}, "title": {"it": "Di Bice"}}
    theme = ("http://publications.europa.eu/resource/authority/data-theme/TRAN",)
    frequency = "http://publications.europa.eu/resource/authority/frequency/DAILY"
    write(declared, bice, **rewritten, theme=theme, accrual_periodicity=frequency, keyword={"it": ("bosco",)})
    ask_review(declared, by=ada)

    with pytest.raises(NotAllowed):
        approve(review_of(declared), by=bice)
    approve(review_of(declared), by=member(lecce, "carlo@example.org", "revisore"))


def test_nobody_approves_data_that_they_gave(lecce, declared, give, bice, ada):
    attach_file(declared, give(b"a;b\n1;2\n"), name="a.csv", by=bice)
    ask_review(declared, by=ada)

    with pytest.raises(NotAllowed):
        approve(review_of(declared), by=bice)


def test_a_rule_set_later_does_not_let_the_author_approve(draft, lecce, bice):
    own = create_draft(trees("c_e506:mio"), holder=lecce, by=bice)
    set_policy(lecce, wanted=True, by=bice)

    with pytest.raises(NotAllowed):
        approve(review_of(own), by=bice)


def test_what_changes_after_the_approval_is_looked_at_again(declared, ada, bice):
    approve(review_of(declared), by=bice)
    declared.refresh_from_db()

    changed = replace(to_record(declared), title={"it": "Cambiato dopo"})
    change_record(declared, changed, by=ada, expected=declared.checksum)

    with pytest.raises(OnHold):
        publish(declared, by=ada)


def test_it_is_sent_back_with_a_word_and_asked_again(declared, ada, bice):
    ask_review(declared, by=ada)

    hold = send_back(review_of(declared), by=bice, note="Manca la fonte")
    work()
    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert "Manca la fonte" in letter.body and f"/scrivania/dataset/{declared.pk}/revisione" in letter.body
    assert (hold.facts["is_asked"], hold.facts["sent_back"]) == (False, "Manca la fonte")

    assert ask_review(declared, by=ada).facts["sent_back"] == ""


def test_new_data_of_a_public_dataset_are_looked_at_too(draft, give, ada, bice, lecce):
    row = attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada, license=distribution("x").license)
    sign_declaration(draft, ANSWERS, by=ada)
    lift_hold(Hold.objects.get(kind="examination"), by=SYSTEM, reason="letto")
    publish(draft, by=ada)
    set_policy(lecce, wanted=True, by=bice)

    version = add_file_version(row, give(b"a;b\n3;4\n"), name="a.csv", by=ada)
    lift_hold(Hold.objects.still_open().get(kind="examination"), by=SYSTEM, reason="letto")
    assert FileVersion.objects.get(pk=version.pk).is_pending

    approve(review_of(draft), by=bice)
    assert FileVersion.objects.get(pk=version.pk).is_public


def test_the_rule_holds_drafts_that_were_begun_before_it_and_lets_them_go_with_it(draft, lecce, ada, bice):
    assert open_kinds() == ["declaration"]

    set_policy(lecce, wanted=True, by=bice)
    assert open_kinds() == ["declaration", "review"]
    set_policy(lecce, wanted=False, by=bice)
    assert open_kinds() == ["declaration"]
    with pytest.raises(NobodyAsks):
        ask_review(draft, by=ada)


def test_only_who_leads_the_body_sets_the_rule(lecce, ada, bruno):
    for by in (ada, bruno):
        with pytest.raises(NotAllowed):
            set_policy(lecce, wanted=True, by=by)


def test_a_role_that_ended_approves_nothing(declared, bice, lecce):
    Membership.objects.filter(user=bice.user_id).update(ended_at="2026-01-01T00:00:00Z")

    with pytest.raises(NotAllowed):
        approve(review_of(declared), by=bice)


def test_a_suspended_body_reviews_and_signs_nothing(declared, ada, bice, lecce):
    lecce.status = "suspended"
    lecce.save(update_fields=["status"])

    with pytest.raises(NotAllowed):
        approve(review_of(declared), by=bice)
    with pytest.raises(NotAllowed):
        sign_declaration(declared, ANSWERS, by=ada)
