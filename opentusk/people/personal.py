"""What the portal knows of a person, room by room: given out, and taken away.

`config/personal_data.py` lists the rooms that keep something; each says what it is and forgets it in its own way, so
that counts stay what they were.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from opentusk.people.models import User

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """A room that keeps something of people.

    `export` is the dotted path of `(user) -> {table: rows}`, `forget` that of `(user, tombstone) -> None`, called
    inside the transaction that closes the account; `tombstone` replaces the person's key. `columns` names every column
    that refers to a person (`app.Model.field`), which a test compares with the models.
    """

    room: str
    export: str
    forget: str
    columns: tuple[str, ...]


def everything_about(user: User) -> Rows:
    """Every row about a person, room by room; times as ISO text."""
    rows: Rows = {}
    for kept in _rooms():
        rows |= cast(Callable[[User], Rows], import_string(kept.export))(user)
    return rows


def forget_everywhere(user: User, tombstone: str) -> None:
    """Let every room forget a person, inside the caller's transaction."""
    for kept in _rooms():
        cast(Callable[[User, str], None], import_string(kept.forget))(user, tombstone)


def _rooms() -> tuple[PersonalData, ...]:
    return cast(tuple[PersonalData, ...], import_string(settings.PERSONAL_DATA))
