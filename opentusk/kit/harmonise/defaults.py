"""What holds for a whole source where its records are silent."""

from dataclasses import dataclass

from opentusk.kit.records import Agent, ContactPoint

PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """The values an administrator set for a source; each use of one is reported.

    `text_language` is the tag of texts without one in records that declare no language. `license` is an IRI or a name
    of the vocabulary. `known_names` are names by which the body is known (the catalogue's publisher): evidence when a
    code has to be guessed.
    """

    rights_holder: Agent | None = None
    publisher: Agent | None = None
    contact_point: ContactPoint | None = None
    language: tuple[str, ...] = ()
    license: str | None = None
    theme: tuple[str, ...] = ()
    accrual_periodicity: str | None = None
    access_rights: str | None = PUBLIC
    text_language: str = "it"
    source_catalog: str | None = None
    known_names: tuple[str, ...] = ()
