"""Proves that nothing of people becomes public before somebody has answered for it, and again when it changes."""

from dataclasses import replace

import pytest

from opentusk.catalog.actions import add_file_version, attach_file, change_record, create_draft, lift_hold, publish
from opentusk.catalog.errors import NotAllowed, OnHold
from opentusk.catalog.models import Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.tests.records import distribution, trees
from opentusk.editorial.actions import note_columns, sign_declaration
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.models import Declaration
from opentusk.editorial.questions import QUESTIONS, Otherwise
from opentusk.editorial.tests.conftest import ANSWERS, open_kinds
from opentusk.journal.actors import SYSTEM

pytestmark = pytest.mark.django_db
OTHER = {"yes": "no", "no": "yes"}


def answered(code: str, note: str = ""):
    one = next(one for one in QUESTIONS if one.code == code)
    return {**ANSWERS, code: {"answer": OTHER[one.usual], "note": note}}


def test_a_draft_of_a_person_waits_until_somebody_signs(draft, ada):
    with pytest.raises(OnHold) as refused:
        publish(draft, by=ada)
    assert [hold.kind for hold in refused.value.holds] == ["declaration"]

    sign_declaration(draft, ANSWERS, by=ada)
    publish(draft, by=ada)

    signed = Declaration.objects.get()
    assert (signed.signed_by_id, signed.edition) == (ada.user_id, "2026-1")


def test_what_the_portal_itself_begins_asks_for_none(lecce):
    publish(create_draft(trees(), holder=lecce, by=SYSTEM), by=SYSTEM)

    assert not Hold.objects.exists()


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.code)
def test_each_question_must_be_answered(draft, ada, one):
    answers = {code: answer for code, answer in ANSWERS.items() if code != one.code}

    with pytest.raises(Unanswered) as refused:
        sign_declaration(draft, answers, by=ada)

    assert refused.value.missing == (one.code,)
    assert open_kinds() == ["declaration"]


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.code)
def test_an_answer_that_is_not_the_usual_one_forbids_or_is_explained(draft, ada, one):
    with pytest.raises(Unanswered) as refused:
        sign_declaration(draft, answered(one.code), by=ada)
    if one.otherwise is Otherwise.FORBIDS:
        assert refused.value.forbidding == (one.code,)
        with pytest.raises(Unanswered):
            sign_declaration(draft, answered(one.code, "ma io pubblico lo stesso"), by=ada)
    else:
        assert refused.value.unexplained == (one.code,)
        sign_declaration(draft, answered(one.code, "con il permesso scritto"), by=ada)
        assert open_kinds() == []


def test_only_a_person_of_the_body_signs(draft, bruno):
    for by in (SYSTEM, bruno):
        with pytest.raises(NotAllowed):
            sign_declaration(draft, ANSWERS, by=by)


def test_nobody_waves_a_declaration_through(draft, ada, bice):
    hold = Hold.objects.get(kind="declaration")

    for by in (ada, bice):
        with pytest.raises(NotAllowed):
            lift_hold(hold, by=by, reason="non serve")


def test_another_address_asks_for_another_signature(draft, ada):
    sign_declaration(draft, ANSWERS, by=ada)
    draft.refresh_from_db()
    more = replace(to_record(draft), distribution=(*to_record(draft).distribution, distribution("siepi")))

    changed = change_record(draft, more, by=ada, expected=draft.checksum)

    assert open_kinds() == ["declaration"]
    sign_declaration(changed, ANSWERS, by=ada)
    assert Declaration.objects.count() == 2


def test_another_title_does_not(draft, ada):
    sign_declaration(draft, ANSWERS, by=ada)
    draft.refresh_from_db()

    change_record(draft, replace(to_record(draft), title={"it": "Altro"}), by=ada, expected=draft.checksum)

    assert open_kinds() == []


def told(row, columns_hash: str) -> None:
    version = row.series.versions.newest_first()[0]
    note_columns(row.dataset, version=version, columns_hash=columns_hash, by=SYSTEM)


def test_the_columns_that_were_declared_are_remembered_and_others_ask_again(draft, give, ada):
    row = attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada)
    told(row, "first")
    sign_declaration(draft, ANSWERS, by=ada)
    assert Declaration.objects.get().columns == {str(row.series.uuid): "first"}

    told(row, "first")
    assert open_kinds() == ["examination"]
    told(row, "second")
    assert open_kinds() == ["declaration", "examination"]

    sign_declaration(draft, ANSWERS, by=ada)
    assert Declaration.objects.newest_first()[0].columns == {str(row.series.uuid): "second"}


def test_columns_told_after_the_signature_belong_to_it(draft, give, ada):
    row = attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada)
    sign_declaration(draft, ANSWERS, by=ada)

    told(row, "first")

    assert open_kinds() == ["examination"]
    assert Declaration.objects.get().columns == {str(row.series.uuid): "first"}


def test_each_file_has_columns_of_its_own(draft, give, ada):
    rows = [attach_file(draft, give(f"a;b\n{n};2\n".encode()), name=f"{n}.csv", by=ada) for n in range(2)]
    told(rows[0], "of the first")
    told(rows[1], "of the second")
    sign_declaration(draft, ANSWERS, by=ada)

    told(rows[0], "of the first")
    told(rows[1], "of the second")

    assert open_kinds() == ["examination", "examination"]


def test_new_columns_of_a_public_dataset_wait_and_the_old_ones_stay(draft, give, ada):
    row = attach_file(draft, give(b"a;b\n1;2\n"), name="a.csv", by=ada, license=distribution("x").license)
    told(row, "first")
    sign_declaration(draft, ANSWERS, by=ada)
    lift_hold(Hold.objects.still_open().get(), by=SYSTEM, reason="letto")
    publish(draft, by=ada)
    version = add_file_version(row, give(b"a;b;c\n1;2;3\n"), name="a.csv", by=ada)

    told(row, "second")
    lift_hold(Hold.objects.still_open().get(kind="examination"), by=SYSTEM, reason="letto")
    states = [one.state for one in row.series.versions.order_by("number")]
    assert (states, open_kinds()) == (["public", "pending"], ["declaration"])

    sign_declaration(draft, ANSWERS, by=ada)
    version.refresh_from_db()
    assert version.is_public
