"""Collects what was changed in one record, each change with its place."""

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.values import Repaired

_SEVERITIES = {
    "value.blank": Severity.INFO,
    "value.blanks_removed": Severity.INFO,
    "value.phone_rewritten": Severity.INFO,
    "value.ipa_code_rewritten": Severity.INFO,
}


class RepairLog:
    """The problems of one record. `at` gives the same log seen from a part of it."""

    def __init__(self, place: str = "", problems: list[Problem] | None = None) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self._place = place

    def at(self, place: str) -> "RepairLog":
        """The log of a part, such as `distribution 1`."""
        return RepairLog(f"{self._place} › {place}" if self._place else place, self.problems)

    def changed(
        self,
        code: str,
        where: str,
        *,
        before: str | None,
        after: str | None,
        severity: Severity = Severity.MINOR,
        **values: str,
    ) -> None:
        """One change: `where` is a property such as `dct:format`."""
        place = f"{self._place} › {where}" if self._place else where
        self.problems.append(
            Problem(code=code, severity=severity, where=place, before=before, after=after, values=values)
        )

    def proposed(self, code: str, where: str, **values: str) -> None:
        """A change that a person has to accept: nothing was done."""
        place = f"{self._place} › {where}" if self._place else where
        self.problems.append(Problem(code=code, severity=Severity.MAJOR, where=place, values=values))

    def mended(self, where: str, before: str, repaired: Repaired) -> str | None:
        """The value to use of one that `kit.values` looked at, its change noted under the code it was given."""
        if repaired.code is not None and repaired.value != before:
            severity = _severity(repaired, before)
            self.changed(repaired.code, where, before=before, after=repaired.value, severity=severity)
        return repaired.value


def _severity(repaired: Repaired, before: str) -> Severity:
    """A value that was lost is worse than one written anew; the same day without its seconds is no fault at all."""
    if repaired.value is None:
        return _SEVERITIES.get(repaired.code or "", Severity.MAJOR)
    if repaired.code == "value.date_rewritten" and before.startswith(repaired.value[:10]):
        return Severity.INFO
    return _SEVERITIES.get(repaired.code or "", Severity.MINOR)
