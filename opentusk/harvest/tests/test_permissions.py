"""Who may do what to a source: every action against every kind of actor."""

from collections.abc import Callable

import pytest

from opentusk.bodies.models import Agent, Membership
from opentusk.harvest import actions
from opentusk.harvest.actions import SourceSettings
from opentusk.harvest.errors import HarvestRefusal, NotAllowed
from opentusk.harvest.models import HarvestRun, HarvestSource
from opentusk.journal.actors import ANONYMOUS, SYSTEM, Actor
from opentusk.people.actors import actor_of
from opentusk.people.models import User

Cast = dict[str, Actor]


@pytest.fixture
def cast(lecce: Agent, source: HarvestSource) -> Cast:
    """One of each who might try."""
    other = Agent.objects.create(ipa_code="c_f205", slug="milano", name="Comune di Milano")

    def person(name: str, **fields: str) -> User:
        return User.objects.create_user(f"{name}@example.org", **fields)

    def worker(role: str, agent: Agent) -> Actor:
        user = person(f"{role}-{agent.pk}")
        Membership.objects.create(user=user, agent=agent, role=role)
        return actor_of(user)

    return {
        "system": SYSTEM,
        "editor": actor_of(person("editor", desk_role="editor")),
        "admin": actor_of(person("admin", desk_role="admin")),
        "referente": worker("referente", lecce),
        "redattore": worker("redattore", lecce),
        "dpo": worker("dpo", lecce),
        "stranger": actor_of(person("stranger")),
        "neighbour": worker("referente", other),
        "source": source.actor(),
        "anonymous": ANONYMOUS,
    }


OURS = {"system", "editor", "admin", "referente", "redattore"}
DESK = {"system", "editor", "admin"}
Attempt = Callable[[HarvestSource, Actor], object]


def _to_confirm(source: HarvestSource, by: Actor) -> None:
    run = HarvestRun.objects.create(source=source, status=HarvestRun.Status.TO_CONFIRM)
    actions.confirm_withdrawals(run, by=by)


def _add(source: HarvestSource, by: Actor, **fields: object) -> None:
    chosen = {"name": "x", "kind": "ckan", "url": "https://x.example", "agent": source.agent, **fields}
    actions.add_source(SourceSettings(**chosen), by=by)  # type: ignore[arg-type]


def _change(source: HarvestSource, by: Actor) -> None:
    chosen = SourceSettings(name="y", kind="ckan", url="https://y.example", agent=source.agent)
    actions.change_source(source, chosen, by=by)


ATTEMPTS: dict[str, tuple[Attempt, set[str]]] = {
    "add a body's source": (_add, OURS),
    "add an aggregator": (lambda source, by: _add(source, by, role="aggregator", agent=None), DESK),
    "add a path on the disk": (lambda source, by: _add(source, by, url="/etc/passwd"), {"system"}),
    "change": (_change, OURS),
    "pause": (lambda source, by: actions.pause(source, by=by), OURS),
    "resume": (lambda source, by: actions.resume(source, by=by), OURS),
    "run": (lambda source, by: actions.run_now(source, by=by), OURS),
    "preview": (lambda source, by: actions.preview(source, by=by), OURS),
    "confirm": (_to_confirm, OURS),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_only_those_who_answer_for_a_source_decide_about_it(attempt: str, cast: Cast, source: HarvestSource) -> None:
    act, allowed = ATTEMPTS[attempt]
    granted = set()

    for name, by in cast.items():
        HarvestSource.objects.exclude(pk=source.pk).delete()
        source.runs.all().delete()
        try:
            act(source, by)
        except NotAllowed:
            continue
        granted.add(name)

    assert granted == allowed


def test_a_body_that_takes_a_source_over_keeps_to_its_own_datasets(cast: Cast, source: HarvestSource) -> None:
    _change(source, cast["referente"])

    assert not HarvestSource.objects.get(pk=source.pk).may_name_others


def test_a_body_cannot_hand_its_source_to_another_body(cast: Cast, source: HarvestSource) -> None:
    other = Agent.objects.get(ipa_code="c_f205")
    chosen = SourceSettings(name="y", kind="ckan", url="https://y.example", agent=other)

    with pytest.raises(HarvestRefusal):
        actions.change_source(source, chosen, by=cast["referente"])
