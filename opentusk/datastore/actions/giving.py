"""A store becomes a version of its file: when it rests, at most once a day; at once when its rows wait for somebody.

The file goes the way of every file: examined, looked at, released with its dataset, kept for ever under its number.
"""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from opentusk.catalog.actions import add_file_version, attach_copy, open_hold
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.datastore.actions.settling import ask_to_give, follow_release, wants_review
from opentusk.datastore.models import Store, StoreState
from opentusk.files import actions as files
from opentusk.files.errors import SameBytes
from opentusk.files.models import FileVersion
from opentusk.journal.actors import SYSTEM
from opentusk.kit.datastore.asking import Ask
from opentusk.kit.datastore.dumping import dump
from opentusk.tables.engine import engine

_REST = timedelta(minutes=10)
_DAY = timedelta(days=1)
_SECONDS = 300.0
_MOST_ATTEMPTS, _SOON = 3, timedelta(seconds=60)


def give_due() -> None:
    """Ask for the files of the stores that changed, rest now, and gave none for a day."""
    now = timezone.now()
    never_or_long_ago = Q(given_at__isnull=True) | Q(given_at__lt=now - _DAY)
    for store in Store.objects.filter(never_or_long_ago, number__gt=F("given"), written_at__lt=now - _REST):
        ask_to_give(store)


def give_version(store: Store) -> FileVersion | None:
    """Make a version of the file from the newest state; None when it has no rows, or was given already.

    When rows are written all the while, the worker is asked for it.
    """
    for _attempt in range(_MOST_ATTEMPTS):
        found = Store.objects.with_states().filter(pk=store.pk).first()
        state = found.head if found else None
        if found is None or state is None:
            return None
        if not state.rows or state.version_id or found.distribution.dataset.is_withdrawn:
            return None
        if version := _given(found, state):
            return version
    ask_to_give(store, at=timezone.now() + _SOON)
    return None


def _given(store: Store, state: StoreState) -> FileVersion | None:
    """A version made of this state; None when another state took its place meanwhile."""
    state.store = store
    with TemporaryDirectory(dir=_scratch()) as folder:
        # With suspicions it is for a person to see all of it; without, what was taken away earlier stays away.
        source = state.source(for_public=not state.findings)
        ask = Ask(fields=source.fields, limit=None)
        out = Path(folder) / "rows.csv"
        made = dump(engine(), source, ask, "csv", out, words=Path(settings.WORDS_DIR), bom=False, seconds=_SECONDS)
        version = _attach(store, state, made.path)
    if version is not None and version.is_public:
        follow_release(version.pk)
    return version


@transaction.atomic
def _attach(store: Store, state: StoreState, path: Path) -> FileVersion | None:
    distribution = store.distribution
    dataset = distribution.dataset
    # First the dataset, then the store, the journal's pen last. A write deletes the states before its own.
    Dataset.objects.select_for_update(of=("self",), no_key=True).get(pk=dataset.pk)
    is_there = Store.objects.select_for_update(of=("self",), no_key=True).filter(pk=store.pk).first()
    if is_there is None or not is_there.states.filter(pk=state.pk).exists():
        return None
    name = distribution.series.name if distribution.series else f"{dataset.slug}.csv"
    name = name if name.lower().endswith(".csv") else f"{name}.csv"
    stored = files.receive(path, name=name, agent=dataset.rights_holder, by=SYSTEM)
    has_own_file = distribution.series is not None and not distribution.is_copy
    give = add_file_version if has_own_file else attach_copy
    try:
        version = give(distribution, stored, name=name, by=SYSTEM)
        if wants_review(store) and store.written_by_id and dataset.is_published:
            facts = {"author_id": store.written_by_id, "is_asked": True}
            open_hold(dataset, Hold.Kind.REVIEW, version=version, facts=facts, by=SYSTEM)
    except SameBytes as same:
        series = Distribution.objects.select_related("series").get(pk=distribution.pk).series
        assert series is not None
        version = series.versions.get(number=same.number)
    state.version = version
    state.save(update_fields=["version"])
    store.given, store.given_at = state.number, timezone.now()
    store.save(update_fields=["given", "given_at"])
    return version


def _scratch() -> Path:
    folder = Path(settings.EXPORTS_DIR) / "given"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
