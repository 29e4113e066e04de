"""What the catalogue refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opentusk.kit.problems import Problem

if TYPE_CHECKING:
    from opentusk.catalog.models import Hold


class CatalogRefusal(Exception):
    """A request on the catalogue that cannot be granted."""


@dataclass
class NotAllowed(CatalogRefusal):
    """The actor may not do this to this dataset or for this body."""

    action: str
    subject: str


@dataclass
class NotPublishable(CatalogRefusal):
    """The description has problems that forbid publication."""

    problems: Sequence[Problem]


@dataclass
class IdentifierTaken(CatalogRefusal):
    """Another dataset already has this identifier, which never changes and is never used twice."""

    identifier: str


@dataclass
class WrongState(CatalogRefusal):
    """The dataset is not in the state that the request needs."""

    status: str
    needed: str


@dataclass
class EditedMeanwhile(CatalogRefusal):
    """Somebody else saved the dataset after the form was opened."""

    identifier: str


@dataclass
class OnHold(CatalogRefusal):
    """Reasons that keep the dataset, or a version that would become public with it, from the public."""

    holds: "Sequence[Hold]"


@dataclass
class TooLong(CatalogRefusal):
    """A text longer than its place: `field` is its name in the standard or in the form."""

    field: str
    limit: int
