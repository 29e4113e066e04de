"""What a datalab collected, and which of its counts may be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping

from opentusk.demand.models import Datalab, WantedDataset, WantedDatasetQuerySet
from opentusk.demand.states import State

# A world of fewer people, where something else is known of them too, could name somebody.
SMALLEST_CELL = 5


def collected_at(datalab: Datalab) -> WantedDatasetQuerySet:
    """What a datalab collected, as everybody may see it: merged wishes count in those they were merged into."""
    wishes = WantedDataset.objects.shown().filter(event=datalab.event)
    return wishes.exclude(state__in=(State.MERGED, State.REFUSED))


def counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value is there, the most frequent first."""
    return dict(Counter(values).most_common())


def without_small_cells(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """The counts that may be shown, and the sum of those that may not.

    A single hidden cell could be had by subtraction, so that a second one, the smallest, is hidden with it.
    """
    ordered = sorted(((number, name) for name, number in counts.items() if number), reverse=True)
    shown = [(number, name) for number, name in ordered if number >= SMALLEST_CELL]
    hidden = [number for number, _name in ordered if number < SMALLEST_CELL]
    if len(hidden) == 1 and shown:
        hidden.append(shown.pop()[0])
    return {name: number for number, name in shown}, sum(hidden)
