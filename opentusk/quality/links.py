"""Whether the addresses of the datasets answer: what is known, what is asked next, and how often.

HEAD only, as the European check does: a server that refuses HEAD loses its points there, so it must lose them here.
What people would get instead, and what is really behind the address, is `looking`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from opentusk.kit.records import Dataset as Record
from opentusk.outbound.client import Answer
from opentusk.outbound.errors import Refused, Unreachable
from opentusk.quality.looking import SECONDS, is_worth_a_look, look, note_headers
from opentusk.quality.models import UrlCheck, UrlResult, key_of

Fetch = Callable[..., Answer]

_DAY = timedelta(days=1)
_WHEN_OK = 7 * _DAY
_WHEN_REFUSED = 30 * _DAY
# An address that fails is asked again sooner, then less and less often.
_WHEN_FAILING = (timedelta(hours=6), _DAY, 3 * _DAY, 7 * _DAY)

_ASKED = [
    "state", "status", "fault", "get_status", "media_type", "byte_size", "found", "looked_at", "since", "last_ok_at",
    "checked_at", "failures", "next_check_at",
]  # fmt: skip


def addresses_of(record: Record) -> frozenset[str]:
    """Every address of a record that the score asks about."""
    return frozenset(url for part in record.distribution for url in (part.access_url, *part.download_url) if url)


def is_ours(url: str) -> bool:
    """Whether this portal itself serves the address."""
    return url.startswith(f"{settings.SITE_URL}/")


def url_status(addresses: Collection[str]) -> dict[str, int]:
    """The status of the addresses that are known: 200 for files of our own, else what the last check found."""
    ours = {url: 200 for url in addresses if is_ours(url)}
    return ours | dict(UrlCheck.objects.of_urls(set(addresses) - ours.keys()).values_list("url", "status"))


def remember_addresses(offered: Mapping[int, Collection[str]]) -> None:
    """Note which addresses each dataset (by number) offers now; new ones will be checked soon."""
    foreign = {pk: {key_of(url): url for url in urls if _is_checked(url)} for pk, urls in offered.items()}
    urls = {key: url for found in foreign.values() for key, url in found.items()}
    numbers = dict(UrlCheck.objects.filter(key__in=urls).values_list("key", "pk"))
    if unknown := urls.keys() - numbers.keys():
        UrlCheck.objects.bulk_create([UrlCheck(key=key, url=urls[key]) for key in unknown], ignore_conflicts=True)
        numbers |= dict(UrlCheck.objects.filter(key__in=unknown).values_list("key", "pk"))
    _write_offers({(pk, numbers[key]) for pk, found in foreign.items() for key in found}, offered.keys())


def ask(check: UrlCheck, *, fetch: Fetch) -> bool:
    """Ask an address once and write what came; whether it went from good to bad or back, as the score sees it."""
    was_good, now = _is_good(check.status), timezone.now()
    state = _state_after(check, fetch)
    if state != check.state:
        check.state, check.since, check.failures = state, now, 0
    if is_worth_a_look(check, now):
        look(check, now, fetch=fetch)
    check.checked_at = now
    check.next_check_at = now + _pause(check)
    if state == UrlCheck.State.OK:
        check.last_ok_at = now
        check.get_status = 0
    else:
        check.failures += 1
    check.save(update_fields=_ASKED)
    _remember(check, now)
    return was_good != _is_good(check.status)


def _state_after(check: UrlCheck, fetch: Fetch) -> UrlCheck.State:
    """Ask by HEAD, and put in the row what the headers say."""
    check.fault, check.status = "", 0
    try:
        answer = fetch(check.url, method="HEAD", seconds=SECONDS)
    except Refused as refusal:
        check.fault = refusal.code
        return UrlCheck.State.REFUSED
    except Unreachable as fault:
        check.fault = fault.code
        return UrlCheck.State.FAILING
    check.status = answer.status
    if not _is_good(answer.status):
        return UrlCheck.State.FAILING
    note_headers(check, answer)
    return UrlCheck.State.OK


def _remember(check: UrlCheck, now: datetime) -> None:
    """Keep this result with the last ones."""
    results = UrlResult.objects.filter(url_check=check)
    UrlResult.objects.create(
        url_check=check,
        at=now,
        state=check.state,
        status=check.status,
        get_status=check.get_status,
        fault=check.fault,
    )
    kept = list(results.order_by("-at", "-pk").values_list("pk", flat=True)[: UrlResult.KEPT])
    results.exclude(pk__in=kept).delete()


def _pause(check: UrlCheck) -> timedelta:
    if check.state == UrlCheck.State.OK:
        return _WHEN_OK
    if check.state == UrlCheck.State.REFUSED:
        return _WHEN_REFUSED
    return _WHEN_FAILING[min(check.failures, len(_WHEN_FAILING) - 1)]


def due_checks(now: datetime, limit: int) -> list[UrlCheck]:
    """The addresses to ask now, after forgetting those that nobody offers any more."""
    UrlCheck.objects.unused().delete()
    return list(UrlCheck.objects.due(now)[:limit])


def _write_offers(wanted: set[tuple[int, int]], datasets: Collection[int]) -> None:
    offers = UrlCheck.datasets.through.objects
    present = {
        (dataset, check): pk
        for pk, dataset, check in offers.filter(dataset__in=datasets).values_list("pk", "dataset_id", "urlcheck_id")
    }
    offers.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
    offers.bulk_create(
        [
            UrlCheck.datasets.through(dataset_id=dataset, urlcheck_id=check)
            for dataset, check in wanted - present.keys()
        ],
        ignore_conflicts=True,
    )


def _is_checked(url: str) -> bool:
    """Not our own files, nor an address longer than any server takes."""
    return not is_ours(url) and len(url) <= UrlCheck.MAX_LENGTH


def _is_good(status: int) -> bool:
    return 200 <= status < 300
