"""A complete record for the tests of the rooms, valid as it is; its content is invented."""

from dataclasses import replace
from typing import Any

from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.iris import Iris

EU = "http://publications.europa.eu/resource/authority/"
SITE = "http://localhost:8000"


def trees(identifier: str = "c_e506:alberi", **changes: Any) -> kit.Dataset:
    """Alberi del verde pubblico di Lecce, with any field changed; every address minted."""
    ipa, _colon, local = identifier.partition(":")
    record = kit.Dataset(
        identifier=identifier,
        title={"it": "Alberi del verde pubblico"},
        description={
            "it": "Posizione e specie degli alberi comunali, una riga per albero, dal censimento del verde urbano."
        },
        issued="2025-02-01",
        modified="2026-09-12",
        theme=(f"{EU}data-theme/ENVI",),
        subject=("http://eurovoc.europa.eu/100243",),
        keyword={"it": ("alberi", "verde")},
        rights_holder=kit.Agent(identifier=ipa, name="Comune di Lecce"),
        publisher=kit.Agent(identifier="r_puglia", name="Regione Puglia"),
        contact_point=(kit.ContactPoint(fn="Ufficio open data", has_email="opendata@example.org"),),
        accrual_periodicity=f"{EU}frequency/ANNUAL",
        language=(f"{EU}language/ITA",),
        temporal=(kit.PeriodOfTime(start_date="2025-01-01", end_date="2025-12-31"),),
        spatial=(kit.Location(geographical_identifier="075035", geographic_name="Lecce"),),
        access_rights=f"{EU}access-right/PUBLIC",
        landing_page=f"{SITE}/dataset/{ipa}-{local}",
        distribution=(distribution(local),),
    )
    harmonised, _repairs = harmonise_dataset(replace(record, **changes), Defaults(), Iris(SITE))
    return harmonised


def distribution(name: str, **changes: Any) -> kit.Distribution:
    """The CSV of a dataset."""
    part = kit.Distribution(
        title={"it": "Alberi, CSV"},
        description={"it": "CSV, UTF-8, virgola."},
        access_url=f"https://dati.example.org/{name}.csv",
        download_url=(f"https://dati.example.org/{name}.csv",),
        format=f"{EU}file-type/CSV",
        license=kit.LicenseDocument(iri="https://creativecommons.org/licenses/by/4.0/"),
        byte_size=345_124,
    )
    return replace(part, **changes)
