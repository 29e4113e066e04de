"""Reads a file into tables: begun, told step by step, and ended in one transaction.

Whatever kills the worker on the way leaves a scratch folder that nobody names and a reading that is begun again; the
rows of the tables are only written at the end, together with the folders they point to.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from opentusk.catalog.actions import lift_hold, open_hold
from opentusk.catalog.models import Dataset, Hold
from opentusk.editorial.actions import note_columns
from opentusk.files.models import FileVersion
from opentusk.journal.actions import record
from opentusk.journal.actors import SYSTEM
from opentusk.quality.actions import open_case
from opentusk.tables.actions.counting import count_dictionary
from opentusk.tables.actions.keeping import Kept, keep_tables
from opentusk.tables.actions.releasing import settle
from opentusk.tables.errors import ExaminationBroke, NoRoom
from opentusk.tables.events import TablesEvent
from opentusk.tables.folders import discard, new_scratch
from opentusk.tables.models import FileReading, file_of
from opentusk.tables.requests import request_of
from opentusk.tables.running import Answer, read_file

_MOST_ATTEMPTS = 4
# Faults of files that are no tables at all: a PDF, a page, nothing.
_NO_TABLES = frozenset(
    {
        "table.other_content",
        "table.unknown_format",
        "table.html_page",
        "table.empty",
        "table.no_sheets",
        "table.no_layers",
    }
)


def examine(file_version: FileVersion) -> None:
    """Read one version of a file, or what of it was asked to be read anew. Nothing happens when all was read.

    Raises NoRoom and ExaminationBroke: the task is tried again, and at last the file goes on without a table.
    """
    reading = _begin(file_version)
    if reading is None:
        return
    scratch = new_scratch()
    try:
        answer = _read(reading, scratch)
        _finish(reading, answer, scratch)
    finally:
        discard(scratch)


def _read(reading: FileReading, scratch: Path) -> Answer:
    request = request_of(reading, scratch)
    try:
        return read_file(request, seconds=settings.TABLES_SECONDS, heard=lambda said: _note(reading, said))
    except NoRoom:
        _pause(reading, "examining.no_room")
        raise
    except ExaminationBroke:
        if reading.attempts < _MOST_ATTEMPTS:
            _pause(reading, "examining.broke")
            raise
        return Answer(faults={"": ("examining.broke", "")})


@transaction.atomic
def _begin(file_version: FileVersion) -> FileReading | None:
    reading, _is_new = FileReading.objects.select_for_update(no_key=True).get_or_create(file_version=file_version)
    if reading.is_over:
        return None
    reading.state = FileReading.State.RUNNING
    reading.attempts += 1
    reading.started_at = timezone.now()
    reading.code = reading.detail = ""
    reading.steps = [_step("received", "")]
    reading.save(update_fields=["state", "attempts", "started_at", "code", "detail", "steps"])
    return reading


def _note(reading: FileReading, said: Mapping[str, Any]) -> None:
    """Write down what the child says it has done, so that people see how far it is."""
    if "step" in said:
        reading.steps.append(_step(said["step"], said.get("table", "")))
        reading.save(update_fields=["steps"])


def _pause(reading: FileReading, code: str) -> None:
    reading.state = FileReading.State.WAITING
    reading.code = code
    reading.save(update_fields=["state", "code"])


@transaction.atomic
def _finish(reading: FileReading, answer: Answer, scratch: Path) -> None:
    """Write everything that was read, let the checks of the file begin, and lift the hold of the examination."""
    distribution = file_of(reading.file_version)
    kept = [] if distribution is None else keep_tables(reading, distribution, answer, scratch)
    # Tables read anew one by one do not tell which columns the whole file has.
    columns = "" if reading.only or not kept else _columns_hash(kept)
    _conclude(reading, answer, kept)
    if distribution is None:
        return
    dataset = distribution.dataset
    if columns:
        note_columns(dataset, version=reading.file_version, columns_hash=columns, by=SYSTEM)
    _open_holds(reading.file_version, dataset, kept, is_seen=_is_seen(answer, kept))
    settle(dataset)
    count_dictionary(distribution)
    facts = {"file": str(distribution.uuid), "tables": len(answer.read), "code": reading.code}
    record(TablesEvent.FILE_EXAMINED, dataset, by=SYSTEM, facts=facts)


def _conclude(reading: FileReading, answer: Answer, kept: list[Kept]) -> None:
    reading.state = FileReading.State.DONE if kept else FileReading.State.UNREADABLE
    reading.code, reading.detail = answer.fault or ("", "")
    reading.only = []
    reading.outcome |= {one.table.key: {"version": one.version.number, "is_new": one.is_new} for one in kept}
    reading.outcome |= {key: {"code": code, "detail": detail} for key, (code, detail) in answer.faults.items() if key}
    reading.finished_at = timezone.now()
    reading.save(update_fields=["state", "code", "detail", "only", "outcome", "finished_at"])


def _is_seen(answer: Answer, kept: list[Kept]) -> bool:
    """Whether somebody looked for personal data in all of it, or it is nothing that is read as a table."""
    codes = {code for code, _detail in answer.faults.values()}
    return codes <= _NO_TABLES and not any(one.version.examination.get("is_partial") for one in kept)


def _open_holds(file_version: FileVersion, dataset: Dataset, kept: list[Kept], *, is_seen: bool) -> None:
    findings = [finding for one in kept for finding in one.personal]
    names = {column.name for one in kept for column in one.version.columns()}
    open_case(dataset, file_version, findings, columns=names, by=SYSTEM)
    if breaking := {one.table.key: one.breaking for one in kept if one.is_new and one.breaking}:
        open_hold(dataset, Hold.Kind.SCHEMA_CHANGE, version=file_version, facts={"tables": breaking}, by=SYSTEM)
    examinations = list(Hold.objects.still_open().filter(version=file_version, kind=Hold.Kind.EXAMINATION))
    if examinations and not is_seen:
        # What no machine could look into, a person answers for, or a bomb would be the way round the gate.
        open_hold(dataset, Hold.Kind.DECLARATION, version=file_version, facts={"because": "unread"}, by=SYSTEM)
    for hold in examinations:
        is_same = bool(kept) and not any(one.is_new for one in kept)
        lift_hold(hold, by=SYSTEM, reason="", facts={"is_same_content": is_same})


def _columns_hash(kept: list[Kept]) -> str:
    """The names of the columns of a file: whoever declared it knew these, whatever their types and their order."""
    names = sorted(f"{one.table.key}/{column.name}" for one in kept for column in one.version.columns())
    return sha256("\n".join(names).encode()).hexdigest()


def _step(name: str, table: str, state: str = "done") -> dict[str, str]:
    return {"step": name, "table": table, "state": state, "at": timezone.now().isoformat(timespec="seconds")}
