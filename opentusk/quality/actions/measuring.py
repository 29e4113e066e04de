"""Our own measures beside the European score."""

from django.utils import timezone

from opentusk.catalog.models import Distribution
from opentusk.quality.models import DictionaryMeasure


def note_dictionary(distribution: Distribution, *, described: int, total: int) -> None:
    """Keep how many columns of a file's tables are described (rule F9); called with every new version or description.

    A file without columns has no measure. It can be counted again, so it leaves no entry in the journal.
    """
    if total <= 0:
        DictionaryMeasure.objects.filter(distribution=distribution).delete()
        return
    DictionaryMeasure.objects.update_or_create(
        distribution=distribution,
        defaults={"described": min(described, total), "total": total, "at": timezone.now()},
    )
