"""What the joining room refuses, beside lacking rights (`bodies.errors.NotAllowed`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opentusk.bodies.errors import BodiesRefusal


@dataclass
class AlreadyJoined(BodiesRefusal):
    """The body is in; `status` says whether it is suspended."""

    name: str
    status: str


@dataclass
class AlreadyAsked(BodiesRefusal):
    """Another request of the same body is open."""

    name: str


@dataclass
class WrongMove(BodiesRefusal):
    """From this state there is no way to that one."""

    source: str
    target: str


@dataclass
class StepRefused(BodiesRefusal):
    """What was given is not enough or not right: `faults` maps a field to the code of its fault."""

    faults: Mapping[str, str]


@dataclass
class FileRefused(BodiesRefusal):
    """The file cannot be kept: `code` says why."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
