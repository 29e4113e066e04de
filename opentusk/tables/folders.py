"""Where Parquet files live: made in a scratch folder, moved whole to their own, swept away when nobody names them.

Every folder has a name of its own, so a reading that is killed and begun again never meets its own remains.
"""

import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

_SCRATCH = "scratch"
# Whoever began to read a folder that was replaced has this long to end.
_GRACE = timedelta(hours=24)


def tables_dir() -> Path:
    """The folder of all tables."""
    return Path(settings.TABLES_DIR)


def new_scratch() -> Path:
    """An empty folder on the disk of the tables, for one reading."""
    folder = tables_dir() / _SCRATCH / uuid4().hex
    folder.mkdir(parents=True)
    return folder


def keep(made: Path, table: UUID) -> str:
    """Move a folder that is whole to the table's own; its name under TABLES_DIR. One rename: all of it or nothing."""
    name = f"{table}/{uuid4().hex}"
    (tables_dir() / str(table)).mkdir(parents=True, exist_ok=True)
    made.rename(tables_dir() / name)
    return name


def discard(folder: Path) -> None:
    """Delete a scratch folder and whatever is still in it."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(named: Collection[str], *, now: datetime) -> int:
    """Delete the folders that no row names and that are older than a day; how many."""
    swept = 0
    for folder in _folders():
        if str(folder.relative_to(tables_dir())) in named:
            continue
        if now - datetime.fromtimestamp(folder.stat().st_mtime, tz=now.tzinfo) > _GRACE:
            shutil.rmtree(folder)
            swept += 1
    return swept


def _folders() -> list[Path]:
    return [folder for folder in tables_dir().glob("*/*") if folder.is_dir()]
