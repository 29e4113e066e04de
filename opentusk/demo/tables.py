"""What of the demonstration can be explored: some files with tables of their own, and one that waits for the DPO."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from random import Random

from stdnum.it import codicefiscale

from opentusk.bodies.models import Agent
from opentusk.catalog.actions import attach_copy, attach_file, create_draft
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.models import Dataset, Distribution
from opentusk.demo.files import LABEL
from opentusk.files.actions import receive
from opentusk.files.models import FileSeries
from opentusk.journal.actors import SYSTEM

# Reading a file takes a second or so: a few of each kind, so that the first start stays short.
EXPLORED = (
    "c_e506:alberi", "c_e506:popolazione", "c_e506:rifiuti", "c_e506:scuole", "c_e506:incidenti", "c_e506:colonnine",
    "c_a662:alberi", "c_a662:farmacie", "r_puglia:xylella", "arpap:aria", "artpp:turismo",
)  # fmt: skip
OF_PEOPLE = "c_e506:contributi"
_TITLE = "Contributi economici assegnati dal Comune di Lecce (dati dimostrativi)"
_TEXT = "Chi ha avuto un contributo e di quanto. Contenuto inventato a scopo dimostrativo."
_PEOPLE = 24


def load_tables(folder: Path) -> int:
    """Give the portal copies of some files of a folder, which it reads like those of any body; how many."""
    rows = Distribution.objects.filter(dataset__identifier__in=EXPLORED, dataset__is_demo=True, series__isnull=True)
    given = 0
    for row in rows.filter(access_url__endswith=".csv").select_related("dataset__rights_holder"):
        if row.dataset.is_published:
            name = row.access_url.rpartition("/")[2]
            stored = receive(folder / name, name=name, agent=row.dataset.rights_holder, by=SYSTEM)
            attach_copy(row, stored, name=name, by=SYSTEM)
            given += 1
    return given


def load_people(agent: Agent) -> bool:
    """A draft whose file names people, invented: it waits for a decision. Whether it was made."""
    if Dataset.objects.filter(identifier=OF_PEOPLE).exists():
        return False
    begun = first_record(agent, identifier=OF_PEOPLE, title=_TITLE)
    dataset = create_draft(replace(begun, description={"it": _TEXT}), holder=agent, by=SYSTEM, is_demo=True)
    name = f"{OF_PEOPLE.replace(':', '-')}.csv"
    stored = receive(iter([_invented_people()]), name=name, agent=agent, by=SYSTEM)
    attach_file(dataset, stored, name=name, by=SYSTEM, title={"it": "Contributi, CSV"})
    return True


def series_of_demo() -> list[int]:
    """The files that the portal keeps for the demonstration."""
    return list(FileSeries.objects.filter(distribution__dataset__is_demo=True).values_list("pk", flat=True))


def _invented_people() -> bytes:
    """Names nobody has, with codes that only look like those of people: the check letter is right, the rest is not."""
    draw = Random(OF_PEOPLE)  # noqa: S311 - not for secrets
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["beneficiario", "codice_fiscale", "importo", "motivo", "nota"])
    for number in range(_PEOPLE):
        begun = f"DMSTTV{draw.randrange(40, 99)}{draw.choice('ABCDEHLMPRST')}{draw.randrange(1, 29):02d}E506"
        code = begun + codicefiscale.calc_check_digit(begun)
        amount = f"{draw.randrange(100, 900)},00"
        writer.writerow([f"Persona Dimostrativa {number + 1}", code, amount, "contributo affitto", LABEL])
    return text.getvalue().encode()
