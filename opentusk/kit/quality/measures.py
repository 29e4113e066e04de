"""Answers the 23 questions on a graph: once for the dataset, once for each distribution."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import TypeAlias

from pyoxigraph import NamedNode

from opentusk.kit.rdf.graph import Graph, Term
from opentusk.kit.rdf.namespaces import DCAT, DCT
from opentusk.kit.shacl.dcat_ap_2 import DCATAP_2
from opentusk.kit.shacl.engine import conforms
from opentusk.kit.vocabularies import ACCESS_RIGHTS, FILE_TYPES, LICENCES, MEDIA_TYPES

Measures: TypeAlias = Mapping[str, bool]
Values: TypeAlias = Callable[[NamedNode], Collection[Term]]

DISTRIBUTION = DCAT("distribution")
ACCESS_URL, DOWNLOAD_URL = DCAT("accessURL"), DCAT("downloadURL")
_FORMAT, _MEDIA_TYPE, _LICENCE, _RIGHTS = DCT("format"), DCAT("mediaType"), DCT("license"), DCT("accessRights")
_ISSUED, _MODIFIED = DCT("issued"), DCT("modified")
_IANA = ("https://www.iana.org/assignments/media-types/", "http://www.iana.org/assignments/media-types/")
# Other records and the whole catalogue may hang on a link of this one; the score is not theirs.
_OTHER_RECORDS = (DCAT("Dataset"), DCAT("Catalog"))
_NOTHING: tuple[Term, ...] = ()


def measure_dataset(graph: Graph, dataset: NamedNode) -> Measures:
    """The answers that are read on the dataset, dates included."""
    statements = graph.statements(dataset)
    rights = statements.get(_RIGHTS, _NOTHING)
    return {
        "keywordAvailability": DCAT("keyword") in statements,
        "categoryAvailability": DCAT("theme") in statements,
        "spatialAvailability": DCT("spatial") in statements,
        "temporalAvailability": DCT("temporal") in statements,
        "dcatApCompliance": conforms(graph, nodes_of(graph, dataset), DCATAP_2),
        "accessRightsAvailability": bool(rights),
        "accessRightsVocabularyAlignment": any(ACCESS_RIGHTS.by_iri(_iri(value)) for value in rights),
        "contactPointAvailability": DCAT("contactPoint") in statements,
        "publisherAvailability": DCT("publisher") in statements,
        "dateIssuedAvailability": _ISSUED in statements,
        "dateModifiedAvailability": _MODIFIED in statements,
    }


def measure_distribution(graph: Graph, distribution: Term, url_status: Mapping[str, int]) -> Measures:
    """The answers that are read on one distribution. A URL that is not in `url_status` counts as not reachable."""
    statements = graph.statements(distribution)
    formats = [_iri(value) for value in statements.get(_FORMAT, _NOTHING)]
    media_types = [_iri(value) for value in statements.get(_MEDIA_TYPE, _NOTHING)]
    file_types = [found for iri in formats + media_types if (found := FILE_TYPES.by_iri(iri))]
    licences = statements.get(_LICENCE, _NOTHING)
    return {
        "accessUrlStatusCode": _answers(statements.get(ACCESS_URL, _NOTHING), url_status),
        "downloadUrlAvailability": DOWNLOAD_URL in statements,
        "downloadUrlStatusCode": _answers(statements.get(DOWNLOAD_URL, _NOTHING), url_status),
        "formatAvailability": bool(formats),
        "mediaTypeAvailability": bool(media_types),
        "formatMediaTypeVocabularyAlignment": any(map(FILE_TYPES.by_iri, formats))
        and any(map(is_known_media_type, media_types)),
        "formatMediaTypeNonProprietary": any(found.non_proprietary for found in file_types),
        "formatMediaTypeMachineInterpretable": any(found.machine_readable for found in file_types),
        "licenceAvailability": bool(licences),
        "knownLicence": any(_iri(value) in known_licences() for value in licences),
        "rightsAvailability": DCT("rights") in statements,
        "byteSizeAvailability": DCAT("byteSize") in statements,
        "dateIssuedAvailability": _ISSUED in statements,
        "dateModifiedAvailability": _MODIFIED in statements,
    }


def nodes_of(graph: Graph, dataset: Term) -> list[Term]:
    """The dataset and every node one reaches from it without entering another dataset or the catalogue."""
    found: dict[Term, None] = {dataset: None}
    waiting = [dataset]
    while waiting:
        for values in graph.statements(waiting.pop()).values():
            for value in values:
                if value not in found and graph.statements(value) and not _is_other_record(graph, value):
                    found[value] = None
                    waiting.append(value)
    return list(found)


def is_known_media_type(iri: str) -> bool:
    """Whether an IRI names a media type that IANA registered; http and https are the same to the portal."""
    return any(iri.startswith(prefix) and MEDIA_TYPES.by_code(iri.removeprefix(prefix)) for prefix in _IANA)


@cache
def known_licences() -> frozenset[str]:
    """The licence IRIs that the portal recognises, as far as our vocabulary has them: spelling counts."""
    own = {term.iri for term in LICENCES.terms if term.mqa_known}
    european = {term.eu_iri for term in LICENCES.terms if term.mqa_known and term.eu_iri}
    return frozenset(own | european)


def _is_other_record(graph: Graph, node: Term) -> bool:
    types = graph.types(node)
    return any(kind in types for kind in _OTHER_RECORDS)


def _answers(urls: Collection[Term], url_status: Mapping[str, int]) -> bool:
    """With several addresses the best status counts."""
    return any(200 <= url_status.get(_iri(url), 0) < 300 for url in urls)


def _iri(value: Term) -> str:
    return value.value
