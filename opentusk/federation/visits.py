"""From the lines of the last minutes to visits: one for each reader and address, as long as it makes no long pause."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction

from opentusk.federation.models import Visit
from opentusk.federation.noting import ELSE, Line, finished_files, read_lines

_PAUSE = timedelta(minutes=30)
_KEPT = timedelta(days=400)
# What one day holds, whatever names and addresses somebody invents: the rest is counted together.
_MOST_READERS, _MOST_ADDRESSES, _MOST_PAGES = 1_000, 50, 1_000
_Key = tuple[str, str, str]


class _Day:
    """The readers of a day and what each asked."""

    def __init__(self, first: datetime) -> None:
        self._asked: dict[str, set[str]] = defaultdict(set)
        visits = Visit.objects.begun_since(first.replace(hour=0, minute=0, second=0, microsecond=0))
        for reader, asked in visits.values_list("reader", "asked"):
            self._asked[reader].add(asked)

    def fitted(self, line: Line) -> Line:
        """The line, under another name or address if there are too many."""
        if line.reader not in self._asked and len(self._asked) >= _MOST_READERS:
            line = line._replace(reader=ELSE)
        known = self._asked[line.reader]
        if line.asked not in known and len(known) >= _MOST_ADDRESSES:
            return line._replace(asked=ELSE, scope="")
        known.add(line.asked)
        return line


def collect_visits(*, now: datetime) -> int:
    """Turn the finished files into visits, and throw them away; how many requests there were."""
    files = finished_files(now.timestamp())
    lines = sorted(line for path in files for line in read_lines(path))
    if lines:
        with transaction.atomic():
            _add(lines)
    for path in files:
        path.unlink(missing_ok=True)
    return len(lines)


def forget_old_visits(*, now: datetime) -> None:
    """Delete what is older than a year and a month: what one compares with last year."""
    Visit.objects.ended_before(now - _KEPT).delete()


def _add(lines: Iterable[Line]) -> None:
    lines = list(lines)
    since = _moment(lines[0]) - _PAUSE
    known: dict[_Key, Visit] = {
        (visit.reader, visit.door, visit.asked): visit for visit in Visit.objects.still_open(since)
    }
    day = _Day(_moment(lines[0]))
    touched: dict[int, Visit] = {}
    for line in map(day.fitted, lines):
        key, at = (line.reader, line.door, line.asked), _moment(line)
        visit = known.get(key)
        if visit is None or at - visit.ended_at > _PAUSE:
            visit = known[key] = Visit(
                reader=line.reader, asked=line.asked, door=line.door, scope=line.scope, started_at=at
            )
        _extend(visit, line, at)
        touched[id(visit)] = visit
    longer = [visit for visit in touched.values() if visit.pk]
    Visit.objects.bulk_create([visit for visit in touched.values() if not visit.pk])
    Visit.objects.bulk_update(longer, ["ended_at", "requests", "pages", "statuses"])


def _extend(visit: Visit, line: Line, at: datetime) -> None:
    visit.ended_at = at
    visit.requests += 1
    visit.statuses = dict(Counter(visit.statuses) + Counter({str(line.status): 1}))
    if line.page and line.status < 400 and line.page not in visit.pages:
        visit.pages = [*visit.pages[: _MOST_PAGES - 1], line.page]


def _moment(line: Line) -> datetime:
    return datetime.fromtimestamp(line.at, UTC)
