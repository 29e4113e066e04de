"""Rules F1 and F2: at least one form in which the data can be reused. Source: AGID 2023 §4.1 (REQ 2, 3).

Only the declared format is known here; whether it is the real one is found when the file is read.
"""

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, name_of
from opentusk.kit.records import Dataset
from opentusk.kit.vocabularies import FILE_TYPES

_ENOUGH = 3


def one_format_can_be_reused(record: Dataset, around: Circumstances) -> list[Problem]:
    """A PDF, a document, an image (one star) or an XLS (two) is never the only form; a service is as good as a file.

    Formats that the list does not rate are not held against a dataset: M4 speaks of those.
    """
    if any(distribution.access_service for distribution in record.distribution):
        return []
    formats = [FILE_TYPES.by_iri(distribution.format or "") for distribution in record.distribution]
    rated = [found for found in formats if found and found.stars]
    if len(rated) < len(formats) or not formats or any(found.stars >= _ENOUGH for found in rated):
        return []
    said = ", ".join(sorted({found.code for found in rated}))
    return [fault("F1.closed_formats", Severity.BLOCKS, name_of(record), "dcat:distribution", formats=said)]
