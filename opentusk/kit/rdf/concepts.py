"""Describes the controlled values that records point to: type, label, scheme, inline, since validators fetch nothing.

A concept whose label we do not know is not typed `skos:Concept`: without a label that breaks conformance. Only EuroVoc
concepts are (the national rules want them typed); their number is then the label.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from opentusk.kit.rdf.namespaces import DCATAPIT, DCT, ELI, FOAF, SKOS, SPDX, TYPE
from opentusk.kit.vocabularies import (
    ACCESS_RIGHTS,
    AVAILABILITIES,
    DATASET_TYPES,
    DISTRIBUTION_STATUSES,
    FILE_TYPES,
    FREQUENCIES,
    HVD_CATEGORIES,
    LANGUAGES,
    MEDIA_TYPES,
    PLACES,
    SUBTHEMES,
    THEMES,
    Term,
    Vocabulary,
)

Block: TypeAlias = tuple[str, tuple[Triple, ...]]
"""A node as its IRI and the triples that describe it."""

CONCEPT = SKOS("Concept")


@dataclass(frozen=True, kw_only=True, eq=False)
class Role:
    """What a value is used as: the classes it must have, and the vocabulary that labels it.

    `scheme` replaces the vocabulary's own where its entries hang under another node.
    """

    classes: tuple[NamedNode, ...] = ()
    vocabulary: Vocabulary[Any] | None = None
    scheme: str | None = None


THEME = Role(vocabulary=THEMES)
SUBTHEME = Role(classes=(CONCEPT, DCATAPIT("subTheme")), vocabulary=SUBTHEMES, scheme="http://eurovoc.europa.eu/100141")
FREQUENCY = Role(classes=(DCT("Frequency"),), vocabulary=FREQUENCIES)
LANGUAGE = Role(classes=(DCT("LinguisticSystem"),), vocabulary=LANGUAGES)
FORMAT = Role(classes=(DCT("MediaTypeOrExtent"),), vocabulary=FILE_TYPES)
MEDIA_TYPE = Role(classes=(DCT("MediaType"),))
RIGHTS = Role(classes=(DCT("RightsStatement"),), vocabulary=ACCESS_RIGHTS)
AVAILABILITY = Role(vocabulary=AVAILABILITIES)
STATUS = Role(vocabulary=DISTRIBUTION_STATUSES)
HVD = Role(vocabulary=HVD_CATEGORIES, scheme="http://data.europa.eu/bna/asd487ae75")
DATASET_TYPE = Role(vocabulary=DATASET_TYPES)
LICENCE_TYPE = Role()
DOCUMENT = Role(classes=(FOAF("Document"),))
LEGISLATION = Role(classes=(ELI("LegalResource"),))
ALGORITHM = Role(classes=(SPDX("ChecksumAlgorithm"),))
SCHEME = Role(classes=(SKOS("ConceptScheme"),))

_ADMS = "http://purl.org/adms/"
# Short lists of ADMS (Joinup, ADMS controlled vocabularies 1.0) that have no table of ours: IRI → Italian, English.
_ADMS_LABELS = {
    f"{_ADMS}licencetype/Attribution": ("Attribuzione", "Attribution"),
    f"{_ADMS}licencetype/PublicDomain": ("Pubblico dominio", "Public domain"),
    f"{_ADMS}licencetype/ViralEffect-ShareAlike": ("Condividi allo stesso modo", "Viral effect (share alike)"),
    f"{_ADMS}licencetype/NonCommercialUseOnly": ("Solo uso non commerciale", "Non-commercial use only"),
    f"{_ADMS}licencetype/NoDerivativeWork": ("Nessuna opera derivata", "No derivative work"),
    f"{_ADMS}licencetype/RoyaltiesRequired": ("Diritti a pagamento", "Royalties required"),
    f"{_ADMS}licencetype/ReservedNames-Endorsement-OfficialStatus": (
        "Nomi e ufficialità riservati",
        "Reserved names / endorsement / official status",
    ),
    f"{_ADMS}licencetype/NominalCost": ("Costo nominale", "Nominal cost"),
    f"{_ADMS}licencetype/GrantBack": ("Retrocessione", "Grant back"),
    f"{_ADMS}licencetype/JurisdictionWithinTheEU": ("Giurisdizione nell'UE", "Jurisdiction within the EU"),
    f"{_ADMS}licencetype/OtherRestrictiveClauses": ("Altre clausole restrittive", "Other restrictive clauses"),
    f"{_ADMS}licencetype/KnownPatentEncumbrance": ("Brevetti noti", "Known patent encumbrance"),
    f"{_ADMS}licencetype/UnknownIPR": ("Diritti sconosciuti", "Unknown IPR"),
    f"{_ADMS}status/Completed": ("Completato", "Completed"),
    f"{_ADMS}status/Deprecated": ("Superato", "Deprecated"),
    f"{_ADMS}status/UnderDevelopment": ("In preparazione", "Under development"),
    f"{_ADMS}status/Withdrawn": ("Ritirato", "Withdrawn"),
}
_SCHEME_TITLES = {
    f"{_ADMS}licencetype/1.0": "Tipi di licenza",
    f"{_ADMS}status/1.0": "Stati",
    "http://eurovoc.europa.eu/100141": "EuroVoc",
}
_EU_STATUS = "http://publications.europa.eu/resource/authority/distribution-status/"
# DCAT-AP 2.1.1 asks for the ADMS statuses, 3.0.1 for those of the EU.
ADMS_STATUSES = {
    f"{_EU_STATUS}COMPLETED": f"{_ADMS}status/Completed",
    f"{_EU_STATUS}DEPRECATED": f"{_ADMS}status/Deprecated",
    f"{_EU_STATUS}DEVELOP": f"{_ADMS}status/UnderDevelopment",
    f"{_EU_STATUS}WITHDRAWN": f"{_ADMS}status/Withdrawn",
}
_EUROVOC = re.compile(r"http://eurovoc\.europa\.eu/(\d+)")
_VOCABULARIES = (
    *(THEMES, FREQUENCIES, LANGUAGES, FILE_TYPES, MEDIA_TYPES, ACCESS_RIGHTS, AVAILABILITIES, DATASET_TYPES),
    DISTRIBUTION_STATUSES,
)


@lru_cache(maxsize=16_384)
def describe(iri: str, role: Role) -> tuple[Block, ...]:
    """The nodes to write beside a value: itself and its scheme. Raises ValueError for an IRI that is none."""
    node = NamedNode(iri)
    if role is SCHEME:
        return (_scheme(iri, _title_of(iri)),)
    found = _label(iri, role)
    kinds = [kind for kind in role.classes if kind != CONCEPT or found]
    if found is None:
        return ((iri, tuple(Triple(node, TYPE, kind) for kind in kinds)),) if kinds else ()
    it, en, scheme, title = found
    triples = [
        *(Triple(node, TYPE, kind) for kind in dict.fromkeys((CONCEPT, *kinds))),
        Triple(node, SKOS("prefLabel"), Literal(it, language="it")),
        *([Triple(node, SKOS("prefLabel"), Literal(en, language="en"))] if en else []),
        Triple(node, SKOS("inScheme"), NamedNode(scheme)),
    ]
    return (iri, tuple(triples)), _scheme(scheme, title)


def describe_place(iri: str) -> tuple[Block, ...]:
    """What the EU's lists of places say of a `dct:Location` that is one of theirs."""
    term = PLACES.by_iri(iri)
    if term is None:
        return ()
    node, scheme = NamedNode(iri), iri.rpartition("/")[0]
    triples = (
        Triple(node, TYPE, CONCEPT),
        Triple(node, SKOS("prefLabel"), Literal(term.it, language="it")),
        Triple(node, SKOS("inScheme"), NamedNode(scheme)),
    )
    return (iri, triples), _scheme(scheme, PLACES.title_it)


def is_known(iri: str, role: Role) -> bool:
    """Whether the role's vocabulary has the value; True for roles without one."""
    if role is SUBTHEME:
        return _EUROVOC.fullmatch(iri) is not None
    return role.vocabulary is None or role.vocabulary.by_iri(iri) is not None


def _label(iri: str, role: Role) -> tuple[str, str, str, str] | None:
    """Italian name, English name, scheme and its title, of a value of the role."""
    vocabulary = role.vocabulary
    term: Term | None = vocabulary.by_iri(iri) if vocabulary else None
    if term and vocabulary:
        scheme = role.scheme or vocabulary.scheme
        return term.it, term.en, scheme, _SCHEME_TITLES.get(scheme, vocabulary.title_it)
    if iri in _ADMS_LABELS and role in (LICENCE_TYPE, STATUS):
        scheme = iri.rpartition("/")[0] + "/1.0"
        return *_ADMS_LABELS[iri], scheme, _SCHEME_TITLES[scheme]
    if role is SUBTHEME and role.scheme and (eurovoc := _EUROVOC.fullmatch(iri)):
        return eurovoc[1], "", role.scheme, _SCHEME_TITLES[role.scheme]
    return None


def _scheme(iri: str, title: str) -> Block:
    node = NamedNode(iri)
    return iri, (Triple(node, TYPE, SKOS("ConceptScheme")), Triple(node, DCT("title"), Literal(title, language="it")))


def _title_of(scheme: str) -> str:
    """The title of a scheme we hold; of another one, the last part of its address."""
    known = next((vocabulary.title_it for vocabulary in _VOCABULARIES if vocabulary.scheme == scheme), None)
    return known or _SCHEME_TITLES.get(scheme) or re.split(r"[/#]", scheme.rstrip("/#"))[-1]
