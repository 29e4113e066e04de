"""From a program's description to a record, harmonised like everybody's, with every repair told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from opentusk.catalog.records import iris
from opentusk.feeding.api.shapes import ContactIn, DescriptionIn, LinkIn, Words
from opentusk.feeding.errors import BadDescription
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.problems import Problem

_CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def described(record: kit.Dataset, said: DescriptionIn) -> tuple[kit.Dataset, list[Problem]]:
    """The record with what was said, and the repairs. Raises BadDescription for a value that means nothing.

    A value of a vocabulary that is not in it would be dropped by harmonising; a program must hear of it instead.
    """
    given = said.model_dump(exclude_unset=True)
    changed = replace(record, **{_NAMES[name]: read(said, record) for name, read in _READ.items() if name in given})
    if given.keys() & {"start_date", "end_date"}:
        changed = replace(changed, temporal=_period(record, said, given))
    if said.links is not None:
        changed = replace(changed, distribution=_with_links(record, said.links))
    harmonised, problems = harmonise_dataset(changed, Defaults(), iris())
    if lost := [problem for problem in problems if problem.code in _LOST]:
        raise BadDescription(tuple((problem.where, problem.message_it) for problem in lost))
    return harmonised, problems


# Repairs that would take a typed value away altogether.
_LOST = frozenset({"repair.term_unknown"})


def text_of(words: Words | None) -> kit.Text:
    """A text by language: plain words are Italian."""
    if not words:
        return {}
    return {"it": words} if isinstance(words, str) else dict(words)


def _keywords(said: DescriptionIn, record: kit.Dataset) -> Mapping[str, tuple[str, ...]]:
    others = {language: words for language, words in record.keyword.items() if language not in {"it", ""}}
    return {"it": tuple(said.keywords), **others} if said.keywords else others


def _places(said: DescriptionIn, record: kit.Dataset) -> tuple[kit.Location, ...]:
    """Places by name, or by their ISTAT code."""
    return tuple(
        kit.Location(geographical_identifier=place) if place.isdigit() else kit.Location(geographic_name=place)
        for place in said.places or ()
    )


def _contact(said: DescriptionIn, record: kit.Dataset) -> tuple[kit.ContactPoint, ...]:
    contact = said.contact or ContactIn()
    if not any((contact.name, contact.email, contact.phone, contact.url)):
        return ()
    return (
        kit.ContactPoint(fn=contact.name, has_email=contact.email, has_telephone=contact.phone, has_url=contact.url),
    )


def _period(record: kit.Dataset, said: DescriptionIn, given: Mapping[str, Any]) -> tuple[kit.PeriodOfTime, ...]:
    former = next(iter(record.temporal), kit.PeriodOfTime())
    start = said.start_date if "start_date" in given else former.start_date
    end = said.end_date if "end_date" in given else former.end_date
    return (kit.PeriodOfTime(start_date=start or None, end_date=end or None),) if start or end else ()


def _with_links(record: kit.Dataset, links: list[LinkIn]) -> tuple[kit.Distribution, ...]:
    """The files that the portal keeps, then the links as they were said; one that was there keeps its number."""
    known = {part.access_url: part for part in record.distribution}
    kept = tuple(part for part in record.distribution if is_ours(part))
    return (*kept, *(_link(known.get(link.access_url), link) for link in links))


def is_ours(part: kit.Distribution) -> bool:
    """Whether the portal itself keeps the file."""
    return part.access_url.startswith(f"{iris().base_url}/file/")


def _link(known: kit.Distribution | None, link: LinkIn) -> kit.Distribution:
    part = known or kit.Distribution(iri=iris().distribution(str(uuid4())), access_url=link.access_url)
    return replace(
        part,
        title=text_of(link.title) or part.title,
        description=text_of(link.description) or part.description,
        download_url=(link.download_url,) if link.download_url else part.download_url,
        format=link.format or part.format,
        license=licence_of(link.licence) if link.licence else part.license or licence_of(_CC_BY),
    )


def licence_of(said: str) -> kit.LicenseDocument:
    """A licence by address or by name; harmonising finds the one of the vocabulary."""
    return kit.LicenseDocument(iri=said) if "://" in said else kit.LicenseDocument(name={"": said})


_Read = Callable[[DescriptionIn, kit.Dataset], Any]
_NAMES = {
    "title": "title",
    "description": "description",
    "themes": "theme",
    "subthemes": "subject",
    "keywords": "keyword",
    "frequency": "accrual_periodicity",
    "modified": "modified",
    "issued": "issued",
    "places": "spatial",
    "contact": "contact_point",
    "landing_page": "landing_page",
    "documentation": "page",
    "hvd_categories": "hvd_category",
    "legislation": "applicable_legislation",
    "version": "version_info",
    "version_notes": "version_notes",
    "provenance": "provenance",
}
_READ: dict[str, _Read] = {
    "title": lambda said, record: text_of(said.title),
    "description": lambda said, record: text_of(said.description),
    "themes": lambda said, record: tuple(said.themes or ()),
    "subthemes": lambda said, record: tuple(said.subthemes or ()),
    "keywords": _keywords,
    "frequency": lambda said, record: said.frequency or None,
    "modified": lambda said, record: said.modified or None,
    "issued": lambda said, record: said.issued or None,
    "places": _places,
    "contact": _contact,
    "landing_page": lambda said, record: said.landing_page or None,
    "documentation": lambda said, record: tuple(said.documentation or ()),
    "hvd_categories": lambda said, record: tuple(said.hvd_categories or ()),
    "legislation": lambda said, record: tuple(said.legislation or ()),
    "version": lambda said, record: said.version or None,
    "version_notes": lambda said, record: text_of(said.version_notes),
    "provenance": lambda said, record: text_of(said.provenance),
}
