"""Dates: many ways of writing them in, ISO 8601 of the same precision out."""

import re
from datetime import date, datetime

from opentusk.kit.values.repaired import Repaired

_MONTH_NAMES = """
    gennaio gen january jan | febbraio feb february | marzo mar march | aprile apr april | maggio mag may
    | giugno giu june jun | luglio lug july jul | agosto ago august aug | settembre set september sep
    | ottobre ott october oct | novembre nov november | dicembre dic december dec
"""
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split("|"), start=1) for name in names.split()}
_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})[°º]?\s+([^\W\d_]+)\.?,?\s+(\d{4})")
_TIME = re.compile(r"[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_ZONED_DAY = re.compile(r"(.*\d)(Z|[+-]\d{2}:\d{2})$")


def repair_date(text: str) -> Repaired:
    """The ISO date, or date and time, that a text means; day before month, as Italians write.

    A day above 12 in the middle settles that the month came first. Midnight without a zone is a plain day, because
    CKAN writes one for every date. What no calendar has is None with `value.date_unreadable`.
    """
    given = text.strip()
    if not given:
        return Repaired(None, None if text == "" else "value.blank")
    day_part, time_part = _split_time(given)
    day = _read_day(day_part)
    if day is None or time_part is None:
        return Repaired(None, "value.date_unreadable")
    found = day + (time_part if time_part not in _MIDNIGHTS else "")
    return Repaired(found, None if found == text else "value.date_rewritten")


_MIDNIGHTS = {"T00:00:00"}


def _split_time(text: str) -> tuple[str, str | None]:
    """The day and the ISO time (`` when there is none, None when it is impossible)."""
    match = _TIME.search(text)
    if not match or match.start() < 6:
        zoned = _ZONED_DAY.fullmatch(text)
        return (zoned[1] if zoned and _ISO_DAY.fullmatch(zoned[1]) else text), ""
    hour, minute, second, _fraction, zone = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return text, None
    zone = "" if zone is None else "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    if zone and int(zone[1:3]) > 14:
        return text, None
    # Fractions of a second say nothing about a dataset, and not every reader takes them.
    return text[: match.start()], f"T{int(hour):02d}:{minute}:{second or '00'}{zone}"


def _read_day(text: str) -> str | None:
    text = text.strip()
    if _YEAR.fullmatch(text):
        return text if "1000" <= text <= "2999" else None
    if match := _YEAR_MONTH.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02d}" if 1 <= int(match[2]) <= 12 and match[1] > "0999" else None
    if match := _ISO_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        return _day(year, month, day) if month <= 12 else _day(year, day, month)
    if match := _IN_WORDS.fullmatch(text.lower()):
        return _day(int(match[3]), _MONTHS.get(match[2], 0), int(match[1]))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year >= 1000 else None
    except ValueError:
        return None


def is_iso_date(text: str) -> bool:
    """Whether a text is a date as records hold them."""
    return repair_date(text) == Repaired(text)


def day_of(text: str) -> date | None:
    """The calendar day of an ISO date of any precision: its first day. None when it is no date."""
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text
    try:
        return datetime.fromisoformat(padded).date()
    except ValueError:
        return None
