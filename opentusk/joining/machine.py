"""The states of a request to join, as one table: which follows which, and who may say so.

Source: the accreditation of bodies in `domain/rules.md` §11 (our design of the procedure of DGR 584/2023). Two pairs
are read into its arrows: an act may answer a request for integration, and a suspended body may end without being
given its rights back first.
"""

from collections.abc import Mapping
from enum import StrEnum

from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S


class Party(StrEnum):
    """Who acts."""

    BODY = "body"
    DESK = "desk"


# (from, to) -> who may say so. What the body may do, the desk may do for it.
MOVES: Mapping[tuple[S, S], Party] = {
    (S.REQUESTED, S.UNDER_REVIEW): Party.DESK,
    (S.UNDER_REVIEW, S.INTEGRATION_REQUESTED): Party.DESK,
    (S.UNDER_REVIEW, S.REJECTED): Party.DESK,
    (S.UNDER_REVIEW, S.ACT_UPLOADED): Party.BODY,
    (S.INTEGRATION_REQUESTED, S.UNDER_REVIEW): Party.BODY,
    (S.INTEGRATION_REQUESTED, S.ACT_UPLOADED): Party.BODY,
    (S.ACT_UPLOADED, S.SCHEME_SIGNED): Party.BODY,
    (S.SCHEME_SIGNED, S.TRANSMITTED): Party.DESK,
    (S.TRANSMITTED, S.ACTIVE): Party.DESK,
    (S.ACTIVE, S.SUSPENDED): Party.DESK,
    (S.SUSPENDED, S.ACTIVE): Party.DESK,
    (S.ACTIVE, S.ENDED): Party.DESK,
    (S.SUSPENDED, S.ENDED): Party.DESK,
}

_WAITS_FOR: Mapping[str, Party] = {
    S.REQUESTED: Party.DESK,
    S.UNDER_REVIEW: Party.BODY,
    S.INTEGRATION_REQUESTED: Party.BODY,
    S.ACT_UPLOADED: Party.BODY,
    S.SCHEME_SIGNED: Party.BODY,
    S.TRANSMITTED: Party.DESK,
}


def waits_for(accreditation: Accreditation) -> Party | None:
    """Who must act now; None where nothing is awaited."""
    if accreditation.status == S.TRANSMITTED and not accreditation.has_people:
        return Party.BODY
    return _WAITS_FOR.get(accreditation.status)


def next_states(status: str) -> list[S]:
    """The states that may follow, in the order of the procedure."""
    return [target for source, target in MOVES if source == status]
