"""A complete invented dataset for the tests of RDF: every field filled, every value one the profiles accept."""

from dataclasses import replace
from typing import Any

from opentusk.kit import records as kit

EU = "http://publications.europa.eu/resource/authority/"
SITE = "https://dati.example.it"
LECCE = kit.Agent(iri=f"{SITE}/agente/c_e506", identifier="c_e506", name="Comune di Lecce")
PUGLIA = kit.Agent(iri=f"{SITE}/agente/r_puglia", identifier="r_puglia", name="Regione Puglia")
OFFICE = kit.ContactPoint(
    iri=f"{SITE}/contatto/c_e506",
    fn="Ufficio open data",
    has_email="opendata@example.it",
    has_telephone="+39 0832 000000",
    has_url="https://www.example.it/contatti",
)
CC_BY = kit.LicenseDocument(
    iri="https://creativecommons.org/licenses/by/4.0/",
    type="http://purl.org/adms/licencetype/Attribution",
    name={"it": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"},
    version_info="4.0",
)
STANDARD = kit.Standard(
    iri=f"{SITE}/standard/csv",
    identifier="rfc4180",
    title={"it": "CSV"},
    description={"it": "Formato per tabelle", "en": "A format for tables"},
    reference_documentation=("https://www.rfc-editor.org/rfc/rfc4180",),
)
LEGISLATION = ("http://data.europa.eu/eli/reg_impl/2023/138/oj",)
GEOSPATIAL = ("http://data.europa.eu/bna/c_ac64a52d",)


def service(**changes: Any) -> kit.DataService:
    """The API of the dataset."""
    record = kit.DataService(
        iri=f"{SITE}/id/servizio/alberi",
        title={"it": "API degli alberi"},
        description={"it": "Cerca un albero per specie."},
        endpoint_url=(f"{SITE}/api/alberi",),
        endpoint_description=(f"{SITE}/api/alberi/openapi.json",),
        serves_dataset=(f"{SITE}/id/dataset/c_e506/alberi",),
        license=CC_BY,
        access_rights=f"{EU}access-right/PUBLIC",
        publisher=PUGLIA,
        contact_point=(OFFICE,),
        theme=(f"{EU}data-theme/ENVI",),
        keyword={"it": ("alberi",)},
        conforms_to=(STANDARD,),
        page=(f"{SITE}/api/alberi/guida",),
        landing_page=f"{SITE}/api/alberi/pagina",
        format=(f"{EU}file-type/JSON",),
        availability=f"{EU}planned-availability/STABLE",
        applicable_legislation=LEGISLATION,
        hvd_category=GEOSPATIAL,
    )
    return replace(record, **changes)


def distribution(**changes: Any) -> kit.Distribution:
    """The CSV of the dataset."""
    record = kit.Distribution(
        iri=f"{SITE}/id/distribuzione/8f0c",
        title={"it": "Alberi, CSV"},
        description={"it": "CSV, UTF-8, virgola."},
        access_url=f"{SITE}/dataset/c_e506-alberi/risorsa/8f0c",
        download_url=(f"{SITE}/file/8f0c/alberi.csv",),
        format=f"{EU}file-type/CSV",
        media_type="https://www.iana.org/assignments/media-types/text/csv",
        compress_format="https://www.iana.org/assignments/media-types/application/gzip",
        package_format="https://www.iana.org/assignments/media-types/application/zip",
        license=CC_BY,
        rights=f"{EU}access-right/PUBLIC",
        issued="2025-02-01",
        modified="2026-09-12T10:00:00+02:00",
        byte_size=345_124,
        checksum=kit.Checksum(algorithm="http://spdx.org/rdf/terms#checksumAlgorithm_sha1", value="0a" * 20),
        status=f"{EU}distribution-status/COMPLETED",
        availability=f"{EU}planned-availability/STABLE",
        language=(f"{EU}language/ITA",),
        page=(f"{SITE}/dataset/c_e506-alberi/tracciato",),
        conforms_to=(STANDARD,),
        access_service=(service(),),
        applicable_legislation=LEGISLATION,
        temporal_resolution="P1D",
        spatial_resolution_in_meters="10.5",
    )
    return replace(record, **changes)


def trees(**changes: Any) -> kit.Dataset:
    """Alberi del verde pubblico di Lecce."""
    record = kit.Dataset(
        iri=f"{SITE}/id/dataset/c_e506/alberi",
        identifier="c_e506:alberi",
        title={"it": "Alberi del verde pubblico", "en": "Trees of public parks"},
        description={"it": "Posizione e specie degli alberi comunali, una riga per albero."},
        issued="2025-02-01",
        modified="2026-09-12",
        metadata_modified="2026-09-13T08:30:00+02:00",
        theme=(f"{EU}data-theme/ENVI",),
        subject=("http://eurovoc.europa.eu/100243",),
        keyword={"it": ("alberi", "verde"), "en": ("trees",)},
        rights_holder=LECCE,
        publisher=PUGLIA,
        creator=(LECCE,),
        contact_point=(OFFICE,),
        accrual_periodicity=f"{EU}frequency/ANNUAL",
        distribution=(distribution(),),
        landing_page=f"{SITE}/dataset/c_e506-alberi",
        language=(f"{EU}language/ITA",),
        version_info="1.2",
        version_notes={"it": "Aggiunte le specie."},
        temporal=(
            kit.PeriodOfTime(
                iri=f"{SITE}/periodo/2025-01-01_2025-12-31", start_date="2025-01-01", end_date="2025-12-31"
            ),
        ),
        spatial=(
            kit.Location(
                iri=f"{SITE}/luogo/075035",
                geographical_identifier="075035",
                geographic_name="Lecce",
                bbox="POLYGON((18.05 40.27,18.30 40.27,18.30 40.50,18.05 40.50,18.05 40.27))",
                centroid="POINT(18.17 40.35)",
                geometry="POINT(18.17 40.35)",
            ),
        ),
        conforms_to=(STANDARD,),
        other_identifier=(kit.Identifier(iri=f"{SITE}/id/dataset/c_e506/alberi#uuid", notation="8f0c", agency="CKAN"),),
        access_rights=f"{EU}access-right/PUBLIC",
        provenance={"it": "Censimento del verde."},
        applicable_legislation=LEGISLATION,
        hvd_category=GEOSPATIAL,
        relation=(f"{SITE}/id/dataset/c_e506/parchi",),
        page=(f"{SITE}/dataset/c_e506-alberi/guida",),
        type=(f"{EU}dataset-type/HVD",),
        temporal_resolution="P1D",
        spatial_resolution_in_meters="10",
        source_catalog="https://www.example.it/catalogo",
    )
    return replace(record, **changes)


CATALOG = kit.Catalog(
    iri=f"{SITE}/catalogo",
    title={"it": "Catalogo dimostrativo"},
    description={"it": "Dati aperti, esempio."},
    publisher=PUGLIA,
    homepage=f"{SITE}/",
    issued="2024-01-15",
    modified="2026-09-30T06:00:00+02:00",
    language=(f"{EU}language/ITA",),
    theme_taxonomy=(f"{EU}data-theme",),
    license=CC_BY,
    rights=f"{EU}access-right/PUBLIC",
    spatial=(kit.Location(iri=f"{EU}country/ITA", geographic_name="Italia"),),
)
SERIES = kit.DatasetSeries(
    iri=f"{SITE}/id/serie/alberi",
    title={"it": "Alberi, anno per anno"},
    description={"it": "Un dataset per anno."},
    issued="2024",
    modified="2026-09",
    accrual_periodicity=f"{EU}frequency/ANNUAL",
    publisher=PUGLIA,
    contact_point=(OFFICE,),
    applicable_legislation=LEGISLATION,
    hvd_category=GEOSPATIAL,
)
