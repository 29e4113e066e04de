"""The records of the demonstration: what a careful editor writes, with what careless ones leave out.

`number` counts the datasets; what it divides decides which fact is missing, so that every hint of the quality page
can be seen somewhere and the same ones at every run.
"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from opentusk.demo.bodies import DemoBody
from opentusk.demo.files import LABEL
from opentusk.demo.topics import Topic
from opentusk.kit import records as kit

_EU = "http://publications.europa.eu/resource/authority/"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_CC_ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"
_HVD_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "QUARTERLY": 91, "ANNUAL": 365, "IRREG": 700}


def describe(
    topic: Topic, body: DemoBody, *, number: int, files: list[tuple[str, str, int]], today: date, site: str
) -> kit.Dataset:
    """The record of one dataset. `files` are (address, format code, bytes); `site` is the portal's address."""
    identifier = f"{body.ipa_code}:{topic.key}"
    modified = (today - timedelta(days=_age(topic, number))).isoformat()
    is_hvd = bool(topic.hvd) and number % 3 != 0
    record = kit.Dataset(
        identifier=identifier,
        title={"it": topic.title.format(_place(topic, body))},
        description={"it": f"{topic.description} Contenuto inventato a scopo dimostrativo."},
        issued="2025-02-01",
        modified=modified,
        theme=(f"{_EU}data-theme/{topic.theme}",),
        subject=(f"http://eurovoc.europa.eu/{topic.subject}",) if topic.subject and number % 4 else (),
        keyword={} if number % 7 == 0 else {"it": (*topic.keywords.split(", "), LABEL)},
        accrual_periodicity=f"{_EU}frequency/{topic.frequency}",
        contact_point=() if number % 10 == 0 else (_contact(body),),
        publisher=None if number % 9 == 0 else kit.Agent(identifier="r_puglia", name="Regione Puglia"),
        creator=(kit.Agent(identifier=body.ipa_code, name=body.name),) if number % 2 else (),
        language=(f"{_EU}language/ITA",),
        temporal=() if number % 5 == 0 else (kit.PeriodOfTime(start_date="2019-01-01", end_date="2025-12-31"),),
        spatial=() if number % 6 == 0 else (_location(body),),
        access_rights=f"{_EU}access-right/PUBLIC",
        landing_page=f"{site}/dataset/{identifier.replace(':', '-')}",
        applicable_legislation=(_HVD_LAW,) if is_hvd else (),
        hvd_category=(f"http://data.europa.eu/bna/{topic.hvd}",) if is_hvd else (),
        distribution=tuple(_distribution(identifier, number, *file, modified, is_hvd) for file in files),
    )
    return _careless(record) if number % 9 == 4 and not is_hvd else record


def _careless(record: kit.Dataset) -> kit.Dataset:
    """The description of somebody in a hurry: only what is mandatory."""
    files = tuple(
        replace(part, download_url=(), rights=None, issued=None, byte_size=None, description={})
        for part in record.distribution
    )
    return replace(record, keyword={}, temporal=(), contact_point=(), subject=(), distribution=files, issued=None)


def _distribution(
    identifier: str, number: int, address: str, code: str, size: int, modified: str, is_hvd: bool
) -> kit.Distribution:
    return kit.Distribution(
        title={"it": f"{identifier.partition(':')[2].replace('-', ' ').capitalize()}, {code}"},
        description={} if number % 8 == 0 else {"it": f"File {code}, UTF-8. {LABEL.capitalize()}."},
        access_url=address,
        download_url=() if number % 12 == 0 else (address,),
        format=f"{_EU}file-type/{code}",
        license=kit.LicenseDocument(iri=_CC_ZERO if number % 13 == 0 else _CC_BY),
        rights=f"{_EU}access-right/PUBLIC" if number % 3 else None,
        issued="2025-02-01" if number % 3 else None,
        modified=modified,
        byte_size=size if number % 4 else None,
        status=f"{_EU}distribution-status/COMPLETED",
        availability=f"{_EU}planned-availability/STABLE",
        applicable_legislation=(_HVD_LAW,) if is_hvd else (),
    )


def distribution_uuid(address: str) -> str:
    """The number of a demonstration file, the same at every run."""
    return str(uuid5(NAMESPACE_URL, address))


def _age(topic: Topic, number: int) -> int:
    """Days since the data changed: mostly in time, sometimes clearly late."""
    period = _DAYS[topic.frequency]
    return period * 4 if number % 11 == 0 else (number * 37) % period + 1


def _place(topic: Topic, body: DemoBody) -> str:
    return body.name if topic.title.endswith("del {}") else body.territory


def _contact(body: DemoBody) -> kit.ContactPoint:
    return kit.ContactPoint(fn=f"Ufficio open data, {body.name}", has_email=f"opendata.{body.ipa_code}@example.org")


def _location(body: DemoBody) -> kit.Location:
    return kit.Location(geographic_name=body.territory, geographical_identifier=body.istat)
