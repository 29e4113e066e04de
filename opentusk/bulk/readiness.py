"""Which drafts of a bulk run could be published now, and what the others wait for."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from opentusk.bulk.models import Batch, BatchRow
from opentusk.catalog.actions import judge
from opentusk.catalog.models import Dataset, Hold
from opentusk.catalog.records import to_record
from opentusk.catalog.refusals import way_out
from opentusk.kit.problems import blocking, problem_to_json
from opentusk.publishing.fixes import words_of

# A list of what to sign that a person can still read.
_AT_ONCE = 200


@dataclass(frozen=True)
class Draft:
    """A row whose dataset is a draft; `words` say what it waits for, none when only the signature is missing."""

    row: BatchRow
    words: str

    @property
    def is_ready(self) -> bool:
        """Whether only the signature is missing."""
        return not self.words


def drafts_of(batch: Batch) -> list[Draft]:
    """The drafts that a run made or changed, as in the spreadsheet, up to as many ready ones as one reads at once."""
    found: list[Draft] = []
    ready = 0
    for draft in _each(batch):
        if ready == _AT_ONCE:
            break
        ready += draft.is_ready
        found.append(draft)
    return found


def _each(batch: Batch) -> Iterator[Draft]:
    rows = list(batch.rows.drafts())
    holds = defaultdict[int, list[Hold]](list)
    waiting = Hold.objects.still_open().exclude(kind=Hold.Kind.DECLARATION).select_related("dataset", "version")
    for hold in waiting.filter(dataset__batch_rows__batch=batch).distinct().oldest_first():
        holds[hold.dataset_id].append(hold)
    for row in rows:
        assert row.dataset is not None
        yield Draft(row, _words(row.dataset, holds[row.dataset.pk]))


def _words(dataset: Dataset, holds: list[Hold]) -> str:
    if holds:
        return way_out(holds[0])
    problems = blocking(judge(to_record(dataset), dataset))
    return " ".join(words_of(problem_to_json(problem)) for problem in problems)
