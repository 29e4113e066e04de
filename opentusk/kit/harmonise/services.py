"""Data services: APIs over datasets."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from opentusk.kit.harmonise.addresses import mend_iri, mend_iris, mend_url, mend_urls
from opentusk.kit.harmonise.agents import AgentMender
from opentusk.kit.harmonise.contacts import mend_contact
from opentusk.kit.harmonise.controlled import mend_hvd_categories, mend_term, mend_terms
from opentusk.kit.harmonise.licences import mend_licence
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.harmonise.standards import mend_standards
from opentusk.kit.harmonise.texts import TextMender
from opentusk.kit.iris import Iris
from opentusk.kit.records import Agent, DataService
from opentusk.kit.vocabularies import ACCESS_RIGHTS, AVAILABILITIES, FILE_TYPES, THEMES


def mend_service(
    service: DataService, *, holder: Agent | None, agents: AgentMender, texts: TextMender, iris: Iris, log: RepairLog
) -> DataService:
    """One service, its address made from its first endpoint when it has none."""
    endpoints = mend_urls(service.endpoint_url, log, "dcat:endpointURL")
    contacts = (
        mend_contact(contact, holder=holder, iris=iris, log=log.at("dcat:contactPoint"))
        for contact in service.contact_point
    )
    said = next(iter(endpoints), "") or next(iter(service.title.values()), "")
    return replace(
        service,
        iri=mend_iri(service.iri, log, "rdf:about") or iris.service(str(uuid5(NAMESPACE_URL, said))),
        title=texts.text(service.title, log, "dct:title"),
        description=texts.text(service.description, log, "dct:description"),
        endpoint_url=endpoints,
        endpoint_description=mend_urls(service.endpoint_description, log, "dcat:endpointDescription"),
        serves_dataset=mend_iris(service.serves_dataset, log, "dcat:servesDataset"),
        license=mend_licence(service.license, None, log) if service.license else None,
        access_rights=mend_term(ACCESS_RIGHTS, service.access_rights, log, "dct:accessRights"),
        publisher=agents.mend(service.publisher, log.at("dct:publisher")) if service.publisher else None,
        contact_point=tuple(contact for contact in contacts if contact),
        theme=mend_terms(THEMES, service.theme, log, "dcat:theme"),
        keyword=texts.words(service.keyword, log, "dcat:keyword"),
        conforms_to=mend_standards(service.conforms_to, texts=texts, iris=iris, log=log),
        page=mend_urls(service.page, log, "foaf:page"),
        landing_page=mend_url(service.landing_page, log, "dcat:landingPage"),
        format=mend_terms(FILE_TYPES, service.format, log, "dct:format"),
        availability=mend_term(AVAILABILITIES, service.availability, log, "dcatap:availability"),
        applicable_legislation=mend_iris(service.applicable_legislation, log, "dcatap:applicableLegislation"),
        hvd_category=mend_hvd_categories(service.hvd_category, log),
    )
