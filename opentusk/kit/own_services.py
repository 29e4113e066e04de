"""The services that this portal itself offers over a file: what a record says of them follows from the record."""

from collections.abc import Sequence
from dataclasses import replace

from opentusk.kit import records as kit
from opentusk.kit.iris import Iris
from opentusk.kit.vocabularies import ACCESS_RIGHTS, AVAILABILITIES, FILE_TYPES, Term

_FORMATS = ("JSON", "CSV")


def own_service(
    part: kit.Distribution, minter: Iris, *, endpoints: Sequence[str], descriptions: Sequence[str], page: str
) -> kit.DataService:
    """The service over one file: where it answers, what describes it to programs, and to people."""
    return kit.DataService(
        iri=_iri_of(part, minter),
        endpoint_url=tuple(endpoints),
        endpoint_description=tuple(descriptions),
        page=(page,),
        landing_page=page,
    )


def with_own_services(record: kit.Dataset, minter: Iris, portal: kit.ContactPoint) -> kit.Dataset:
    """The record with what it says of our services true to the rest of it: licence, contact, high value.

    A dataset that is of high value makes its services so: what the Regulation asks of a service is in the dataset.
    `portal` answers for a service where the dataset names nobody.
    """
    parts = tuple(
        replace(
            part,
            access_service=tuple(
                _described(service, record, part, portal) if service.iri == _iri_of(part, minter) else service
                for service in part.access_service
            ),
        )
        for part in record.distribution
    )
    return replace(record, distribution=parts)


def _described(
    service: kit.DataService, record: kit.Dataset, part: kit.Distribution, portal: kit.ContactPoint
) -> kit.DataService:
    title = next(iter(record.title.values()), record.identifier)
    return replace(
        service,
        title={"it": f"API dei dati: {title}"},
        description={
            "it": f"Righe, conteggi, SQL ed esportazioni di «{title}», senza chiave, in JSON e altri formati."
        },
        serves_dataset=(record.iri,) if record.iri else (),
        license=part.license,
        access_rights=_iri(ACCESS_RIGHTS.by_code("PUBLIC")),
        publisher=record.publisher or record.rights_holder,
        contact_point=record.contact_point or (portal,),
        theme=record.theme,
        format=tuple(term.iri for code in _FORMATS if (term := FILE_TYPES.by_code(code))),
        availability=_iri(AVAILABILITIES.by_code("STABLE")),
        applicable_legislation=record.applicable_legislation,
        hvd_category=record.hvd_category,
    )


def _iri(term: Term | None) -> str | None:
    return term.iri if term else None


def _iri_of(part: kit.Distribution, minter: Iris) -> str:
    """The node of our service over a file: it has the file's own number."""
    return minter.service((part.iri or "").rpartition("/")[2])
