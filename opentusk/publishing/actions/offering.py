"""The open twin of a closed file: the CSV that the portal itself offers of a table, always of its newest version."""

from dataclasses import replace
from uuid import uuid4

from django.db import transaction

from opentusk.catalog import actions as catalog
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris, to_record
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.vocabularies import FILE_TYPES
from opentusk.publishing.given import given_files
from opentusk.publishing.models import Guide
from opentusk.tables.addresses import api_of
from opentusk.tables.models import Table

_ENOUGH = 3


@transaction.atomic
def offer_csv(guide: Guide, *, by: Actor) -> Dataset:
    """Describe, beside each file in a format that cannot be reused, the CSV that its tables are offered in.

    It is no copy: the address gives the newest version, so it never grows old. Raises what `change_record` does.
    """
    dataset = Dataset.objects.with_holder().get(pk=guide.dataset_id)
    record = to_record(dataset)
    known = {url for part in record.distribution for url in part.download_url}
    closed = (file for file in given_files(dataset) if 0 < file.stars < _ENOUGH)
    twins = [
        _twin(record, given.table, file.distribution.iri)
        for file in closed
        for given in file.tables
        if f"{api_of(given.table)}/export.csv" not in known
    ]
    if not twins:
        return dataset
    more, _repairs = harmonise_dataset(
        replace(record, distribution=(*record.distribution, *twins)), Defaults(), iris()
    )  # fmt: skip
    return catalog.change_record(dataset, more, by=by, expected=dataset.checksum)


def _twin(record: kit.Dataset, table: Table, of: str) -> kit.Distribution:
    source = next((part for part in record.distribution if part.iri == of), kit.Distribution())
    address, csv = f"{api_of(table)}/export.csv", FILE_TYPES.by_code("CSV")
    name = table.title or source.title.get("it", "")
    return kit.Distribution(
        iri=iris().distribution(str(uuid4())),
        title={"it": f"{name}, CSV" if name else "CSV"},
        description={"it": "Gli stessi dati in CSV, scritti dal portale dalla versione più recente del file."},
        access_url=address,
        download_url=(address,),
        format=csv.iri if csv else None,
        license=source.license,
        rights=source.rights,
    )
