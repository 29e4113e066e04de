"""What is still missing, each point with the place where it is mended: one list of rules and score together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opentusk.catalog.forecast import Forecast
from opentusk.kit.problems import Severity
from opentusk.kit.quality.mqa import Missing
from opentusk.ui.speech import is_english

# The property that a rule or an indicator speaks of -> the field of the guide's form. What is about the file itself is
# mended where the file is given; the rest the portal does by itself.
_FIELDS: Mapping[str, str] = {
    "dct:title": "title_it",
    "dct:description": "description_it",
    "dcat:theme": "theme",
    "dct:subject": "subject",
    "dcat:keyword": "keyword_it",
    "dct:accrualPeriodicity": "accrual_periodicity",
    "dct:temporal": "start_date",
    "dcatapit:startDate": "start_date",
    "dct:spatial": "place",
    "dcat:contactPoint": "contact_name",
    "vcard:fn": "contact_name",
    "vcard:hasEmail": "contact_email",
    "dct:publisher": "publisher_name",
    "dct:license": "license",
    "dct:accessRights": "access_rights",
    "dct:rights": "access_rights",
    "dct:issued": "issued",
    "dct:modified": "modified",
    "dct:language": "language",
    "dct:identifier": "local_part",
    "dcatap:hvdCategory": "hvd_category",
    "dct:type": "type",
    "foaf:page": "page",
}
_OF_FILE = frozenset({"dcat:distribution", "dcat:accessURL", "dcat:downloadURL", "dct:format", "dcat:mediaType",
                      "dcat:byteSize", "dcat:accessService"})  # fmt: skip
# What the sentences say for those who know the standard: the name of the property, and the points told already.
_FOR_EXPERTS = re.compile(r" ?\((?:dct|dcat|dcatapit|dcatap|vcard|foaf|adms|owl|locn|skos):\w+\)| ?\(\+\d+ [^)]*\)")
_SUGGESTED = {"start_date": ("start_date", "end_date"), "contact_name": ("contact_name", "contact_email")}


@dataclass(frozen=True)
class Point:
    """One thing to mend: what to say, how bad, how many points it gains, and where: a field, or the file."""

    words: str
    severity: str
    points: int
    field: str
    is_of_file: bool
    suggested: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it forbids publication."""
        return self.severity == Severity.BLOCKS


def points_of(forecast: Forecast, suggested: Mapping[str, str]) -> list[Point]:
    """What blocks first, then by what it gains. `suggested` maps fields to values that we would put there, in words."""
    missing = {_property(found.where): found for found in forecast.score.missing}
    problems = list(_from_problems(forecast.problems, missing, suggested))
    told = {point.field for point in problems if point.field}
    others = (_from_missing(found, suggested) for found in forecast.score.missing if _field(found.where) not in told)
    order = list(Severity)
    found = [*problems, *others]
    return sorted(found, key=lambda point: (not point.blocks, -point.points, order.index(Severity(point.severity))))


def words_of(problem: Mapping[str, Any]) -> str:
    """A problem of the record for somebody who never read the standard."""
    return _FOR_EXPERTS.sub("", str(problem["message_en"] if is_english() else problem["message_it"]))


def _from_problems(
    problems: Iterable[Mapping[str, Any]], missing: Mapping[str, Missing], suggested: Mapping[str, str]
) -> Iterable[Point]:
    for problem in problems:
        where = str(problem["where"])
        gained = missing.get(_property(where))
        yield _point(words_of(problem), str(problem["severity"]), gained.points if gained else 0, where, suggested)


def _from_missing(found: Missing, suggested: Mapping[str, str]) -> Point:
    words = found.message_en if is_english() else found.message_it
    return _point(words, Severity.MINOR.value, found.points, found.where, suggested)


def _point(words: str, severity: str, points: int, where: str, suggested: Mapping[str, str]) -> Point:
    field = _field(where)
    said = " – ".join(filter(None, (suggested.get(name, "") for name in _SUGGESTED.get(field, (field,)))))
    return Point(_FOR_EXPERTS.sub("", words), severity, points, field, _property(where) in _OF_FILE, said)


def _field(where: str) -> str:
    """The field of the form; the description of a file is not that of the dataset."""
    name = _property(where)
    if "distribution" in where and name in {"dct:description", "dct:title", "dct:issued", "dct:modified"}:
        return ""
    return _FIELDS.get(name, "")


def _property(where: str) -> str:
    return where.rpartition(" › ")[2]
