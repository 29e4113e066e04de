"""What suggesting starts from and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opentusk.kit.messages import sentence
from opentusk.kit.records import ContactPoint, LicenseDocument

Value = str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A value for one field of the form, and why. `code` is a key of `kit.messages`; `values` fill its sentence."""

    value: Value
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def reason_it(self) -> str:
        """Why, in Italian."""
        return sentence(self.code, "it", self.values)

    @property
    def reason_en(self) -> str:
        """Why, in English."""
        return sentence(self.code, "en", self.values)


@dataclass(frozen=True, kw_only=True)
class Body:
    """The body that publishes. `territory` is the name of its place, `istat` the code; both may be "" (an agency)."""

    name: str
    ipa_code: str
    territory: str = ""
    istat: str = ""
    contact: ContactPoint | None = None


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A dataset that the body has described before: where its habits are read."""

    title: str
    theme: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    keyword: tuple[str, ...] = ()
    accrual_periodicity: str = ""
    place: str = ""
    hvd_category: tuple[str, ...] = ()
    contact: ContactPoint | None = None
    publisher_name: str = ""
    publisher_code: str = ""
    license: LicenseDocument | None = None


# Newest first.
Habits = tuple[Earlier, ...]
