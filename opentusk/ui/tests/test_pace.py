"""Proves what counts as too fast: a form that comes back at once does, one that was kept for days does not."""

from time import time

import pytest
from django.core.signing import BadSignature, Signer

from opentusk.ui.pace import begun, is_begun, is_too_fast


def token(*, seconds_ago: float) -> str:
    return Signer(salt="ui.pace").sign(f"{time() - seconds_ago:.1f}")


@pytest.fixture(autouse=True)
def two_seconds(settings):
    settings.FILLING_SECONDS = 2


@pytest.mark.parametrize(("seconds_ago", "expected"), [(0, True), (1, True), (2.2, False), (30 * 86_400, False)])
def test_only_what_comes_back_at_once_is_too_fast(seconds_ago, expected):
    assert is_too_fast(token(seconds_ago=seconds_ago)) is expected


def test_a_portal_may_ask_for_no_time_at_all(settings):
    settings.FILLING_SECONDS = 0

    assert not is_too_fast(begun())


@pytest.mark.parametrize("made_up", ["", "1000.0", "1000.0:abc", "{signed}x"])
def test_an_instant_that_nobody_here_signed_is_none(made_up):
    made_up = made_up.format(signed=begun())
    assert is_begun(begun()) and not is_begun(made_up)
    with pytest.raises(BadSignature):
        is_too_fast(made_up)
