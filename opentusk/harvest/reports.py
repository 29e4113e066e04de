"""A run's report as JSON and as a table, for whoever has to mend the source."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from opentusk.harvest.models import HarvestRun, RunItem, counts_of

COLUMNS = (
    "esito", "riparato", "titolare", "titolo", "identificativo", "chiave_origine",
    "gravita", "codice", "dove", "problema", "prima", "dopo",
)  # fmt: skip
# What a spreadsheet would run as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def summary_of(run: HarvestRun, *, shown_problems: int) -> dict[str, Any]:
    """A run in short, as the command line prints it: counts by outcome and the first problems."""
    items = list(run.items.exclude(problems=[]).in_order())
    problems = ({**problem, "item": item.origin_id} for item in items for problem in item.problems)
    counts = run.counts or counts_of(run)
    return {
        "source": run.source.name,
        "run": run.pk,
        "status": run.status,
        "is_dry_run": run.is_dry_run,
        "is_complete": run.is_complete,
        "message": run.message,
        "message_it": run.message_text,
        "detail": run.detail,
        "documents": run.problems,
        "outcomes": counts,
        "problems_total": sum(len(item.problems) for item in items),
        "problems": list(islice(problems, shown_problems)),
    }


def item_to_json(item: RunItem) -> dict[str, Any]:
    """One item of the report."""
    return {
        "outcome": item.outcome,
        "is_repaired": item.is_repaired,
        "holder": item.holder.ipa_code if item.holder else None,
        "title": item.title,
        "identifier": item.identifier,
        "origin_id": item.origin_id,
        "dataset": item.dataset.slug if item.dataset else None,
        "problems": item.problems,
    }


def table_of(items: Iterable[RunItem]) -> Iterator[list[str]]:
    """The report as rows: one per problem, or one for an item that has none."""
    yield list(COLUMNS)
    for item in items:
        start = [
            str(item.get_outcome_display()),
            "sì" if item.is_repaired else "no",
            item.holder.ipa_code if item.holder else "",
            item.title,
            item.identifier,
            item.origin_id,
        ]
        for problem in item.problems or [{}]:
            end = [problem.get(name) for name in ("severity", "code", "where", "message_it", "before", "after")]
            yield [_cell(value) for value in (*start, *end)]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
