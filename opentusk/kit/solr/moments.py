"""Dates of queries: ISO moments, `NOW`, and the arithmetic behind them (`NOW-1DAY/DAY`)."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from opentusk.kit.solr.errors import BadSyntax

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z?")
_STEP = re.compile(r"(?:([+-])(\d{1,9})|/)([A-Z]+)")
_UNITS = {
    "YEAR": "year", "MONTH": "month", "DAY": "day", "DATE": "day", "HOUR": "hour", "MINUTE": "minute",
    "SECOND": "second", "MILLI": "millisecond", "MILLISECOND": "millisecond",
}  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIXED = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "millisecond": timedelta(milliseconds=1),
}
_FLOORS: dict[str, Callable[[datetime], datetime]] = {
    "year": lambda at: at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0),
    "month": lambda at: at.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
    "day": lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0),
    "hour": lambda at: at.replace(minute=0, second=0, microsecond=0),
    "minute": lambda at: at.replace(second=0, microsecond=0),
    "second": lambda at: at.replace(microsecond=0),
    "millisecond": lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000),
}


def read_moment(text: str, *, now: datetime) -> datetime:
    """The moment in UTC, exact to the microsecond. Without `Z` it is UTC as well. Raises BadSyntax."""
    if text.startswith("NOW"):
        start, steps = now, text[3:]
    else:
        found = _MOMENT.match(text)
        start, steps = _written(found, text), text[found.end() :] if found else ""
    try:
        return _walked(start, steps, text)
    except (OverflowError, ValueError):
        raise _refusal(text) from None


def read_written(text: str) -> datetime | None:
    """The moment that a value of a record gives, of which the time may be missing; None when it is none."""
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    try:
        moment = datetime.fromisoformat(f"{text}T00:00:00" if day else text)
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def write_moment(moment: datetime) -> str:
    """The moment as a text whose order is that of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _written(found: "re.Match[str] | None", text: str) -> datetime:
    if found is None:
        raise _refusal(text)
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    micros = int((found[7] or "").ljust(6, "0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, micros, tzinfo=UTC)
    except ValueError:
        raise _refusal(text) from None


def _walked(moment: datetime, steps: str, text: str) -> datetime:
    position = 0
    while position < len(steps):
        found = _STEP.match(steps, position)
        unit = found and (_UNITS.get(found[3]) or _UNITS.get(found[3].removesuffix("S")))
        if not found or not unit:
            raise _refusal(text)
        moment = _moved(moment, int(found[1] + found[2]), unit) if found[1] else _FLOORS[unit](moment)
        position = found.end()
    return moment


def _moved(moment: datetime, amount: int, unit: str) -> datetime:
    if unit in _FIXED:
        return moment + amount * _FIXED[unit]
    months = moment.year * 12 + moment.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    # The 31st of a month that has none is its last day, as in Solr.
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _refusal(text: str) -> BadSyntax:
    return BadSyntax(f"Invalid Date String:'{text}' (write 2024-01-31T00:00:00Z, or NOW-1DAY/DAY)")
