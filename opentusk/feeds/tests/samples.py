"""Records and rows that the tests of the feeds publish."""

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import agent_record, iris, put_record, slug_of
from opentusk.kit import records as kit

_AUTHORITY = "http://publications.europa.eu/resource/authority/"


def body(ipa_code: str = "c_e506", name: str = "Comune di Lecce", **fields: object) -> Agent:
    return Agent.objects.create(ipa_code=ipa_code, slug=name.lower().replace(" ", "-"), name=name, **fields)


def record_of(holder: Agent, local: str, title: str = "Alberi del verde pubblico") -> kit.Dataset:
    identifier = f"{holder.ipa_code}:{local}"
    owner = agent_record(holder)
    return kit.Dataset(
        iri=iris().dataset(identifier),
        identifier=identifier,
        title={"it": title},
        description={"it": "Posizione e specie degli alberi comunali, una riga per albero."},
        issued="2025-02-01",
        modified="2026-09-12",
        theme=(f"{_AUTHORITY}data-theme/ENVI",),
        subject=("http://eurovoc.europa.eu/100243",),
        keyword={"it": ("alberi", "verde")},
        rights_holder=owner,
        publisher=owner,
        creator=(owner,),
        contact_point=(
            kit.ContactPoint(
                iri=iris().contact(holder.ipa_code), fn="Ufficio open data", has_email="opendata@example.org"
            ),
        ),
        accrual_periodicity=f"{_AUTHORITY}frequency/ANNUAL",
        distribution=tuple(_distribution(f"{identifier}-{number}", local) for number in range(3)),
        landing_page=iris().dataset_page(slug_of(identifier)),
        language=(f"{_AUTHORITY}language/ITA",),
        access_rights=f"{_AUTHORITY}access-right/PUBLIC",
        version_info="1.2",
        temporal=(
            kit.PeriodOfTime(
                iri=iris().period("2025-01-01", "2025-12-31"), start_date="2025-01-01", end_date="2025-12-31"
            ),
        ),
        spatial=(kit.Location(iri=iris().place("075035"), geographic_name="Lecce"),),
    )


def _distribution(uuid: str, local: str) -> kit.Distribution:
    return kit.Distribution(
        iri=iris().distribution(uuid),
        title={"it": "Alberi, CSV"},
        description={"it": "CSV, UTF-8, virgola."},
        access_url=f"https://dati.example.org/{local}/{uuid}",
        download_url=(f"https://dati.example.org/{local}/{uuid}.csv",),
        format=f"{_AUTHORITY}file-type/CSV",
        media_type="https://www.iana.org/assignments/media-types/text/csv",
        license=kit.LicenseDocument(
            iri="https://creativecommons.org/licenses/by/4.0/",
            type="http://purl.org/adms/licencetype/Attribution",
            name={"it": "Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"},
            version_info="4.0",
        ),
        rights=f"{_AUTHORITY}access-right/PUBLIC",
        issued="2025-02-01",
        modified="2026-09-12",
        byte_size=345124,
        status=f"{_AUTHORITY}distribution-status/COMPLETED",
        availability=f"{_AUTHORITY}planned-availability/STABLE",
    )


def draft_of(holder: Agent, local: str, title: str = "Alberi del verde pubblico") -> Dataset:
    """A saved draft, with its distribution rows."""
    record = record_of(holder, local, title)
    dataset = Dataset(identifier=record.identifier, slug=slug_of(record.identifier))
    rows = put_record(dataset, record, holder)
    dataset.save()
    for row in rows:
        row.save()
    return dataset
