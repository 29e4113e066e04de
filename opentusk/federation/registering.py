"""The message to the editors of dati.gov.it, ready to send. It is always in Italian, whatever the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from opentusk.bodies.models import Agent

WHERE = "https://www.dati.gov.it/Come-alimentare-il-Catalogo-nazionale"
VALIDATOR = "https://www.dati.gov.it/sviluppatori/validatore"


@dataclass(frozen=True)
class Contact:
    """Who answers for the catalogue."""

    name: str
    email: str
    phone: str


def subject_of(agent: Agent | None) -> str:
    """The subject of the message."""
    whose = agent.name if agent else settings.PORTAL_PUBLISHER_NAME
    return f"Federazione del catalogo di {whose} con dati.gov.it"


def message_of(
    agent: Agent | None, contact: Contact, *, address: str, datasets: int, bodies: Sequence[tuple[Agent, int]]
) -> str:
    """The text of the message: an aggregator says for which bodies it acts, a body speaks for itself."""
    whose = agent.name if agent else settings.PORTAL_PUBLISHER_NAME
    code = agent.ipa_code if agent else settings.PORTAL_PUBLISHER_IPA
    lines = [
        "Alla redazione di dati.gov.it",
        "",
        f"{whose} (codice IPA {code}) chiede che il catalogo «{settings.PORTAL_TITLE}» sia raccolto dal Catalogo "
        "nazionale dei dati aperti.",
        "",
        f"Referente: {contact.name or '…'}",
        f"E-mail: {contact.email or '…'}",
        f"Telefono: {contact.phone or '…'}",
        "",
        f"Indirizzo da raccogliere: {address}",
        "Modalità: harvesting RDF (dcat_rdf), profilo DCAT-AP_IT, a pagine da "
        f"{settings.FEED_PAGE_SIZE} dataset (Hydra); lo stesso catalogo è disponibile anche in Turtle e JSON-LD.",
        f"Dataset: {datasets}",
    ]
    return "\n".join([*lines, *_represented(agent, bodies)]) + "\n"


def _represented(agent: Agent | None, bodies: Sequence[tuple[Agent, int]]) -> list[str]:
    if agent:
        return []
    listed = [f"- {body.name} (codice IPA {body.ipa_code}): {count} dataset" for body, count in bodies]
    return [
        "",
        f"{settings.PORTAL_PUBLISHER_NAME} agisce come aggregatore per questi {len(bodies)} enti, che non devono "
        "registrarsi per conto proprio:",
        *listed,
        "",
        "Se qualcuno di loro è già registrato, vi chiediamo di togliere quella sorgente, così che i suoi dataset non "
        "compaiano due volte.",
    ]
