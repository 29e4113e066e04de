"""Rules M8, M9, M13, M14: themes, frequency and freshness, high-value and geographic datasets.

Sources: AgID guidelines for catalogues; AGID 2023 §5.3; Reg. (EU) 2023/138.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, name_of, numbered
from opentusk.kit.records import DataService, Dataset
from opentusk.kit.vocabularies import FREQUENCIES, HVD_CATEGORIES, LICENCES, THEMES, Theme

HVD_REGULATION = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
_GEOSPATIAL = "http://publications.europa.eu/resource/authority/dataset-type/GEOSPATIAL"
_HVD_LICENCES = frozenset({"CC_BY_4_0", "CC0", "CC_PDM_1_0"})
_CONTINUOUS = frozenset({"CONT", "UPDATE_CONT"})
_UNSAID = frozenset({"UNKNOWN", "OP_DATPRO"})
# The national repertory of territorial data (RNDT), as the agency that gave a dataset its other identifier.
_RNDT = "geodati.gov.it"


def themes_are_of_the_thirteen(record: Dataset, around: Circumstances) -> list[Problem]:
    """M8. Without any theme a dataset cannot be published (M2); the provisional one is not a theme."""
    place = (name_of(record), "dcat:theme")
    if not record.theme:
        return [fault("M8.missing_theme", Severity.BLOCKS, *place)]
    return [
        fault(code, Severity.MAJOR, *place, value=iri)
        for iri in record.theme
        if (code := _theme_fault(THEMES.by_iri(iri)))
    ]


def frequency_is_said_and_kept(record: Dataset, around: Circumstances) -> list[Problem]:
    """M9. The last change of the data against the declared period, with tolerance."""
    if not record.accrual_periodicity:
        return []
    place = (name_of(record), "dct:accrualPeriodicity")
    frequency = FREQUENCIES.by_iri(record.accrual_periodicity)
    if frequency is None:
        is_newer = record.accrual_periodicity.startswith(FREQUENCIES.scheme)
        severity = Severity.MINOR if is_newer else Severity.BLOCKS
        return [fault("M9.unlisted_frequency", severity, *place, value=record.accrual_periodicity)]
    if frequency.code in _UNSAID:
        return [fault("M9.unknown_frequency", Severity.MAJOR, *place)]
    changed = _last_change(record)
    if frequency.days is None or changed is None:
        return []
    days_old = (around.today - changed).days
    if days_old <= frequency.days * around.tolerance:
        return []
    due = changed + timedelta(days=frequency.days)
    days_late = str((around.today - due).days)
    values = {"frequency": frequency.it, "changed": changed.isoformat(), "due": due.isoformat(), "days": days_late}
    return [fault("M9.stale", Severity.MAJOR, name_of(record), "dct:modified", **values)]


def high_value_and_dynamic_data_are_complete(record: Dataset, around: Circumstances) -> list[Problem]:
    """M13. What declares itself of high value keeps the duties of the Regulation; fast data have an API.

    Whether a service elsewhere serves the dataset cannot be seen in its record, so a missing API is never blocking.
    """
    has_service = any(distribution.access_service for distribution in record.distribution)
    if is_high_value(record):
        return list(_hvd_faults(record, has_service=has_service))
    if _is_dynamic(record) and not has_service:
        return [fault("M13.dynamic_without_api", Severity.MAJOR, name_of(record), "dcat:accessService")]
    return []


def geographic_data_go_to_rndt(record: Dataset, around: Circumstances) -> list[Problem]:
    """M14. Published here, but left out of the feed for the national catalogue, which takes it from the RNDT."""
    if not is_territorial(record) or any(_RNDT in (other.agency or "") for other in record.other_identifier):
        return []
    return [fault("M14.geographic_dataset", Severity.MAJOR, name_of(record), "dct:type")]


def is_high_value(record: Dataset) -> bool:
    """Whether the record declares itself a high-value dataset."""
    return bool(record.hvd_category) or HVD_REGULATION in record.applicable_legislation


def is_territorial(record: Dataset) -> bool:
    """Whether the record declares itself geographic, so that its way to the national catalogue is the RNDT."""
    return _GEOSPATIAL in record.type


def _theme_fault(theme: Theme | None) -> str | None:
    if theme is None:
        return "M8.unknown_theme"
    return "M8.provisional_theme" if theme.provisional else None


def _last_change(record: Dataset) -> date | None:
    """The latest day the data are said to have changed; a year or a month counts as its last day."""
    said = [record.modified, *(distribution.modified for distribution in record.distribution)]
    return max((day for text in said if text and (day := _last_day(text))), default=None)


def _last_day(text: str) -> date | None:
    try:
        if len(text) >= len("2024-05-31"):
            return date.fromisoformat(text[:10])
        year, _, month = text.partition("-")
        first = date(int(year), int(month or 12), 1)
    except ValueError:
        return None
    return first.replace(day=monthrange(first.year, first.month)[1])


def _is_dynamic(record: Dataset) -> bool:
    frequency = FREQUENCIES.by_iri(record.accrual_periodicity or "")
    if frequency is None:
        return False
    return frequency.code in _CONTINUOUS or (frequency.days is not None and frequency.days < 1)


def _hvd_faults(record: Dataset, *, has_service: bool) -> Iterator[Problem]:
    name = name_of(record)
    if not record.hvd_category:
        yield fault("M13.hvd_missing_category", Severity.BLOCKS, name, "dcatap:hvdCategory")
    for iri in record.hvd_category:
        if HVD_CATEGORIES.by_iri(iri) is None:
            yield fault("M13.hvd_unknown_category", Severity.BLOCKS, name, "dcatap:hvdCategory", value=iri)
    if HVD_REGULATION not in record.applicable_legislation:
        yield fault("M13.hvd_missing_legislation", Severity.BLOCKS, name, "dcatap:applicableLegislation")
    if not has_service:
        yield fault("M13.hvd_without_api", Severity.MAJOR, name, "dcat:accessService")
    for place, distribution in numbered(record):
        if HVD_REGULATION not in distribution.applicable_legislation:
            yield fault("M13.hvd_missing_legislation", Severity.BLOCKS, place, "dcatap:applicableLegislation")
        licence = LICENCES.by_iri((distribution.license and distribution.license.iri) or "")
        if licence is not None and licence.code not in _HVD_LICENCES:
            yield fault("M13.hvd_licence", Severity.BLOCKS, place, "dct:license", licence=licence.it)
        for service in distribution.access_service:
            yield from _hvd_service_faults(f"{place} › dcat:accessService", service)


def _hvd_service_faults(place: str, service: DataService) -> Iterator[Problem]:
    duties = (
        ("dcat:contactPoint", bool(service.contact_point)),
        ("dcat:endpointURL", bool(service.endpoint_url)),
        ("foaf:page", bool(service.page)),
        ("dcatap:applicableLegislation", HVD_REGULATION in service.applicable_legislation),
        ("dcatap:hvdCategory", bool(service.hvd_category)),
    )
    for path, is_kept in duties:
        if not is_kept:
            yield fault("M13.hvd_incomplete_service", Severity.BLOCKS, place, path, property=path)
