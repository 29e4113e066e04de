"""Describes the controlled values that records point to: type, label, scheme, inline, since validators fetch nothing."""

from enum import Enum, auto
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from opentusk.kit.rdf.namespaces import DCATAPIT, DCT, FOAF, SKOS, TYPE
from opentusk.kit.vocabularies import (
    ACCESS_RIGHTS,
    AVAILABILITIES,
    DATASET_TYPES,
    DISTRIBUTION_STATUSES,
    FILE_TYPES,
    FREQUENCIES,
    HVD_CATEGORIES,
    LANGUAGES,
    SUBTHEMES,
    THEMES,
    Term,
    Vocabulary,
)


class Role(Enum):
    """What a value is used as, which decides its class."""

    CONCEPT = auto()
    SUBTHEME = auto()
    SCHEME = auto()
    FREQUENCY = auto()
    LANGUAGE = auto()
    FORMAT = auto()
    MEDIA_TYPE = auto()
    RIGHTS = auto()
    DOCUMENT = auto()


_CONCEPT = SKOS("Concept")
_CLASSES = {
    Role.FREQUENCY: DCT("Frequency"),
    Role.LANGUAGE: DCT("LinguisticSystem"),
    Role.FORMAT: DCT("MediaTypeOrExtent"),
    Role.MEDIA_TYPE: DCT("MediaType"),
    Role.RIGHTS: DCT("RightsStatement"),
    Role.DOCUMENT: FOAF("Document"),
}
_VOCABULARIES: tuple[Vocabulary[Term], ...] = (
    THEMES, AVAILABILITIES, DISTRIBUTION_STATUSES, HVD_CATEGORIES, DATASET_TYPES, SUBTHEMES,
    FREQUENCIES, LANGUAGES, FILE_TYPES, ACCESS_RIGHTS,
)  # type: ignore[assignment]  # fmt: skip
_LICENCE_TYPES = {
    "Attribution": "Attribuzione",
    "PublicDomain": "Pubblico dominio",
    "ViralEffect-ShareAlike": "Condivisione allo stesso modo",
    "ShareAlike-NotCompatible": "Condivisione allo stesso modo, non compatibile",
    "NonCommercialUseOnly": "Solo uso non commerciale",
    "NoDerivativeWork": "Nessuna opera derivata",
    "UnknownIPR": "Diritti sconosciuti",
}
_LICENCE_TYPE = "http://purl.org/adms/licencetype/"
_LICENCE_SCHEME = ("http://purl.org/adms/licencetype/1.1", "Tipi di licenza")
Block = tuple[str, tuple[Triple, ...]]


@lru_cache(maxsize=16_384)
def describe(iri: str, role: Role) -> tuple[Block, ...]:
    """The nodes to write beside a value: itself and its scheme, each as its IRI and its triples.

    A concept whose label we do not know is not typed at all: a `skos:Concept` without label breaks conformance.
    """
    node = NamedNode(iri)
    if role is Role.SCHEME:
        return (_scheme(iri, _scheme_title(iri)),)
    if role in _CLASSES:
        return ((iri, (Triple(node, TYPE, _CLASSES[role]),)),)
    found = _label(iri)
    if found is None:
        return ()
    it, en, scheme, title = found
    triples = [
        Triple(node, TYPE, _CONCEPT),
        Triple(node, SKOS("prefLabel"), Literal(it, language="it")),
        Triple(node, SKOS("prefLabel"), Literal(en, language="en")),
    ]
    if role is Role.SUBTHEME:
        triples.append(Triple(node, TYPE, DCATAPIT("subTheme")))
    triples.append(Triple(node, SKOS("inScheme"), NamedNode(scheme)))
    return ((iri, tuple(triples)), _scheme(scheme, title))


def _scheme(iri: str, title: str) -> Block:
    node = NamedNode(iri)
    return iri, (Triple(node, TYPE, SKOS("ConceptScheme")), Triple(node, DCT("title"), Literal(title, language="it")))


def _scheme_title(iri: str) -> str:
    return next((vocabulary.title_it for vocabulary in _VOCABULARIES if vocabulary.scheme == iri), iri)


def _label(iri: str) -> tuple[str, str, str, str] | None:
    """Italian label, English label, scheme and its title of a known concept."""
    for vocabulary in _VOCABULARIES:
        if term := vocabulary.by_iri(iri):
            return term.it, term.en, vocabulary.scheme, vocabulary.title_it
    if iri.startswith(_LICENCE_TYPE) and (name := iri.removeprefix(_LICENCE_TYPE)) in _LICENCE_TYPES:
        return _LICENCE_TYPES[name], name, *_LICENCE_SCHEME
    return None
