"""What time and what place the data are about: one of each, with full dates and known places."""

import hashlib
import re
from calendar import monthrange
from dataclasses import replace

from opentusk.kit.harmonise.notes import Notes
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Agent, Location, PeriodOfTime
from opentusk.kit.values import repair_date, repair_iri, slugify
from opentusk.kit.vocabularies import PLACES
from opentusk.kit.vocabularies.territory import find_municipality, find_province, find_region

_TOWN_CODE = re.compile(r"c_([a-z]\d{3})")


def harmonise_date(raw: str | None, notes: Notes, where: str) -> str | None:
    """A date or a moment. A year or a month becomes its first day, because the national rules take no less."""
    mended = notes.mend(raw or "", repair_date, where)
    if mended is None or len(mended) > 7:
        return mended
    full = _full_day(mended, is_end=False)
    notes.note("repair.date_completed", where, mended, full, Severity.INFO)
    return full


def harmonise_periods(periods: tuple[PeriodOfTime, ...], notes: Notes, iris: Iris) -> tuple[PeriodOfTime, ...]:
    """The one period from the first start to the last end; none without a start."""
    where = "dct:temporal"
    spans = [span for span in (_span(period, notes) for period in periods) if span]
    if not spans:
        return ()
    start = min(span[0] for span in spans)
    ends = [span[1] for span in spans]
    end = None if None in ends else max(end for end in ends if end)
    if len(spans) > 1:
        before = ", ".join(f"{one}/{other or ''}" for one, other in spans)
        notes.note("repair.periods_joined", where, before, f"{start}/{end or ''}")
    return (PeriodOfTime(iri=iris.period(start, end), start_date=start, end_date=end),)


def _span(period: PeriodOfTime, notes: Notes) -> tuple[str, str | None] | None:
    where = "dct:temporal"
    start, end = _day(period.start_date, notes, is_end=False), _day(period.end_date, notes, is_end=True)
    if start is None:
        if end or period.iri:
            notes.note("repair.period_without_start", where, end or period.iri, None)
        return None
    if end is not None and end < start:
        notes.note("repair.period_turned", where, f"{start}/{end}", f"{end}/{start}")
        return end, start
    return start, end


def _day(raw: str | None, notes: Notes, *, is_end: bool) -> str | None:
    mended = notes.mend(raw or "", repair_date, "dct:temporal")
    if mended is None or len(mended) == 10:
        return mended
    full = _full_day(mended, is_end=is_end)
    notes.note("repair.date_completed", "dct:temporal", mended, full, Severity.INFO)
    return full


def _full_day(text: str, *, is_end: bool) -> str:
    """The day of an ISO date: of a year or a month the first, or the last."""
    if len(text) == 4:
        return f"{text}-12-31" if is_end else f"{text}-01-01"
    if len(text) == 7:
        last = monthrange(int(text[:4]), int(text[5:]))[1]
        return f"{text}-{last:02d}" if is_end else f"{text}-01"
    return text[:10]


def harmonise_places(
    places: tuple[Location, ...], holder: Agent | None, notes: Notes, iris: Iris
) -> tuple[Location, ...]:
    """The one place: the first that is known; the territory of a municipal titolare where nothing is said."""
    found = [place for place in (_place(place, notes, iris) for place in places) if place is not None]
    if len(found) > 1:
        before = ", ".join(place.geographic_name or place.iri or "" for place in found)
        notes.note("repair.places_reduced", "dct:spatial", before, found[0].geographic_name or found[0].iri)
    if found:
        return (found[0],)
    town = _TOWN_CODE.fullmatch(holder.identifier) if holder else None
    municipality = find_municipality(town[1].upper()) if town else None
    if municipality is None:
        return ()
    notes.note("repair.place_of_holder", "dct:spatial", None, municipality.name, Severity.INFO)
    return (
        Location(
            iri=iris.place(municipality.istat),
            geographical_identifier=municipality.istat,
            geographic_name=municipality.name,
        ),
    )


def _place(place: Location, notes: Notes, iris: Iris) -> Location | None:
    """A place with an address of its own; None when nothing tells which it is."""
    where = "dct:spatial"
    term = PLACES.by_iri(place.iri or "") or (PLACES.find(place.iri) if place.iri and "://" in place.iri else None)
    if term is not None:
        if term.iri != place.iri:
            notes.note("repair.value_recognised", where, place.iri, term.iri)
        return replace(place, iri=term.iri, geographic_name=place.geographic_name or term.it)
    code = place.geographical_identifier or place.geographic_name
    istat = _istat(code)
    if istat:
        return replace(place, iri=iris.place(istat[0]), geographic_name=place.geographic_name or istat[1])
    iri = repair_iri(place.iri).value if place.iri else None
    if iri and iri == place.iri:
        return place
    if not (code or place.geometry or place.bbox or place.centroid):
        notes.note("repair.place_unknown", where, place.iri, None)
        return None
    shape = place.geometry or place.bbox or place.centroid
    name = slugify(code) or hashlib.sha256(shape.encode("utf-8", "replace")).hexdigest()[:16]
    return replace(place, iri=iris.place(name))


def _istat(text: str) -> tuple[str, str] | None:
    """ISTAT code and name of a municipality, province or region that a text names."""
    if not text or "://" in text:
        return None
    found = find_municipality(text) or find_province(text) or find_region(text)
    return (found.istat, found.name) if found else None
