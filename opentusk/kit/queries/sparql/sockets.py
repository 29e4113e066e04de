"""Takes from this process, for good, the way to open a connection: a filter of the kernel refuses the call.

The engine can ask other endpoints by itself (SERVICE). The guard refuses such queries; this is the wall behind it.
"""

import ctypes
import errno
import platform
import struct

_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_SECCOMP = 22  # PR_SET_SECCOMP
_FILTER = 2  # SECCOMP_MODE_FILTER
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
# For each machine: how the kernel calls it, and its numbers of socket() and, where there is one, of io_uring_setup().
_MACHINES = {"x86_64": (0xC000003E, (41, 425)), "aarch64": (0xC00000B7, (198, 425))}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def forbid_sockets() -> bool:
    """Refuse every new socket from now on; False where the kernel cannot do it, and only the guard stands."""
    known = _MACHINES.get(platform.machine())
    libc = ctypes.CDLL(None, use_errno=True)
    if known is None or libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    code = _program(*known)
    program = _Program(len(code) // 8, code)
    return not libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """Refuse these calls, and every call in the numbering of another architecture; allow the rest."""
    count = len(numbers)
    steps = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 0, count + 2, architecture), (_LOAD, 0, 0, 0)]
    steps += [(_JUMP_EQUAL, count - place, 0, number) for place, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
