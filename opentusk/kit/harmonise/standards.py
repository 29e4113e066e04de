"""Standards that data conform to: an address and an identifier for each."""

from collections.abc import Sequence
from dataclasses import replace

from opentusk.kit.harmonise.addresses import mend_iri, mend_urls
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.texts import TextMender, mend_line
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Severity
from opentusk.kit.records import Standard
from opentusk.kit.values import slugify


def mend_standards(
    standards: Sequence[Standard], *, texts: TextMender, iris: Iris, log: RepairLog
) -> tuple[Standard, ...]:
    """The standards that say which one they are."""
    part = log.at("dct:conformsTo")
    mended = (_mend_standard(standard, texts, iris, part) for standard in standards)
    return tuple(standard for standard in mended if standard is not None)


def _mend_standard(standard: Standard, texts: TextMender, iris: Iris, log: RepairLog) -> Standard | None:
    title = texts.text(standard.title, log, "dct:title")
    iri = mend_iri(standard.iri, log, "rdf:about")
    identifier = mend_line(standard.identifier, log, "dct:identifier")
    if not identifier:
        identifier = iri or next(iter(title.values()), "")
        if not identifier:
            return None
        log.changed("repair.standard_identifier", "dct:identifier", before="", after=identifier, severity=Severity.INFO)
    return replace(
        standard,
        iri=iri or iris.standard(slugify(identifier) or "norma"),
        identifier=identifier,
        title=title,
        description=texts.text(standard.description, log, "dct:description"),
        reference_documentation=mend_urls(standard.reference_documentation, log, "dcatapit:referenceDocumentation"),
    )
