"""Versions of a file, and who may read them: by their state, which the catalogue changes."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.files.errors import SameBytes, WrongState
from opentusk.files.events import FilesEvent
from opentusk.files.models import FileSeries, FileVersion, StoredFile
from opentusk.files.names import clean_name
from opentusk.files.permissions import can_give_for, can_release, require
from opentusk.journal.actions import record
from opentusk.journal.actors import Actor

_State = FileVersion.State


@transaction.atomic
def create_series(*, agent: Agent, name: str, by: Actor) -> FileSeries:
    """A new file over time, without versions yet; its name stays in its address for ever."""
    require(can_give_for(by, agent), "create_series", agent.ipa_code)
    return FileSeries.objects.create(agent=agent, name=clean_name(name))


@transaction.atomic
def add_version(series: FileSeries, stored: StoredFile, *, name: str, by: Actor, note: str = "") -> FileVersion:
    """The next version, pending: nobody but its body sees it. Raises SameBytes if it is the last one again."""
    require(can_give_for(by, series.agent), "add_version", series.uuid)
    series = _locked(series)
    last = series.versions.newest_first().first()
    if last and last.stored_id == stored.pk:
        raise SameBytes(last.number)
    version = FileVersion.objects.create(
        series=series,
        number=last.number + 1 if last else 1,
        stored=stored,
        name=clean_name(name),
        made_by_id=by.user_id,
        author=by.label[:200],
        note=note,
    )
    record(FilesEvent.VERSION_ADDED, version, by=by, facts=_facts(version))
    return version


@transaction.atomic
def release(version: FileVersion, *, by: Actor) -> FileVersion:
    """Let everybody read a pending version; the newest public one is `latest`."""
    require(can_release(by, version), "release", version)
    version = _taken(version, _State.PENDING)
    if version.series.is_closed:
        raise WrongState(_State.CLOSED, _State.PENDING)
    version.state = _State.PUBLIC
    version.released_at = timezone.now()
    version.save(update_fields=["state", "released_at"])
    _point_at_latest(version.series)
    record(FilesEvent.VERSION_RELEASED, version, by=by, facts=_facts(version))
    return version


@transaction.atomic
def hold_back(version: FileVersion, *, by: Actor) -> FileVersion:
    """Take a version that is, or was, public back among the pending ones; the one before it is `latest` again."""
    version = _taken(version, _State.PUBLIC, _State.CLOSED)
    version.state = _State.PENDING
    version.save(update_fields=["state"])
    _point_at_latest(version.series)
    record(FilesEvent.VERSION_HELD_BACK, version, by=by, facts=_facts(version))
    return version


@transaction.atomic
def refuse(version: FileVersion, *, by: Actor) -> FileVersion:
    """Decide that a pending version never becomes public; its number is not given again."""
    version = _taken(version, _State.PENDING)
    version.state = _State.REFUSED
    version.save(update_fields=["state"])
    record(FilesEvent.VERSION_REFUSED, version, by=by, facts=_facts(version))
    return version


@transaction.atomic
def close_series(series: FileSeries, *, reason: str, by: Actor, successor_address: str = "") -> FileSeries:
    """Withdraw a file: its addresses answer that it is gone, why, and where to go. Closing twice changes nothing."""
    require(can_give_for(by, series.agent), "close", series.uuid)
    series = _locked(series)
    if series.is_closed:
        return series
    series.versions.public().update(state=_State.CLOSED)
    series.closed_at = timezone.now()
    series.closed_reason, series.successor_address = reason, successor_address
    series.save(update_fields=["closed_at", "closed_reason", "successor_address"])
    record(FilesEvent.SERIES_CLOSED, series, by=by, facts={"reason": reason})
    return series


@transaction.atomic
def reopen_series(series: FileSeries, *, by: Actor) -> FileSeries:
    """Let everybody read again what was public when the file was withdrawn."""
    require(can_give_for(by, series.agent), "reopen", series.uuid)
    series = _locked(series)
    if not series.is_closed:
        return series
    series.versions.filter(state=_State.CLOSED).update(state=_State.PUBLIC)
    series.closed_at, series.closed_reason, series.successor_address = None, "", ""
    series.save(update_fields=["closed_at", "closed_reason", "successor_address"])
    _point_at_latest(series)
    record(FilesEvent.SERIES_REOPENED, series, by=by)
    return series


@transaction.atomic
def delete_series(series: FileSeries, *, by: Actor) -> None:
    """Throw away a file that was never public; what was, is closed instead. The sweep takes the bytes."""
    require(can_give_for(by, series.agent), "delete", series.uuid)
    series = _locked(series)
    if released := series.versions.filter(released_at__isnull=False).first():
        raise WrongState(released.state, _State.PENDING)
    record(FilesEvent.SERIES_DELETED, series, by=by, facts={"name": series.name})
    series.delete()


def _locked(series: FileSeries) -> FileSeries:
    """The row, for this transaction alone: numbers and states of its versions change one at a time."""
    return FileSeries.objects.select_for_update(of=("self",), no_key=True).select_related("agent").get(pk=series.pk)


def _taken(version: FileVersion, *needed: FileVersion.State) -> FileVersion:
    series = _locked(version.series)
    version = FileVersion.objects.select_related("stored").get(pk=version.pk)
    version.series = series
    if version.state not in needed:
        raise WrongState(version.state, needed[0])
    return version


def _point_at_latest(series: FileSeries) -> None:
    highest = series.versions.public().aggregate(number=Max("number"))["number"]
    series.latest = series.versions.filter(number=highest).first() if highest else None
    series.save(update_fields=["latest"])


def _facts(version: FileVersion) -> dict[str, object]:
    return {"series": str(version.series.uuid), "number": version.number, "sha256": version.stored.sha256}
