"""Collects what was changed, each with its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.values import Repaired

# How much a repair of a single value matters to whoever keeps the source.
_VALUE_SEVERITIES = {
    "value.blank": Severity.INFO,
    "value.blanks_removed": Severity.INFO,
    "value.date_rewritten": Severity.INFO,
    "value.phone_rewritten": Severity.INFO,
    "value.ipa_code_rewritten": Severity.INFO,
    "value.ipa_code_guessed": Severity.MAJOR,
}


class Notes:
    """The problems of one record, in the order they were met."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._place: list[str] = []

    @contextmanager
    def inside(self, place: str) -> Iterator[None]:
        """Everything noted inside is in this place."""
        self._place.append(place)
        yield
        self._place.pop()

    def note(
        self, code: str, where: str, before: str | None, after: str | None, severity: Severity = Severity.MINOR
    ) -> None:
        """A value that was changed, filled or dropped."""
        place = " › ".join([*self._place, where])
        self.problems.append(Problem(code=code, severity=severity, where=place, before=before, after=after))

    def mend(self, text: str, repair: Callable[[str], Repaired], where: str) -> str | None:
        """A value mended by one of `kit.values`, noted when it changed."""
        if not text:
            return None
        repaired = repair(text)
        if repaired.code:
            self.note(repaired.code, where, text, repaired.value, _VALUE_SEVERITIES.get(repaired.code, Severity.MINOR))
        return repaired.value
