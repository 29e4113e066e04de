"""One dataset harmonised: bodies first, because the identifier and the addresses follow from the titolare."""

from collections.abc import Sequence
from dataclasses import replace

from opentusk.kit.harmonise.addresses import mend_iri, mend_iris, mend_url, mend_urls
from opentusk.kit.harmonise.agents import AgentMender, names_of
from opentusk.kit.harmonise.contacts import mend_contacts
from opentusk.kit.harmonise.controlled import mend_hvd_categories, mend_term, mend_terms, mend_themes, mend_types
from opentusk.kit.harmonise.dates import mend_date, mend_periods
from opentusk.kit.harmonise.defaults import Defaults
from opentusk.kit.harmonise.distributions import DistributionMender
from opentusk.kit.harmonise.identifiers import mend_identifier, mend_other_identifiers
from opentusk.kit.harmonise.places import mend_places
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.standards import mend_standards
from opentusk.kit.harmonise.texts import TextMender, choose_tag, mend_line
from opentusk.kit.iris import Iris
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import Agent, Dataset
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FREQUENCIES, LANGUAGES


def harmonise_dataset(record: Dataset, defaults: Defaults, iris: Iris) -> tuple[Dataset, list[Problem]]:
    """The record with every value as the profile wants it, and a problem for each change, in reading order.

    `iris` mints the addresses of nodes that have none. Addresses that are usable are kept: they are how the dataset
    and its distributions are known elsewhere.
    """
    log = RepairLog()
    agents = AgentMender(_names(record, defaults), iris)
    owned = _mend_bodies(record, defaults, agents, log)
    named = _mend_identity(owned, former=record, iris=iris, log=log)
    languages = _mend_languages(named, defaults, log)
    texts = TextMender(choose_tag(languages, otherwise=defaults.text_language))
    described = _mend_description(replace(named, language=languages), defaults, texts, log)
    covered = _mend_coverage(described, defaults, iris, texts, log)
    parts = DistributionMender(
        licence=defaults.license, holder=covered.rights_holder, agents=agents, texts=texts, iris=iris
    )
    distributions = tuple(
        parts.mend(distribution, log.at(f"distribution {number}"), seed=f"{covered.identifier}/{number}")
        for number, distribution in enumerate(covered.distribution, start=1)
    )
    place = covered.identifier or covered.iri or record.identifier
    return replace(covered, distribution=distributions), [problem.within(place) for problem in log.problems]


def _names(record: Dataset, defaults: Defaults) -> list[str]:
    bodies = [record.rights_holder, record.publisher, *record.creator, defaults.rights_holder, defaults.publisher]
    return names_of(bodies, defaults.known_names)


def _mend_bodies(record: Dataset, defaults: Defaults, agents: AgentMender, log: RepairLog) -> Dataset:
    holder = _or_default(record.rights_holder, defaults.rights_holder, log, "dct:rightsHolder", Severity.MAJOR)
    publisher = _or_default(record.publisher, defaults.publisher, log, "dct:publisher", Severity.MINOR)
    return replace(
        record,
        rights_holder=agents.mend(holder, log.at("dct:rightsHolder")) if holder else None,
        publisher=agents.mend(publisher, log.at("dct:publisher")) if publisher else None,
        creator=tuple(
            dict.fromkeys(
                agents.mend(creator, log.at(f"dct:creator {number}")) for number, creator in _numbered(record)
            )
        ),
    )


def _numbered(record: Dataset) -> Sequence[tuple[int, Agent]]:
    return list(enumerate(record.creator, start=1))


def _or_default(
    agent: Agent | None, default: Agent | None, log: RepairLog, where: str, severity: Severity
) -> Agent | None:
    """The body the source gives, never replaced; the default where it gives none."""
    if agent is not None or default is None:
        return agent
    log.changed("repair.default_used", where, before="", after=default.name or default.identifier, severity=severity)
    return default


def _mend_identity(record: Dataset, *, former: Dataset, iris: Iris, log: RepairLog) -> Dataset:
    given = mend_line(former.identifier, log, "dct:identifier")
    iri = mend_iri(former.iri, log, "rdf:about")
    identifier = mend_identifier(given, iri=iri, holder=record.rights_holder, log=log)
    iri = iri or (iris.dataset(identifier) if identifier else None)
    others = mend_other_identifiers(record.other_identifier, former=given, identifier=identifier, iri=iri, log=log)
    return replace(record, iri=iri, identifier=identifier, other_identifier=others)


def _mend_languages(record: Dataset, defaults: Defaults, log: RepairLog) -> tuple[str, ...]:
    languages = mend_terms(LANGUAGES, record.language, log, "dct:language")
    if languages or not defaults.language:
        return languages
    after = " ".join(defaults.language)
    log.changed("repair.default_used", "dct:language", before="", after=after, severity=Severity.INFO)
    return defaults.language


def _mend_description(record: Dataset, defaults: Defaults, texts: TextMender, log: RepairLog) -> Dataset:
    themes, subjects = mend_themes(record.theme, record.subject, log)
    if not themes and defaults.theme:
        themes = defaults.theme
        log.changed("repair.default_used", "dcat:theme", before="", after=" ".join(themes))
    return replace(
        record,
        title=texts.text(record.title, log, "dct:title"),
        description=texts.text(record.description, log, "dct:description"),
        issued=mend_date(record.issued, log, "dct:issued"),
        modified=mend_date(record.modified, log, "dct:modified"),
        metadata_modified=mend_date(record.metadata_modified, log, "dcat:record"),
        theme=themes,
        subject=subjects,
        keyword=texts.words(record.keyword, log, "dcat:keyword"),
        accrual_periodicity=_mend_frequency(record.accrual_periodicity, defaults.accrual_periodicity, log),
        landing_page=mend_url(record.landing_page, log, "dcat:landingPage"),
        version_info=mend_line(record.version_info or "", log, "owl:versionInfo") or None,
        version_notes=texts.text(record.version_notes, log, "adms:versionNotes"),
        provenance=texts.text(record.provenance, log, "dct:provenance"),
        access_rights=_mend_access(record.access_rights, defaults.access_rights, log),
        source_catalog=record.source_catalog or defaults.source_catalog,
    )


def _mend_frequency(given: str | None, default: str | None, log: RepairLog) -> str | None:
    found = mend_term(FREQUENCIES, given, log, "dct:accrualPeriodicity")
    if found is None and default is not None:
        log.changed("repair.default_used", "dct:accrualPeriodicity", before="", after=default)
    return found or default


def _mend_access(given: str | None, default: str | None, log: RepairLog) -> str | None:
    """The access right. Without one the source's default: what a public catalogue offers is public."""
    found = mend_term(ACCESS_RIGHTS, given, log, "dct:accessRights")
    if found is None and default is not None:
        log.changed("repair.default_used", "dct:accessRights", before="", after=default, severity=Severity.INFO)
    return found or default


def _mend_coverage(record: Dataset, defaults: Defaults, iris: Iris, texts: TextMender, log: RepairLog) -> Dataset:
    holder = record.rights_holder
    return replace(
        record,
        contact_point=mend_contacts(
            record.contact_point, holder=holder, default=defaults.contact_point, iris=iris, log=log
        ),
        temporal=mend_periods(record.temporal, log, iris),
        spatial=mend_places(record.spatial, holder=holder, iris=iris, log=log),
        conforms_to=mend_standards(record.conforms_to, texts=texts, iris=iris, log=log),
        is_version_of=mend_iris(record.is_version_of, log, "dct:isVersionOf"),
        has_version=mend_iris(record.has_version, log, "dcat:hasVersion"),
        applicable_legislation=mend_iris(record.applicable_legislation, log, "dcatap:applicableLegislation"),
        hvd_category=mend_hvd_categories(record.hvd_category, log),
        relation=mend_iris(record.relation, log, "dct:relation"),
        page=mend_urls(record.page, log, "foaf:page"),
        type=mend_types(record.type, log),
        in_series=mend_iris(record.in_series, log, "dcat:inSeries"),
    )
