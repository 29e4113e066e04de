"""Takes gathered items into the catalogue: harmonise, find the titolare, store, and keep the outcome of each.

A batch and its outcomes are one transaction, so a run killed at any moment has lost nothing and doubles nothing when
it goes on: items that have an outcome are passed over.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.db import OperationalError, transaction

from opentusk.bodies.actions import ensure_agent
from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, text_in
from opentusk.catalog.storing import Incoming, Stored, preview_records, store_records
from opentusk.harvest.defaults import defaults_of
from opentusk.harvest.gathering import Gathered, Harvested
from opentusk.harvest.models import HarvestRun, HarvestSource, RunItem, counts_of
from opentusk.kit.harmonise import harmonise_dataset
from opentusk.kit.problems import Problem, Severity, problem_to_json
from opentusk.kit.record_json import read_record
from opentusk.kit.records import Agent as AgentRecord
from opentusk.kit.records import Dataset as Record

logger = logging.getLogger(__name__)

BATCH = 200
Report = Callable[[HarvestRun], None]


def take_all(harvested: Harvested, run: HarvestRun, *, report: Report) -> None:
    """Give every gathered item its outcome. `report` is told after each batch."""
    taking = _Taking(harvested, run)
    waiting = taking.changed()
    while batch := list(islice(waiting, BATCH)):
        taking.take(batch)
        report(run)
    taking.save_counts()
    report(run)


class _Taking:
    """What a run knows while it takes items: checksums it has, outcomes it gave, titolari it met."""

    def __init__(self, harvested: Harvested, run: HarvestRun) -> None:
        self._harvested = harvested
        self._run = run
        self._source: HarvestSource = run.source
        self._actor = run.source.actor()
        self._defaults = defaults_of(run.source, publisher=harvested.publisher)
        self._iris = iris()
        self._agents: dict[str, Agent] = {}
        published = Dataset.objects.published().from_origin(run.source.origin)
        self._known = dict(published.values_list("origin_id", "origin_checksum"))
        self._done = set(run.items.values_list("origin_id", flat=True))
        self._counts = counts_of(run)

    def changed(self) -> Iterator[Gathered]:
        """Items that have no outcome yet and do not say what they said last time."""
        for item in self._harvested.items():
            if item.key in self._done:
                continue
            if self._known.get(item.key) == item.checksum:
                self._counts["unchanged"] += 1
                continue
            yield item

    def save_counts(self) -> None:
        """Show how far the run is."""
        self._run.counts = dict(self._counts)
        self._run.save(update_fields=["counts"])

    def take(self, batch: list[Gathered]) -> None:
        """Take a batch; when something in it breaks, take its items one by one and refuse the one that broke."""
        counts = dict(self._counts)
        try:
            with transaction.atomic():
                self._take(batch)
        except OperationalError:
            # The database itself is away: no item is to blame.
            raise
        except Exception:  # the loop over harvested items: one that breaks our code must not stop the others
            self._counts = counts
            self._agents.clear()
            if len(batch) > 1:
                for item in batch:
                    self.take([item])
                return
            logger.exception("source %s run %s item %s", self._source.pk, self._run.pk, batch[0].key)
            self._refuse_broken(batch[0])

    def _take(self, batch: list[Gathered]) -> None:
        # A body may be suspended while its catalogue is read: each batch asks again who may publish.
        self._agents.clear()
        items = [self._item_of(gathered, incoming) for gathered, incoming in self._prepared(batch)]
        RunItem.objects.bulk_create(items)
        self.save_counts()

    def _prepared(self, batch: list[Gathered]) -> Iterable[tuple[Gathered, Stored | list[Problem]]]:
        """Each item with what became of it: stored, or the problems for which it could not even be tried."""
        answers: dict[str, Stored | list[Problem]] = {}
        own: list[Incoming] = []
        others: list[Incoming] = []
        for gathered in batch:
            prepared = self._prepare(gathered)
            if prepared is None:
                continue
            if isinstance(prepared, list):
                answers[gathered.key] = prepared
            else:
                (own if self._is_own(prepared) else others).append(prepared)
        # The titolare's own catalogue takes its datasets over from an aggregator; nobody takes over another's.
        answers |= self._store(own, takes_over=True)
        answers |= self._store(others, takes_over=False)
        return [(gathered, answers[gathered.key]) for gathered in batch if gathered.key in answers]

    def _is_own(self, incoming: Incoming) -> bool:
        return self._source.role == HarvestSource.Role.BODY and incoming.holder == self._source.agent

    def _store(self, batch: list[Incoming], *, takes_over: bool) -> dict[str, Stored | list[Problem]]:
        if not batch:
            return {}
        if self._run.is_dry_run:
            stored = preview_records(batch, origin=self._source.origin, takes_over=takes_over)
        else:
            stored = store_records(batch, origin=self._source.origin, by=self._actor, takes_over=takes_over)
        return {incoming.origin_id: answer for incoming, answer in zip(batch, stored, strict=True)}

    def _prepare(self, gathered: Gathered) -> Incoming | list[Problem] | None:
        """The item ready to be stored, or its problems; None when a filter leaves it out."""
        problems = gathered.read_problems()
        if gathered.key in self._harvested.repeated:
            problems.append(_repeated(gathered, self._harvested.repeated[gathered.key]))
        if gathered.record is None:
            return problems
        record, changes = harmonise_dataset(read_record(Record, gathered.record), self._defaults, self._iris)
        problems += changes
        holder = record.rights_holder
        if holder is None or not holder.identifier:
            return [*problems, _problem("harvest.no_holder", gathered)]
        if not self._is_wanted(holder.identifier):
            return None
        if self._is_foreign(holder):
            return [*problems, _problem("harvest.foreign_holder", gathered, holder=holder.identifier)]
        agent = self._agent(holder)
        if not agent.is_active:
            return [*problems, _problem("harvest.closed_holder", gathered, holder=agent.name)]
        return Incoming(
            record=record,
            holder=agent,
            origin_id=gathered.key,
            origin_checksum=gathered.checksum,
            problems=problems,
            facts=self._facts(gathered),
        )

    def _is_wanted(self, ipa: str) -> bool:
        filters = self._source.filters
        only, without = filters.get("only_holders") or [], filters.get("except_holders") or []
        return ipa not in without and (not only or ipa in only)

    def _is_foreign(self, holder: AgentRecord) -> bool:
        agent = self._source.agent
        return not self._source.may_name_others and (agent is None or holder.identifier != agent.ipa_code)

    def _agent(self, holder: AgentRecord) -> Agent:
        """The body's row. A preview invents one in memory: it must write nothing."""
        code = holder.identifier.strip().lower()
        if code not in self._agents:
            known = Agent.objects.filter(ipa_code=code).first()
            if known is None and self._run.is_dry_run:
                known = Agent(ipa_code=code, name=holder.name or code)
            self._agents[code] = known or ensure_agent(replace(holder, identifier=code), by=self._actor)
        return self._agents[code]

    def _facts(self, gathered: Gathered) -> dict[str, object]:
        record = gathered.record or {}
        facts = {
            "source": self._source.name,
            "source_id": self._source.pk,
            "catalog": self._harvested.catalog,
            "page": gathered.page,
            "iri": record.get("iri"),
            "identifier": record.get("identifier"),
            "run": self._run.pk,
        }
        return {name: value for name, value in facts.items() if value}

    def _item_of(self, gathered: Gathered, answer: Stored | list[Problem]) -> RunItem:
        if isinstance(answer, list):
            return self._item(gathered, RunItem.Outcome.REJECTED, answer)
        item = self._item(gathered, RunItem.Outcome(answer.outcome.value), answer.problems)
        if answer.dataset is not None:
            item.holder = answer.dataset.rights_holder if answer.dataset.rights_holder_id else None
            item.dataset = answer.dataset if answer.dataset.pk else None
            item.identifier = answer.dataset.identifier
        return item

    def _item(self, gathered: Gathered, outcome: RunItem.Outcome, problems: Iterable[Problem]) -> RunItem:
        found = list(problems)
        is_repaired = outcome != RunItem.Outcome.REJECTED and any(_mends(problem) for problem in found)
        self._counts[outcome.value] += 1
        self._counts["repaired"] += is_repaired
        record = gathered.record or {}
        return RunItem(
            run=self._run,
            origin_id=gathered.key,
            title=text_in(record.get("title") or {})[:500],
            identifier=str(record.get("identifier", ""))[:500],
            outcome=outcome,
            is_repaired=is_repaired,
            problems=[problem_to_json(problem) for problem in found],
        )

    @transaction.atomic
    def _refuse_broken(self, gathered: Gathered) -> None:
        """The item that broke our code: its own words may not even fit in the database, so only its key is kept."""
        bare = replace(gathered, record=None)
        self._item(bare, RunItem.Outcome.REJECTED, [_problem("harvest.item_broke", gathered)]).save()
        self.save_counts()


def _problem(code: str, gathered: Gathered, **values: str) -> Problem:
    return Problem(code=code, severity=Severity.BLOCKS, where=gathered.key, values=values)


def _repeated(gathered: Gathered, times: int) -> Problem:
    return Problem(
        code="harvest.repeated_identifier", severity=Severity.MAJOR, where=gathered.key, values={"times": str(times)}
    )


def _mends(problem: Problem) -> bool:
    """Whether a value of the source was wrong and was changed; an address we give to a node is no fault of its own."""
    return problem.repairs and problem.severity is not Severity.INFO
