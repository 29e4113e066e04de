"""Packages written: the record they mean through the catalogue's actions, and beside it what they say in their way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.models import Agent
from opentusk.catalog import actions as catalog
from opentusk.catalog.actions.holding import lock
from opentusk.catalog.models import Dataset, Distribution
from opentusk.catalog.records import part_of_row, to_record
from opentusk.ckan.actions.declaring import beginning
from opentusk.ckan.actions.settling import package_of, settle
from opentusk.ckan.describing import Known, harmonised_part, new_number, nothing_known, part_meant, record_meant
from opentusk.ckan.models import Package, Resource
from opentusk.ckan.naming import identifier_for
from opentusk.ckan.showing import fetch_resources, package_dict
from opentusk.journal.actors import Actor
from opentusk.kit.ckan_packages.echo import echo_extras, echo_said, keep_extras, keep_said
from opentusk.kit.ckan_packages.intent import COMPUTED, COMPUTED_OF_RESOURCE
from opentusk.kit.mapping.ckan_write import write_package
from opentusk.kit.mapping.ckan_write_resource import write_resource
from opentusk.people.models import ApiToken

Json = dict[str, Any]
REMOVED = "tolto da un programma"
# `type` is computed for everybody else: only the client's own word is another one.
_NOT_SAID = COMPUTED - {"type"}


@transaction.atomic
def create_package(
    given: Json, *, holder: Agent, identifier: str, number: UUID | None, wish: Package.Wish, by: Actor, token: ApiToken
) -> Dataset:
    """A new dataset, public if it can be; else a draft that says what it waits for. Raises what the catalogue does."""
    begin = beginning(token) if wish == Package.Wish.PUBLIC else catalog.create_draft
    dataset = _begin(begin, given, holder=holder, identifier=identifier, number=number, wish=wish, by=by, token=token)
    return dataset if dataset.is_published else settle(dataset, by=by, token=token, wish=wish)


@transaction.atomic
def bring_package(
    given: Json, *, holder: Agent, identifier: str, number: UUID | None, by: Actor, token: ApiToken | None = None
) -> Dataset:
    """A new draft with everything a package says, its own words too; whoever brings it decides what comes next."""
    wish = _wish_of(given)
    return _begin(
        catalog.create_draft, given, holder=holder, identifier=identifier, number=number, wish=wish, by=by, token=token
    )


def _begin(
    create: Callable[..., Dataset],
    given: Json,
    *,
    holder: Agent,
    identifier: str,
    number: UUID | None,
    wish: Package.Wish,
    by: Actor,
    token: ApiToken | None,
) -> Dataset:
    known = nothing_known(holder, identifier)
    given = _numbered(given)
    record = record_meant(given, known, holder)
    dataset = create(record, holder=holder, by=by, slug=str(given["name"]), uuid=number)
    package = Package(dataset=dataset, wish=wish, token=token)
    fetch_resources([dataset])
    _keep(package, given, known, by=by, rows=dataset.distributions.all())
    return dataset


def _wish_of(given: Json) -> Package.Wish:
    """What a package that is brought says of itself: a copy of what is private is no less so."""
    if given.get("private") is True:
        return Package.Wish.PRIVATE
    return Package.Wish.DRAFT if given.get("state") == "draft" else Package.Wish.PUBLIC


@contextmanager
def opened(dataset: Dataset) -> Iterator[tuple[Dataset, Json]]:
    """The dataset locked, and what its people are shown of it: what a change builds on is what it changes."""
    with transaction.atomic():
        locked = lock(dataset)
        yield locked, package_dict(locked, for_its_people=True)


@transaction.atomic
def change_package(
    dataset: Dataset, given: Json, shown: Json, *, wish: Package.Wish | None, by: Actor, token: ApiToken
) -> Dataset:
    """Put a whole package in place of what was `opened` and `shown`; resources that are not in it leave.

    Raises NotPublishable. A draft may get another name: IdentifierTaken, WrongState.
    """
    dataset = _replace(dataset, given, shown, by=by)
    return settle(dataset, by=by, token=token, wish=wish)


@transaction.atomic
def restore_package(dataset: Dataset, given: Json, shown: Json, *, by: Actor, token: ApiToken) -> Dataset:
    """Put a whole package in place of a tombstone, and publish it again. Raises NotPublishable, OnHold."""
    dataset = catalog.restore(_replace(dataset, given, shown, by=by), by=by)
    return settle(dataset, by=by, token=token, wish=Package.Wish.PUBLIC)


def _replace(dataset: Dataset, given: Json, shown: Json, *, by: Actor) -> Dataset:
    if given["name"] != dataset.slug:
        identifier = identifier_for(dataset.rights_holder, {"name": given["name"]})
        dataset = catalog.rename_draft(dataset, identifier, by=by, slug=given["name"])
    given = _numbered(given)
    known = _known(dataset, shown)
    waiting = _change_files(dataset, given, shown, by=by)
    dataset = Dataset.objects.with_holder().get(pk=dataset.pk)
    meant = given
    if waiting:
        meant = {**given, "resources": [one for one in given["resources"] if one["id"] not in waiting]}
    # Files that have left are known no more.
    record = record_meant(meant, replace(known, record=to_record(dataset)), dataset.rights_holder)
    dataset = catalog.change_record(dataset, record, by=by, expected=dataset.checksum)
    _keep(package_of(dataset), given, known, by=by)
    return dataset


@transaction.atomic
def delete_package(dataset: Dataset, *, by: Actor) -> None:
    """Withdraw what is public; throw away what has never been. A tombstone stays as it is."""
    if dataset.is_published:
        catalog.withdraw(dataset, by=by, reason=REMOVED)
    elif dataset.status == Dataset.Status.DRAFT and not dataset.published_at:
        catalog.delete_draft(dataset, by=by)


@transaction.atomic
def purge_package(dataset: Dataset, *, by: Actor) -> None:
    """Throw a draft away. Raises WrongState for what has been public: its tombstone stays."""
    catalog.delete_draft(dataset, by=by)


@transaction.atomic
def reorder_resources(dataset: Dataset, order: Sequence[Distribution], *, by: Actor) -> Dataset:
    """Put the resources in this order; those that are not named follow as they were."""
    dataset = lock(dataset)
    record = to_record(dataset)
    places = {row.iri: place for place, row in enumerate(order)}
    parts = sorted(record.distribution, key=lambda part: places.get(part.iri or "", len(places)))
    return catalog.change_record(dataset, replace(record, distribution=tuple(parts)), by=by, expected=dataset.checksum)


def _numbered(given: Json) -> Json:
    """With the numbers of new resources decided, so that their rows and addresses have the same."""
    if "resources" not in given:
        return given
    return {**given, "resources": [{**one, "id": str(new_number(one))} for one in given["resources"] or ()]}


def _known(dataset: Dataset, shown: Json) -> Known:
    record = to_record(dataset)
    package: Package | None = getattr(dataset, "package", None)
    extras = frozenset(key for key, _value, _was in package.extras) if package else frozenset()
    return Known(record=record, shown=shown, raw=write_package(record), known_extras=extras)


def _change_files(dataset: Dataset, given: Json, shown: Json, *, by: Actor) -> frozenset[str]:
    """Take away the files that are not given any more; the numbers of those that nobody has seen yet."""
    if "resources" not in given:
        return frozenset()
    wanted = {one["id"]: one for one in given["resources"]}
    before = {one["id"]: one for one in shown["resources"]}
    waiting = set()
    for row in dataset.distributions.with_file():
        number = str(row.uuid)
        if number not in wanted or goes_elsewhere(row, wanted[number], before.get(number, {})):
            catalog.remove_file(row, by=by, reason=REMOVED)
        elif row.waiting is not None:
            waiting.add(number)
            describe_again(row, wanted[number], before.get(number, {}), licence=given, by=by)
    return frozenset(waiting)


def goes_elsewhere(row: Distribution, given: Json, shown: Json) -> bool:
    """Whether an address takes the place of a file kept here; a mere file name, as CKAN has it in rows, does not."""
    url = str(given.get("url") or "")
    return "://" in url and url not in (shown.get("url"), row.access_url)


def describe_again(row: Distribution, given: Json, shown: Json, *, licence: Json, by: Actor) -> None:
    """Change what will be said of a file that is not public yet, if it changes anything."""
    record = to_record(row.dataset)
    old = part_of_row(record, row)
    raw = write_resource(old, package_id="", position=0)
    part = harmonised_part(record, part_meant(given, shown, raw, old, licence=licence))
    if part != old:
        catalog.describe_waiting(row, part, by=by)


def _keep(
    package: Package, given: Json, known: Known, *, by: Actor, rows: Iterable[Distribution] | None = None
) -> None:
    """Write what the client said beside the record. The dataset has changed when only that has."""
    dataset = package.dataset
    after = write_package(to_record(dataset))
    is_new = package.pk is None
    said = keep_said(given, known.shown, before=known.raw, after=after, held=package.said, without=_NOT_SAID)
    extras = keep_extras(given, known.shown, before=known.raw, after=after)
    is_other = False
    if is_new or (package.said, package.extras) != (said, extras):
        is_other = _echo(after, package.said, package.extras) != _echo(after, said, extras)
        package.said, package.extras = said, extras
        package.save(update_fields=None if is_new else ["said", "extras"])
    resources = {one["uri"]: one for one in after["resources"]}
    is_left = known.leaves_resources(given) and after["resources"] == known.raw.get("resources")
    is_other |= keep_resources(dataset, () if is_left else given.get("resources") or (), known, resources, rows)
    if is_other and not is_new and after == known.raw:
        catalog.note_change(dataset, by=by)


def _echo(raw: Json, said: Json, extras: list[Any]) -> tuple[Json, list[Json]]:
    """What a client would be shown: words that hold no more make no difference."""
    return echo_said(raw, said), echo_extras(raw, extras)


def keep_resources(
    dataset: Dataset,
    given: Sequence[Json],
    known: Known,
    after: Mapping[str, Json],
    rows: Iterable[Distribution] | None = None,
) -> bool:
    """Write what the client said of each resource, where that is new; whether anything was.

    `rows` are those of the dataset, with what was said of each, if they are at hand.
    """
    shown = {one["id"]: one for one in known.shown.get("resources", ())}
    before = {one["uri"]: one for one in known.raw.get("resources", ())}
    if rows is None:
        rows = dataset.distributions.select_related("resource") if given else ()
    numbered = {str(row.uuid): row for row in rows}
    found = []
    for one in given:
        if (row := numbered.get(one["id"])) is None:
            continue
        old: Resource | None = getattr(row, "resource", None)
        raw = after.get(row.iri, {})
        without = COMPUTED_OF_RESOURCE | ({"url"} if row.series_id and not row.is_copy else set())
        was = before.get(row.iri, {})
        held = old.said if old else {}
        said = keep_said(one, shown.get(one["id"], {}), before=was, after=raw, held=held, without=without)
        if raw != was or said != held:
            created = old.created_at if old else timezone.now()
            found.append(Resource(distribution=row, said=said, created_at=created, changed_at=timezone.now()))
    Resource.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["distribution"], update_fields=["said", "changed_at"]
    )
    return bool(found)
