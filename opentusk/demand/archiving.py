"""The basket as a dataset of the portal itself: one CSV a month, with the wishes that everybody could see that day.

No column says anything of a person; free text is screened once more, because a file cannot be taken back.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from opentusk.demand.exporting import COLUMNS, line_of, rows_of
from opentusk.demand.models import WantedDataset
from opentusk.editorial.own_datasets import CC_BY, OwnDataset
from opentusk.kit.personal import names_somebody

ARCHIVE = OwnDataset(
    name="paniere-dei-dati-desiderati",
    title="Paniere dei dati desiderati",
    description="I dati che le persone hanno chiesto ai tavoli, nelle consultazioni e con richieste, e che cosa ne è "
    "stato: tema, stato, ente incaricato, risposta, dataset collegati. Un file per mese, una riga per voce.",
    keywords=("partecipazione", "richieste di dati", "paniere"),
    frequency="MONTHLY",
    licence=CC_BY,
)
_FREE_TEXTS = ("dato", "descrizione", "a_cosa_serve", "produttori", "risposta")
_REMOVED = "[testo tolto: poteva contenere un dato personale]"


def archive_basket(*, today: date) -> str:
    """Put the basket of this month into the dataset, once; the name of the file, empty when nothing was new."""
    name = f"paniere-{today:%Y-%m}.csv"
    is_new = not ARCHIVE.has_file(name) and WantedDataset.objects.shown().filter(is_demo=False).exists()
    if is_new:
        ARCHIVE.add_file(name, archive_lines(), title=f"Paniere, {today:%Y-%m}", modified=today.isoformat())
    ARCHIVE.publish_when_ready()
    return name if is_new else ""


def archive_lines() -> Iterator[bytes]:
    """The CSV, line by line; invented wishes stay out."""
    yield line_of(COLUMNS).encode()
    for row in rows_of(WantedDataset.objects.shown().filter(is_demo=False)):
        yield line_of(tuple(_screened(row).values())).encode()


def _screened(row: dict[str, Any]) -> dict[str, Any]:
    unsafe = {name: _REMOVED for name in _FREE_TEXTS if names_somebody(str(row[name]))}
    return row | unsafe
