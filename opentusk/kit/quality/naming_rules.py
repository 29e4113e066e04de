"""Rules M6, M7, M12: identifiers that last, titles and descriptions that a stranger understands. Source: AGID 2023."""

import re
from collections.abc import Iterator

from opentusk.kit.problems import Problem, Severity
from opentusk.kit.quality.circumstances import Circumstances, fault, name_of
from opentusk.kit.records import Dataset

_IDENTIFIER = re.compile(r"[a-z0-9_-]+:[a-z0-9_-]+")
_SHORTEST_DESCRIPTION = 80
_LONGEST_TITLE = 120
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&[a-z]+;|&#\d+;")
_LEGALESE = re.compile(
    r"\b(ai sensi (del|dell|degli|e per gli effetti)|di cui all['’]art|visto il d\.? ?lgs|ex art\.|e s\.m\.i)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r".*\.(csv|tsv|xlsx?|ods|json|geojson|xml|rdf|zip|shp|kml|pdf|docx?|txt)|[^\s]*_[^\s]*", re.IGNORECASE
)
_PREFIX = re.compile(r"(dataset|data set|open ?data|elenco dati|file)\b[\s:_-]", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z0-9.]{2,8}")
_FRAGILE = (
    ("query", re.compile(r"\?")),
    ("extension", re.compile(r"\.(csv|xlsx?|json|xml|rdf|ttl|html?|php|aspx?|jsp|pdf|zip)(?=$|[/#])", re.IGNORECASE)),
    ("version", re.compile(r"/v?\d+\.\d+(\.\d+)?(?=$|[/#])", re.IGNORECASE)),
)


def identifier_is_well_formed_and_free(record: Dataset, around: Circumstances) -> list[Problem]:
    """M6. `ipa:local-part`, lower case, used by nobody else."""
    if not record.identifier:
        return []
    place = (name_of(record), "dct:identifier")
    problems = []
    if not _IDENTIFIER.fullmatch(record.identifier):
        problems.append(fault("M6.malformed_identifier", Severity.BLOCKS, *place, value=record.identifier))
    if around.is_taken(record.identifier):
        problems.append(fault("M6.taken_identifier", Severity.BLOCKS, *place, value=record.identifier))
    return problems


def texts_speak_plainly(record: Dataset, around: Circumstances) -> list[Problem]:
    """M7. Judged on the first language a record gives, the one its publisher wrote."""
    title, description = (next(iter(text.values()), "").strip() for text in (record.title, record.description))
    return [*_title_faults(name_of(record), title), *_description_faults(name_of(record), title, description)]


def addresses_last(record: Dataset, around: Circumstances) -> list[Problem]:
    """M12. Nothing in the dataset's IRI that will change: query, file extension, version."""
    iri = record.iri or ""
    return [
        fault(f"M12.{what}_in_iri", Severity.MAJOR, name_of(record), value=iri)
        for what, pattern in _FRAGILE
        if pattern.search(iri)
    ]


def _title_faults(name: str, title: str) -> Iterator[Problem]:
    if not title:
        return
    if _FILE_NAME.fullmatch(title):
        yield fault("M7.title_is_file_name", Severity.MINOR, name, "dct:title", value=title)
    elif _PREFIX.match(title):
        yield fault("M7.title_has_prefix", Severity.MINOR, name, "dct:title", value=title)
    elif _ACRONYM.fullmatch(title):
        yield fault("M7.title_is_acronym", Severity.MINOR, name, "dct:title", value=title)
    if len(title) > _LONGEST_TITLE:
        yield fault("M7.long_title", Severity.MINOR, name, "dct:title", length=str(len(title)))


def _description_faults(name: str, title: str, description: str) -> Iterator[Problem]:
    if not description:
        return
    if description.casefold().rstrip(".") == title.casefold().rstrip("."):
        yield fault("M7.description_is_title", Severity.MAJOR, name, "dct:description")
    elif len(description) < _SHORTEST_DESCRIPTION:
        yield fault("M7.short_description", Severity.MAJOR, name, "dct:description", length=str(len(description)))
    markup = _HTML.search(description)
    if markup:
        yield fault("M7.html_in_description", Severity.MAJOR, name, "dct:description", value=markup.group())
    legalese = _LEGALESE.search(description)
    if legalese:
        yield fault("M7.legalese", Severity.MINOR, name, "dct:description", value=legalese.group())
