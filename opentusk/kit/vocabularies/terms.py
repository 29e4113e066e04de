"""One entry of a controlled vocabulary, and what some vocabularies say of theirs beyond a name."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """An entry: its official code, the IRI we emit, and its name in Italian and English (never empty)."""

    code: str
    iri: str
    it: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme(Term):
    """A European data theme. `provisional` marks OP_DATPRO, which a published dataset must not have."""

    provisional: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FileType(Term):
    """A file type of the EU list.

    `media_type` is a bare name such as `text/csv`, None where no single one is right. `stars` are AgID's (1-4);
    0 where the list says nothing. The two booleans are membership in the lists the MQA reads.
    """

    media_type: str | None
    stars: int
    machine_readable: bool
    non_proprietary: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Frequency(Term):
    """How often data are renewed. `days` is the longest lawful gap; None when no gap can be derived."""

    days: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence(Term):
    """A licence. `iri` is the canonical one we emit.

    `openness` is AgID's class: A open, B not open, C unknown. `type_iri` is of purl.org/adms/licencetype.
    `mqa_known` tells whether the European quality check recognises `iri`.
    """

    openness: str
    type_iri: str
    agid_iri: str | None
    eu_iri: str | None
    version: str
    attribution: bool
    share_alike: bool
    non_commercial: bool
    no_derivatives: bool
    mqa_known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HvdCategory(Term):
    """A category of high-value datasets. `parent` is the IRI of one of the six, None for the six and when unstated."""

    parent: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subtheme(Term):
    """A EuroVoc domain used as sub-theme. `themes` are the IRIs of the data themes it may stand under."""

    themes: tuple[str, ...]
