"""Every write of the files room."""

from opentusk.files.actions.receiving import receive
from opentusk.files.actions.sweeping import sweep
from opentusk.files.actions.uploading import append_chunk, begin_upload, cancel_upload, finish_upload, take_whole
from opentusk.files.actions.versions import (
    add_version,
    close_series,
    create_series,
    delete_series,
    hold_back,
    refuse,
    release,
    reopen_series,
)

__all__ = [
    "add_version",
    "append_chunk",
    "begin_upload",
    "cancel_upload",
    "close_series",
    "create_series",
    "delete_series",
    "finish_upload",
    "hold_back",
    "receive",
    "refuse",
    "release",
    "reopen_series",
    "sweep",
    "take_whole",
]
