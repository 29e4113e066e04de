"""What an action is given, and what it says of itself. Every room with CKAN actions exports a table of them.

The table, `ACTIONS: Mapping[str, Action]`, is named in `config/ckan_actions.py`; the protocol view finds an action
there by its name. An action returns what JSON can hold, or JSON (`Written`), and raises the faults of `ckan.errors`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from opentusk.ckan.errors import ValidationFault
from opentusk.files.upload_handler import AnyUploadedFile
from opentusk.journal.actors import Actor
from opentusk.kit.mapping.loose import read_json
from opentusk.people.models import ApiToken, User

_TRUE = frozenset({"true", "yes", "t", "y", "1"})


@dataclass(frozen=True)
class Call:
    """One request: who makes it, and what it says. `data` holds strings, or whatever JSON gave.

    A parameter that was repeated is a list of strings. `token` is None for readers with a session or without a name.
    """

    actor: Actor
    user: User | None
    token: ApiToken | None
    data: Mapping[str, Any]
    files: Mapping[str, AnyUploadedFile]
    is_get: bool
    request: HttpRequest
    # The packages that the action changed, for the envelope.
    changed: list[str] = field(default_factory=list)

    def text(self, name: str, default: str | None = None) -> str | None:
        """A text; numbers are taken as they are written."""
        value = self.data.get(name)
        if value is None:
            return default
        if isinstance(value, list | dict):
            raise ValidationFault({name: ["Must be a Unicode string value"]})
        return value if isinstance(value, str) else str(value)

    def required(self, name: str, told_as: str = "") -> str:
        """A text that must be there; `told_as` is what CKAN calls it when it is missing."""
        value = self.text(name)
        if not value:
            raise ValidationFault({told_as or name: ["Missing value"]})
        return value

    def boolean(self, name: str, default: bool) -> bool:
        """What CKAN takes for true: `true`, `yes`, `t`, `y`, `1`; everything else that is said is false."""
        value = self.data.get(name)
        if value is None:
            return default
        return is_true(value)

    def natural(self, name: str, default: int | None, maximum: int | None = None) -> int | None:
        """A whole number from 0; one above the maximum is the maximum, as CKAN does."""
        value = self.data.get(name)
        if value is None or value == "":
            return default
        number = whole(name, value)
        if number < 0:
            raise ValidationFault({name: ["Must be a natural number"]})
        return number if maximum is None else min(number, maximum)

    def words(self, name: str) -> list[str]:
        """A list of texts: a list, a list written as JSON, a parameter repeated, or one text alone."""
        value = self.data.get(name)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            value = _list_in(value)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValidationFault({name: ["Not a list of strings"]})
        return value

    def decoded(self, name: str) -> Any:
        """A value that a query string can only hold as JSON; what is no string is what it is."""
        value = self.data.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value)
        except ValueError as fault:
            raise ValidationFault({name: ["Could not parse as valid JSON"]}) from fault


class Written(str):
    """A result that is JSON already."""

    __slots__ = ()


def is_true(value: object) -> bool:
    """What CKAN takes for true."""
    return str(value).lower() in _TRUE


def whole(name: str, value: object) -> int:
    """A whole number, also as text. Raises ValidationFault."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if isinstance(value, bool) else str(value).strip()
    digits = text.removeprefix("-").removeprefix("+")
    # A number that no row can hold is no number here.
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise ValidationFault({name: ["Invalid integer"]})
    return int(text)


def _list_in(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        try:
            found = read_json(text)
        except ValueError:
            return [text]
        if isinstance(found, list):
            return found
    return [text]


@dataclass(frozen=True)
class Action:
    """One verb of CKAN's API. Those that write are only taken by POST."""

    run: Callable[[Call], Any]
    writes: bool = False

    @property
    def help(self) -> str:
        """What `help_show` tells: the docstring of the function."""
        return (self.run.__doc__ or "").strip()


@lru_cache(maxsize=1)
def all_actions() -> Mapping[str, Action]:
    """Every action of the portal by its name."""
    found: dict[str, Action] = {}
    for path in import_string(settings.CKAN_ACTIONS):
        found.update(import_string(path))
    return found
