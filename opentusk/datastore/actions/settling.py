"""Which state of a store everybody may read: the last one that nothing speaks against.

Rows that a machine suspects, and rows of a body that wants a second person to look, wait: they become a version of
the file, which goes the way of every file, and are public when that version is.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from opentusk.catalog.models import ReviewPolicy
from opentusk.datastore.actions.preparing import ask_to_prepare
from opentusk.datastore.events import DatastoreEvent
from opentusk.datastore.models import Store, StoreState, api_names
from opentusk.files.models import FileVersion
from opentusk.journal.actions import enqueue, record
from opentusk.journal.actors import SYSTEM, Actor, ActorKind
from opentusk.quality.actions import decision_that_holds
from opentusk.quality.findings import finding_of, finding_to_json, together
from opentusk.quality.models import PrivacyCase

# A load comes in batches: its end is worth waiting for, before a file is made of it.
_PAUSE = timedelta(seconds=60)
_AT_LEAST = timedelta(hours=1)


def settle(store: Store, *, by: Actor) -> None:
    """Let the public have the newest state, or ask for the file that decides about it; the store's row is locked."""
    state = store.head
    assert state is not None
    state.store = store
    if _is_free(store, state, by):
        _release(store, state)
    else:
        waits = store.given_at + _AT_LEAST if store.given_at else timezone.now()
        ask_to_give(store, at=max(waits, timezone.now() + _PAUSE))
        facts = {"table": str(store.distribution.uuid), "state": state.number}
        record(DatastoreEvent.STORE_HELD, store.distribution.dataset, by=by, facts=facts)
    _forget_others(store)


def ask_to_give(store: Store, *, at: object = None) -> None:
    """Have the worker make a version of the file from the newest state."""
    when = {"at": at} if at else {}
    enqueue("opentusk.datastore.tasks.give", key=f"datastore.give:{store.pk}", store=store.pk, **when)  # type: ignore[arg-type]


@transaction.atomic
def follow_release(version: int) -> None:
    """A version of a file is public: so is the state that it was made of."""
    state = StoreState.objects.filter(version=version).first()
    if state is None:
        return
    store = _locked(state.store_id)
    state.store = store
    if store.public is None or store.public.number < state.number:
        _release(store, state)
        _tell(store, state)
        if store.head is not None and store.head.number > state.number:
            # What was written meanwhile may hold nothing that the decision did not know.
            store.head.store = store
            if _is_free(store, store.head, SYSTEM) and not wants_review(store):
                _release(store, store.head)
    _forget_others(store)


@transaction.atomic
def follow_suspicion(case: PrivacyCase) -> None:
    """The file made of a state is suspected: nobody else reads the store any more, until a person decides."""
    state = StoreState.objects.filter(version=case.version).first()
    if state is None or not case.is_open:
        return
    store = _locked(state.store_id)
    for one in {state.pk: state, store.head_id: store.head}.values():
        if one is not None:
            found = together([finding_of(stored) for stored in one.findings], case.found)
            one.findings = [finding_to_json(finding) for finding in found]
            one.save(update_fields=["findings"])
    if store.public is not None and store.public.number >= state.number:
        store.public = None
        store.save(update_fields=["public"])
        facts = {"table": str(store.distribution.uuid), "state": state.number}
        record(DatastoreEvent.STORE_HELD, store.distribution.dataset, by=SYSTEM, facts=facts)


@transaction.atomic
def follow_decision(case: PrivacyCase) -> None:
    """A person decided to take columns away: then the state is public without them."""
    state = StoreState.objects.filter(version=case.version).first()
    if state is None or case.decision != PrivacyCase.Decision.EXCLUDE:
        return
    store = _locked(state.store_id)
    state.store = store
    if _is_free(store, state, SYSTEM):
        _release(store, state)
        _tell(store, state)


def _is_free(store: Store, state: StoreState, by: Actor) -> bool:
    """Whether nothing speaks against the state; what a decision takes away is hidden in it."""
    dataset = store.distribution.dataset
    waits_for_a_second = by.kind is ActorKind.PERSON and dataset.is_published and wants_review(store)
    found = [finding_of(stored) for stored in state.findings]
    series = store.distribution.series_id
    if found:
        decision = decision_that_holds(series, found) if series else None
        if decision is None:
            return False
    else:
        decision = _last_to_publish(series) if series else None
    _hide(state, decision.excluded_columns if decision else [])
    return not waits_for_a_second


def _last_to_publish(series: int) -> PrivacyCase | None:
    """The last decision that said what of the file may be public: what it took away stays away when nothing is
    suspected any more, as after the rows were deleted and loaded anew.
    """
    cleared = PrivacyCase.objects.of_series(series).filter(state=PrivacyCase.State.CLEARED)
    return cleared.newest_first().first()


def _hide(state: StoreState, columns: Sequence[str]) -> None:
    names = dict(zip(api_names(state.columns), (field.id for field in state.columns), strict=True))
    hidden = [names[name] for name in columns if name in names]
    if hidden != state.hidden:
        state.hidden = hidden
        state.save(update_fields=["hidden"])


def wants_review(store: Store) -> bool:
    """Whether the body wants a second person to look at new data."""
    return ReviewPolicy.objects.filter(agent=store.distribution.dataset.rights_holder_id).exists()


def _release(store: Store, state: StoreState) -> None:
    store.public = state
    store.save(update_fields=["public"])
    ask_to_prepare(store, rows=state.rows)


def _tell(store: Store, state: StoreState) -> None:
    facts = {"table": str(store.distribution.uuid), "state": state.number}
    record(DatastoreEvent.STORE_RELEASED, store.distribution.dataset, by=SYSTEM, facts=facts)


def _locked(number: int) -> Store:
    rows = Store.objects.select_for_update(of=("self",), no_key=True).select_related(
        "head", "public", "distribution__dataset"
    )
    return rows.get(pk=number)


def _forget_others(store: Store) -> None:
    """Only the newest state, the public one, and those whose file waits are still of use."""
    used = [number for number in (store.head_id, store.public_id) if number]
    store.states.exclude(pk__in=used).exclude(version__state=FileVersion.State.PENDING).delete()
