"""Counts different things without remembering any of them: HyperLogLog (Flajolet and others, 2007), 256 registers.

A register keeps the longest run of zero bits of the things that fell to it, so that the union of two counts is the
larger of each pair. The count is off by 7 % in the mean; below some hundreds, where empty registers say more, by less.
"""

from math import log

REGISTERS = 256
_BITS = 64 - 8
_ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)


class Sketch:
    """What is left of a set: how many things were in it, roughly, and nothing else."""

    def __init__(self, registers: bytes = bytes(REGISTERS)) -> None:
        self._registers = bytearray(registers)

    def add(self, digest: bytes) -> bool:
        """Take a thing in by eight bytes that look like chance; whether that changed anything."""
        number = int.from_bytes(digest[:8])
        place, rest = number >> _BITS, number & ((1 << _BITS) - 1)
        zeros = _BITS - rest.bit_length() + 1
        if zeros <= self._registers[place]:
            return False
        self._registers[place] = zeros
        return True

    def merge(self, other: bytes) -> None:
        """Take in everything that another has, by its registers."""
        self._registers = bytearray(map(max, self._registers, other))

    def registers(self) -> bytes:
        """What there is to keep."""
        return bytes(self._registers)

    def count(self) -> int:
        """About how many different things were taken in."""
        empty = self._registers.count(0)
        if empty > REGISTERS * 0.08:
            return round(REGISTERS * log(REGISTERS / empty))
        return round(_ALPHA * REGISTERS**2 / sum(2.0**-zeros for zeros in self._registers))
