"""One measured figure, with what makes it comparable."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`value` is the median of `rounds`; `size` says over how much data; `target` is what the issue asks."""

    what: str
    value: float
    unit: str
    size: str
    rounds: int
    target: str = ""

    def line(self) -> str:
        """The measure as one line for people."""
        target = f"  (target {self.target})" if self.target else ""
        return f"{self.what}: {self.value:,.1f} {self.unit}  [{self.size}; median of {self.rounds}]{target}"


def median_seconds(work: Callable[[], object], *, rounds: int) -> float:
    """The median time of a piece of work, in seconds."""
    times = []
    for _round in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
