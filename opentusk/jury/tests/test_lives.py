"""Proves the lives of jurors and sheets: every pair of a state and a deed, by the deed itself."""

from itertools import product

import pytest

from opentusk.hackathon.errors import IllegalMove, InConflict
from opentusk.hackathon.models import Juror, Sheet
from opentusk.hackathon.states import JurorState, SheetState
from opentusk.hackathon.tests.conftest import marks
from opentusk.journal.actors import SYSTEM
from opentusk.jury import actions

pytestmark = pytest.mark.django_db
J, S = JurorState, SheetState
# What each deed makes of a juror in each state; nothing: it is refused.
JURORS = {
    "accept": {J.INVITED: J.ACCEPTED, J.ACCEPTED: J.ACCEPTED, J.DECLARED: J.DECLARED},
    "declare": {J.ACCEPTED: J.DECLARED, J.DECLARED: J.DECLARED},
    "replace": dict.fromkeys(J, J.REPLACED),
    "mark": {J.DECLARED: J.DECLARED},
}
SHEETS = {
    "keep": {S.DRAFT: S.DRAFT, S.SUBMITTED: S.DRAFT},
    "hand in": {S.DRAFT: S.SUBMITTED, S.SUBMITTED: S.SUBMITTED},
    "abstain": {S.DRAFT: S.RECUSED, S.SUBMITTED: S.RECUSED},
}


@pytest.fixture
def entry(enter, jury, judging):
    made = enter("Alfa")
    jury(2)
    judging(made)
    return made


@pytest.mark.parametrize(("before", "deed"), list(product(J, JURORS)))
def test_every_pair_of_states_of_a_juror_that_is_not_in_the_table_is_refused(entry, before, deed):
    juror = Juror.objects.order_by("pk").last()
    Juror.objects.filter(pk=juror.pk).update(state=before)
    juror.refresh_from_db()
    do = {
        "accept": lambda: actions.accept_juror(juror, user=None),
        "declare": lambda: actions.declare_conflicts(juror, {}),
        "replace": lambda: actions.replace_juror(juror, by=SYSTEM),
        "mark": lambda: actions.save_sheet(juror, entry, marks(10, 8, 8, 8, 8), is_final=True),
    }[deed]

    if before in JURORS[deed]:
        do()
    else:
        with pytest.raises(IllegalMove):
            do()
    assert Juror.objects.get(pk=juror.pk).state == JURORS[deed].get(before, before)


@pytest.mark.parametrize(("before", "deed"), list(product(S, SHEETS)))
def test_every_pair_of_states_of_a_sheet_that_is_not_in_the_table_is_refused(entry, before, deed):
    juror = Juror.objects.order_by("pk").last()
    actions.save_sheet(juror, entry, marks(10, 8, 8, 8, 8), is_final=before == S.SUBMITTED)
    if before == S.RECUSED:
        actions.recuse(juror, entry, reason="Un parente nella squadra.")
    do = {
        "keep": lambda: actions.save_sheet(juror, entry, marks(1, 1, 1, 1, 1), is_final=False),
        "hand in": lambda: actions.save_sheet(juror, entry, marks(1, 1, 1, 1, 1), is_final=True),
        "abstain": lambda: actions.recuse(juror, entry, reason="Un parente nella squadra."),
    }[deed]

    if before in SHEETS[deed]:
        do()
    else:
        with pytest.raises(InConflict):
            do()
    assert Sheet.objects.get().state == SHEETS[deed].get(before, before)
