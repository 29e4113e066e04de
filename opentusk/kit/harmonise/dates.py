"""Dates, and the period the data are about."""

from collections.abc import Sequence

from opentusk.kit.harmonise.addresses import mend_iri
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import PeriodOfTime
from opentusk.kit.values import repair_date


def mend_date(value: str | None, log: RepairLog, where: str) -> str | None:
    """One ISO date, or None."""
    return log.mended(where, value, repair_date(value)) if value else None


def mend_periods(periods: Sequence[PeriodOfTime], log: RepairLog, iris: Iris) -> tuple[PeriodOfTime, ...]:
    """The one period the profile allows (AgID rule 186): several become the span from the first to the last day."""
    mended = [_mend_period(period, log) for period in periods]
    dated = [period for period in mended if period.start_date or period.end_date]
    if not dated:
        return ()
    period = dated[0]
    if len(dated) > 1:
        period = _span(dated)
        before = " ".join(_shown(each) for each in dated)
        log.changed(
            "repair.periods_merged", "dct:temporal", before=before, after=_shown(period), severity=Severity.MINOR
        )
    iri = period.iri or iris.period(period.start_date, period.end_date)
    return (PeriodOfTime(iri=iri, start_date=period.start_date, end_date=period.end_date),)


def _mend_period(period: PeriodOfTime, log: RepairLog) -> PeriodOfTime:
    start = mend_date(period.start_date, log, "dcat:startDate")
    end = mend_date(period.end_date, log, "dcat:endDate")
    # The same day in two precisions is still in order, because ISO dates sort as texts from the left.
    if start and end and start > end and not start.startswith(end):
        log.changed(
            "repair.period_turned",
            "dct:temporal",
            before=f"{start}/{end}",
            after=f"{end}/{start}",
            severity=Severity.MINOR,
        )
        start, end = end, start
    return PeriodOfTime(iri=mend_iri(period.iri, log, "dct:temporal"), start_date=start, end_date=end)


def _span(periods: Sequence[PeriodOfTime]) -> PeriodOfTime:
    """From the first start to the last end of the periods that say when they begin; open at the end if any is.

    A period without a start is no period by the national rules (196), and must not make one of those that have it.
    """
    begun = [period for period in periods if period.start_date] or list(periods)
    ends = [period.end_date for period in begun if period.end_date]
    return PeriodOfTime(
        start_date=min((period.start_date for period in begun if period.start_date), default=None),
        end_date=max(ends) if len(ends) == len(begun) else None,
    )


def _shown(period: PeriodOfTime) -> str:
    return f"{period.start_date or ''}/{period.end_date or ''}"
