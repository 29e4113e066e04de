"""Distributions: addresses, formats, licences, sizes."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from opentusk.kit.harmonise.addresses import mend_iri, mend_iris, mend_url, mend_urls
from opentusk.kit.harmonise.agents import AgentMender
from opentusk.kit.harmonise.controlled import mend_term, mend_terms
from opentusk.kit.harmonise.dates import mend_date
from opentusk.kit.harmonise.formats import mend_format
from opentusk.kit.harmonise.licences import mend_licence
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.services import mend_service
from opentusk.kit.harmonise.standards import mend_standards
from opentusk.kit.harmonise.texts import TextMender
from opentusk.kit.iris import Iris
from opentusk.kit.records import Agent, Distribution
from opentusk.kit.vocabularies import ACCESS_RIGHTS, AVAILABILITIES, DISTRIBUTION_STATUSES, LANGUAGES

# What national software writes when it knows no size (dcat_ap_it.md, trap 15): no file is known to be that long.
_MADE_UP_SIZE = 1024


class DistributionMender:
    """Mends the distributions of one dataset, which share its holder, its texts' language and its bodies."""

    def __init__(
        self, *, licence: str | None, holder: Agent | None, agents: AgentMender, texts: TextMender, iris: Iris
    ) -> None:
        self._licence = licence
        self._holder = holder
        self._agents = agents
        self._texts = texts
        self._iris = iris

    def mend(self, distribution: Distribution, log: RepairLog, *, seed: str) -> Distribution:
        """One distribution; `seed` tells it from its siblings when it has neither address nor file."""
        downloads = mend_urls(distribution.download_url, log, "dcat:downloadURL")
        access = mend_url(distribution.access_url, log, "dcat:accessURL") or ""
        if not access and downloads:
            access = downloads[0]
            log.changed("repair.access_of_download", "dcat:accessURL", before="", after=access)
        addressed = replace(distribution, access_url=access, download_url=downloads)
        return self._describe(mend_format(addressed, log), log, seed=seed)

    def _describe(self, distribution: Distribution, log: RepairLog, *, seed: str) -> Distribution:
        made_from = "|".join([seed, distribution.access_url, *distribution.download_url])
        services = (
            mend_service(
                service, holder=self._holder, agents=self._agents, texts=self._texts, iris=self._iris,
                log=log.at(f"service {number}"),
            )
            for number, service in enumerate(distribution.access_service, start=1)
        )  # fmt: skip
        return replace(
            distribution,
            iri=mend_iri(distribution.iri, log, "rdf:about")
            or self._iris.distribution(str(uuid5(NAMESPACE_URL, made_from))),
            title=self._texts.text(distribution.title, log, "dct:title"),
            description=self._texts.text(distribution.description, log, "dct:description"),
            license=mend_licence(distribution.license, self._licence, log),
            rights=_mend_rights(distribution.rights, log),
            issued=mend_date(distribution.issued, log, "dct:issued"),
            modified=mend_date(distribution.modified, log, "dct:modified"),
            byte_size=_mend_size(distribution.byte_size, log),
            status=mend_term(DISTRIBUTION_STATUSES, distribution.status, log, "adms:status"),
            availability=mend_term(AVAILABILITIES, distribution.availability, log, "dcatap:availability"),
            language=mend_terms(LANGUAGES, distribution.language, log, "dct:language"),
            page=mend_urls(distribution.page, log, "foaf:page"),
            conforms_to=mend_standards(distribution.conforms_to, texts=self._texts, iris=self._iris, log=log),
            access_service=tuple(services),
            applicable_legislation=mend_iris(distribution.applicable_legislation, log, "dcatap:applicableLegislation"),
        )


def _mend_rights(rights: str | None, log: RepairLog) -> str | None:
    """An access right of the list, or the statement of rights it is; unlike an access right it may be any text."""
    term = ACCESS_RIGHTS.find(rights) if rights else None
    return mend_term(ACCESS_RIGHTS, rights, log, "dct:rights") if term else rights


def _mend_size(size: int | None, log: RepairLog) -> int | None:
    if size != _MADE_UP_SIZE:
        return size
    log.changed("repair.size_made_up", "dcat:byteSize", before=str(size), after=None)
    return None
