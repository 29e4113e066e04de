"""What a process of `processes.ProcessPool` does: limits itself, then answers until its input ends.

It is the first to go when the machine runs short. A request that is too much for it may kill it: whoever started it
starts another. Out of memory it ends by a signal or with OUT_OF_MEMORY; with any other number, after a mistake of ours,
whose traceback is on standard error.
"""

import errno
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from opentusk.kit.queries.errors import BadQuery, OverBudget, VersionGone
from opentusk.kit.queries.processes import OUT_OF_MEMORY

Request = Mapping[str, object]


def serve(answer: Callable[[Request], dict[str, object]]) -> None:
    """Answer each line of the input; refusals travel as facts."""
    answers = sys.stdout.buffer
    try:
        for line in sys.stdin.buffer:
            content = json.dumps(_told(answer, json.loads(line)), ensure_ascii=False).encode("utf-8", "replace")
            answers.write(len(content).to_bytes(8, "big") + content)
            answers.flush()
    except MemoryError:
        # Not even the answer that says so fits: no clean-up either, which would need memory.
        os._exit(OUT_OF_MEMORY)


def limit_process(kind: int, room: int, *, largest_file: int) -> None:
    """What this process may take: `room` bytes of the resource `kind`, no large files, low priority."""
    resource.setrlimit(kind, (room, room))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("900")


def _told(answer: Callable[[Request], dict[str, object]], request: Request) -> dict[str, object]:
    try:
        return answer(request)
    except BadQuery as refusal:
        return {"bad": {"code": refusal.code, "position": refusal.position, "values": dict(refusal.values)}}
    except OverBudget as refusal:
        return {"over": refusal.resource}
    except VersionGone:
        return {"gone": True}
    except MemoryError:
        return {"over": "memory"}
    except OSError as fault:
        if fault.errno not in (errno.EFBIG, errno.ENOSPC):
            raise
        return {"over": "bytes"}
