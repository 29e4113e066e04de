"""New data for a public dataset: given, looked at, confirmed or thrown away."""

from django.db import transaction

from opentusk.catalog import actions as catalog
from opentusk.catalog.models import Dataset, Distribution, Hold
from opentusk.catalog.permissions import can_publish, require
from opentusk.files.models import FileVersion, StoredFile
from opentusk.journal.actors import Actor

_CONFIRMED = "confermata da chi l'ha caricata"
_THROWN = "non era il file giusto"
_REPLACED = "sostituita da un altro file"


@transaction.atomic
def renew(distribution: Distribution, stored: StoredFile, *, name: str, by: Actor, note: str = "") -> FileVersion:
    """The next version of a file; it waits until somebody has seen what changes, in the place of one that still waits.

    Raises `files.errors.SameBytes`, NotPublishable.
    """
    version = catalog.add_file_version(distribution, stored, name=name, by=by, note=note)
    for older in version.series.versions.pending().filter(number__lt=version.number, released_at__isnull=True):
        catalog.refuse_file(older, by=by, reason=_REPLACED)
    dataset = Dataset.objects.get(pk=distribution.dataset_id)
    if dataset.is_published:
        catalog.open_hold(dataset, Hold.Kind.UPDATE, version=version, by=by)
    return version


@transaction.atomic
def confirm_update(dataset: Dataset, version: FileVersion, *, by: Actor) -> None:
    """Let the new data out, also with other columns; what else stops them still does."""
    require(can_publish(by, dataset), "confirm", dataset)
    kinds = (Hold.Kind.SCHEMA_CHANGE, Hold.Kind.UPDATE)
    for hold in Hold.objects.still_open().filter(version=version, kind__in=kinds).select_related("dataset"):
        catalog.lift_hold(hold, by=by, reason=_CONFIRMED)


def throw_away(version: FileVersion, *, by: Actor) -> FileVersion:
    """Forget new data that nobody has seen. Raises WrongState when they are public already."""
    return catalog.refuse_file(version, by=by, reason=_THROWN)
