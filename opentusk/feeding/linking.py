"""Which files that datasets only link to are watched, so that they have a table here too."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.feeding.models import ServiceSource, WatchedAddress
from opentusk.kit.records import Distribution as Part

# Formats that hold tables; an archive may, and its content decides.
_TABULAR = frozenset({"CSV", "TSV", "XLSX", "XLS", "ODS", "JSON", "JSONL", "GEOJSON", "GPKG", "SHP", "PARQUET"})


@transaction.atomic
def watch_links(datasets: Collection[int]) -> None:
    """Watch the tabular files that these datasets link to, and leave those that they offer no longer."""
    if not settings.WATCH_LINKS:
        return
    wanted: dict[int, str] = {}
    rows = Dataset.objects.published().filter(pk__in=datasets, duplicate_of__isnull=True).with_holder()
    for dataset in rows.prefetch_related("distributions"):
        parts = {part.iri: part for part in to_record(dataset).distribution}
        for row in dataset.distributions.all():
            part = parts.get(row.iri)
            if part and (url := _watched_url(part)):
                wanted[row.pk] = url
    fed = set(ServiceSource.objects.filter(distribution__in=wanted).values_list("distribution", flat=True))
    _write({pk: url for pk, url in wanted.items() if pk not in fed}, datasets)


def _write(wanted: dict[int, str], datasets: Collection[int]) -> None:
    links = WatchedAddress.objects.filter(is_hosted=False, distribution__dataset__in=datasets)
    known = dict(links.values_list("distribution", "url"))
    links.exclude(distribution__in=wanted).delete()
    taken = set(WatchedAddress.objects.filter(distribution__in=wanted).values_list("distribution", flat=True))
    WatchedAddress.objects.bulk_create(
        [WatchedAddress(distribution_id=pk, url=url) for pk, url in wanted.items() if pk not in taken]
    )
    for pk, url in wanted.items():
        if pk in known and known[pk] != url:
            WatchedAddress.objects.filter(distribution=pk).update(url=url, etag="", sha256="")


def _watched_url(part: Part) -> str:
    """The address of the file itself, when it is elsewhere and says that it is a table; "" otherwise."""
    url = next(iter(part.download_url), part.access_url)
    code = (part.format or "").rpartition("/")[2].upper()
    is_ours = url.startswith(f"{settings.SITE_URL}/")
    return "" if is_ours or code not in _TABULAR or not url.startswith(("http://", "https://")) else url[:2000]
