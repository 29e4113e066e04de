"""A request to join, brought to any state by the actions that bring real ones there."""

from collections.abc import Callable

import pytest

from opentusk.joining import actions
from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.steps import checks_for
from opentusk.joining.tests.files import ACT, PEOPLE, PROTOCOL, SCHEME, request_of, upload
from opentusk.journal.actors import SYSTEM

Bring = Callable[..., Accreditation]


def begin(accreditation: Accreditation, by=SYSTEM) -> None:
    actions.begin_review(accreditation, checks=checks_for(accreditation), by=by)


def upload_scheme(accreditation: Accreditation, by=SYSTEM) -> None:
    actions.upload_scheme(accreditation, SCHEME, upload=upload(name="schema.pdf"), by=by)


# By which action a request comes to each state.
STEPS = {
    S.UNDER_REVIEW: begin,
    S.INTEGRATION_REQUESTED: lambda row, by=SYSTEM: actions.request_integration(row, message="Manca", by=by),
    S.ACT_UPLOADED: lambda row, by=SYSTEM: actions.upload_act(row, ACT, upload=upload(), by=by),
    S.SCHEME_SIGNED: upload_scheme,
    S.TRANSMITTED: lambda row, by=SYSTEM: actions.note_transmission(row, PROTOCOL, by=by),
    S.ACTIVE: lambda row, by=SYSTEM: activate(row, by),
    S.SUSPENDED: lambda row, by=SYSTEM: _of_agent(actions.suspend, row, by),
    S.ENDED: lambda row, by=SYSTEM: _of_agent(actions.end, row, by),
    S.REJECTED: lambda row, by=SYSTEM: actions.reject(row, message="Non è titolare di dati", by=by),
}
_WAYS = {
    S.REQUESTED: (),
    S.UNDER_REVIEW: (S.UNDER_REVIEW,),
    S.INTEGRATION_REQUESTED: (S.UNDER_REVIEW, S.INTEGRATION_REQUESTED),
    S.REJECTED: (S.UNDER_REVIEW, S.REJECTED),
    S.ACT_UPLOADED: (S.UNDER_REVIEW, S.ACT_UPLOADED),
    S.SCHEME_SIGNED: (S.UNDER_REVIEW, S.ACT_UPLOADED, S.SCHEME_SIGNED),
    S.TRANSMITTED: (S.UNDER_REVIEW, S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED),
}
_WAYS[S.ACTIVE] = (*_WAYS[S.TRANSMITTED], S.ACTIVE)
_WAYS[S.SUSPENDED] = (*_WAYS[S.ACTIVE], S.SUSPENDED)
_WAYS[S.ENDED] = (*_WAYS[S.ACTIVE], S.ENDED)


def activate(accreditation: Accreditation, by) -> None:
    if not accreditation.has_people and accreditation.status == S.TRANSMITTED:
        actions.name_people(accreditation, PEOPLE, by=by)
    actions.activate(accreditation, by=by)


def _of_agent(act, accreditation: Accreditation, by) -> None:
    from django.utils import timezone

    assert accreditation.agent
    act(accreditation.agent, reason="Convenzione scaduta", on=timezone.localdate(), by=by)
    accreditation.refresh_from_db()


@pytest.fixture
def bring(db: None) -> Bring:
    """`bring(S.TRANSMITTED)`: a confirmed request in this state."""

    def make(status: S = S.REQUESTED, **asked: object) -> Accreditation:
        row = actions.confirm_request(actions.request_accreditation(request_of(**asked)))
        for step in _WAYS[status]:
            STEPS[step](row)
        return row

    return make
