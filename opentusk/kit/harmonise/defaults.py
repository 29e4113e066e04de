"""What a source says once for all its datasets."""

from dataclasses import dataclass

from opentusk.kit.records import Agent, ContactPoint, LicenseDocument


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """Values for what a dataset leaves out; each use is reported. `theme` and `language` are IRIs."""

    rights_holder: Agent | None = None
    publisher: Agent | None = None
    contact_point: ContactPoint | None = None
    license: LicenseDocument | None = None
    theme: str | None = None
    language: str | None = None
    accrual_periodicity: str | None = None
    source_catalog: str | None = None
