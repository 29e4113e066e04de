"""How often an address is looked at: often while it changes, seldom when it sleeps (tables.md §2)."""

from datetime import datetime, timedelta

_HALF_DAY = timedelta(hours=12)
# Age of the last change up to which the pause holds.
_PAUSES = (
    (timedelta(days=2), _HALF_DAY),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(days=90), timedelta(days=7)),
)
_LONGEST = timedelta(days=30)
_PERIODS = {
    "CONT": 1, "DAILY": 1, "DAILY_2": 1, "WEEKLY": 7, "WEEKLY_2": 3, "WEEKLY_3": 2, "BIWEEKLY": 14, "MONTHLY": 30,
    "MONTHLY_2": 15, "MONTHLY_3": 10, "BIMONTHLY": 60, "QUARTERLY": 91,
}  # fmt: skip


def pause_of_address(frequency: str, changed_at: datetime, now: datetime) -> timedelta:
    """Until the next look; never slower than half of the declared frequency (a code such as `MONTHLY`)."""
    age = now - changed_at
    pause = next((pause for limit, pause in _PAUSES if age <= limit), _LONGEST)
    days = _PERIODS.get(frequency)
    return min(pause, max(timedelta(days=days) / 2, _HALF_DAY)) if days else pause


def pause_after_failure(failures: int, usual: timedelta) -> timedelta:
    """Until the next try: sooner than usual at first, then twice as long each time, at most a week."""
    doubled: timedelta = timedelta(minutes=10) * (1 << min(failures - 1, 12))
    return min(doubled, max(usual, timedelta(days=7)))
