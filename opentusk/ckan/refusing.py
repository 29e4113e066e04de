"""What the other rooms refuse, in CKAN's words: the one place where refusals become faults.

A room of its own floor adds the refusals it knows with `answers(TheRefusal)` in the module of its actions.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from opentusk.bodies.errors import NotAllowed as NotAllowedForBody
from opentusk.catalog import errors as catalog
from opentusk.catalog.refusals import way_out
from opentusk.catalog.refusals import words_for as catalog_words
from opentusk.ckan.errors import Fault, LaterFault, NotAuthorizedFault, ValidationFault
from opentusk.editorial import errors as editorial
from opentusk.files import errors as files
from opentusk.files.refusals import words_for as file_words
from opentusk.kit.problems import Problem
from opentusk.ui.gates import AskLater

R = TypeVar("R", bound=Exception)
_ANSWERS: dict[type[Exception], Callable[[Any], Fault]] = {}


def answers(*refusals: type[R]) -> Callable[[Callable[[R], Fault]], Callable[[R], Fault]]:
    """Say which fault a refusal is; its subclasses have the same answer unless they have their own."""

    def register(answer: Callable[[R], Fault]) -> Callable[[R], Fault]:
        _ANSWERS.update(dict.fromkeys(refusals, answer))
        return answer

    return register


def known_refusals() -> tuple[type[Exception], ...]:
    """Every refusal that has an answer."""
    return tuple(_ANSWERS)


def fault_of(refusal: Exception) -> Fault:
    """The fault that a refusal is."""
    if isinstance(refusal, Fault):
        return refusal
    return next(_ANSWERS[kind](refusal) for kind in type(refusal).__mro__ if kind in _ANSWERS)


def problem_fields(problems: list[Problem]) -> dict[str, list[str]]:
    """Problems under the names that CKAN's extensions give to the fields."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(field_of(problem), []).append(problem.message_it)
    return found


def field_of(problem: Problem) -> str:
    """The key of a package that a problem is about; `dataset` when it is about all of it."""
    term = problem.where.rpartition("›")[2].strip().partition(" ")[0]
    return _FIELDS.get(term, term.partition(":")[2] or "dataset")


_FIELDS = {
    "dct:title": "title",
    "dct:description": "notes",
    "dcat:theme": "theme",
    "dcat:keyword": "tags",
    "dct:accrualPeriodicity": "frequency",
    "dcat:contactPoint": "contact",
    "dcat:distribution": "resources",
    "dct:license": "license_id",
    "dct:rightsHolder": "holder_name",
    "dcat:landingPage": "url",
    "owl:versionInfo": "version",
}


@answers(catalog.NotAllowed, NotAllowedForBody, files.NotAllowed)
def _not_allowed(refusal: Exception) -> Fault:
    return NotAuthorizedFault(f"not authorized to {getattr(refusal, 'action', 'do this')}")


@answers(catalog.NotPublishable)
def _not_publishable(refusal: catalog.NotPublishable) -> Fault:
    return ValidationFault(problem_fields(list(refusal.problems)))


@answers(catalog.OnHold)
def _on_hold(refusal: catalog.OnHold) -> Fault:
    return ValidationFault({"state": [way_out(hold) for hold in refusal.holds]})


@answers(catalog.IdentifierTaken)
def _taken(refusal: catalog.IdentifierTaken) -> Fault:
    return ValidationFault({"name": ["That URL is already in use."]})


@answers(catalog.TooLong)
def _too_long(refusal: catalog.TooLong) -> Fault:
    return ValidationFault({refusal.field: [catalog_words(refusal)]})


@answers(catalog.CatalogRefusal)
def _catalog(refusal: catalog.CatalogRefusal) -> Fault:
    return ValidationFault({"message": [catalog_words(refusal)]})


@answers(editorial.Unanswered)
def _unanswered(refusal: editorial.Unanswered) -> Fault:
    return ValidationFault({"declaration": [*refusal.missing, *refusal.unexplained, *refusal.forbidding]})


@answers(files.FileRefusal)
def _file(refusal: files.FileRefusal) -> Fault:
    return ValidationFault({"upload": [file_words(refusal)]})


@answers(AskLater)
def _later(refusal: AskLater) -> Fault:
    return LaterFault(refusal.retry_after)
