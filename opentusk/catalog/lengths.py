"""What fits in the columns of the catalogue: a longer value is named to whoever wrote it, never cut, never a fault."""

from collections.abc import Iterator

from opentusk.catalog.errors import TooLong
from opentusk.kit import records as kit
from opentusk.kit.problems import Problem, Severity

IDENTIFIER = 200
IRI = 500
# In bytes: an index of PostgreSQL takes no longer entry.
ADDRESS = 2000
ORIGIN_KEY = 500
REASON = 500


def length_problems(record: kit.Dataset, origin_id: str = "") -> list[Problem]:
    """The values of a record that are too long to be kept."""
    return [
        Problem(
            code="catalog.too_long", severity=Severity.BLOCKS, where=field, values={"field": field, "limit": str(limit)}
        )
        for field, limit in _too_long(record, origin_id)
    ]


def require_fitting(record: kit.Dataset) -> None:
    """Raises TooLong with the first value that is too long to be kept."""
    for field, limit in _too_long(record, ""):
        raise TooLong(field, limit)


def require_fitting_reason(reason: str) -> None:
    """Raises TooLong for a reason that is too long to be kept."""
    if len(reason) > REASON:
        raise TooLong("reason", REASON)


def _too_long(record: kit.Dataset, origin_id: str) -> Iterator[tuple[str, int]]:
    if len(record.identifier) > IDENTIFIER:
        yield "dct:identifier", IDENTIFIER
    if len(origin_id) > ORIGIN_KEY:
        yield "origin_id", ORIGIN_KEY
    for number, part in enumerate(record.distribution, start=1):
        if len(part.iri or "") > IRI:
            yield f"distribution {number} › rdf:about", IRI
        if len(part.access_url.encode("utf-8", "surrogatepass")) > ADDRESS:
            yield f"distribution {number} › dcat:accessURL", ADDRESS
