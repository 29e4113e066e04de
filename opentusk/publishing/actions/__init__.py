"""Every write of the publishing room; what happens to a dataset is asked of the catalogue's actions."""

from opentusk.publishing.actions.beginning import (
    begin_with_address,
    begin_with_file,
    begin_with_service,
    fetch_file,
    guide_of,
    put_file,
)
from opentusk.publishing.actions.describing import describe, forget_typed, remember_typed
from opentusk.publishing.actions.offering import offer_csv
from opentusk.publishing.actions.renewing import confirm_update, renew, throw_away

__all__ = [
    "begin_with_address",
    "begin_with_file",
    "begin_with_service",
    "confirm_update",
    "describe",
    "fetch_file",
    "forget_typed",
    "guide_of",
    "offer_csv",
    "put_file",
    "remember_typed",
    "renew",
    "throw_away",
]
