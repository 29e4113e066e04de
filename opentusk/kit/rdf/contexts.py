"""The JSON-LD contexts we know by heart, so that reading a document never fetches another one.

Facts restated from the JSON-LD contexts of DCAT-AP 2.1.1 and 3.0.1 (SEMIC) and of udata (2026-08): term → property.
"""

import json
import re
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from opentusk.kit.errors import Unreadable
from opentusk.kit.rdf.guard import DEEPEST_NESTING
from opentusk.kit.rdf.namespaces import PREFIXES

_CLASSES = """
foaf:Agent foaf:Document dcat:Catalog dcat:CatalogRecord dcat:DataService dcat:Dataset dcat:DatasetSeries
dcat:Distribution dcat:Relationship dcat:Role spdx:Checksum spdx:ChecksumAlgorithm skos:Concept skos:ConceptScheme
dct:Frequency dct:LinguisticSystem dct:Location dct:MediaType dct:MediaTypeOrExtent dct:PeriodOfTime
dct:ProvenanceStatement dct:RightsStatement dct:Standard adms:Identifier vcard:Kind eli:LegalResource
Catalogue=dcat:Catalog CatalogueRecord=dcat:CatalogRecord Category=skos:Concept CategoryScheme=skos:ConceptScheme
LicenceDocument=dct:LicenseDocument
"""
_LINKS = """
dct:accessRights dcat:accessService dcat:accessURL accessUrl=dcat:accessURL frequency=dct:accrualPeriodicity
spdx:algorithm dcatap:applicableLegislation dcatap:availability catalogue=dcat:catalog dct:creator spdx:checksum
compressionFormat=dcat:compressFormat dct:conformsTo linkedSchemas=dct:conformsTo applicationProfile=dct:conformsTo
dcat:contactPoint dcat:dataset dcat:distribution datasetDistribution=dcat:distribution dcat:downloadURL
downloadUrl=dcat:downloadURL dcat:endpointDescription dcat:endpointURL endpointUrl=dcat:endpointURL dct:format
dcat:hadRole dct:hasPart dct:hasVersion foaf:homepage dcatap:hvdCategory dcat:inSeries dct:isPartOf
dct:isReferencedBy dct:isVersionOf dcat:landingPage dct:language licence=dct:license dct:license dcat:mediaType
otherIdentifier=adms:identifier packagingFormat=dcat:packageFormat documentation=foaf:page foaf:primaryTopic
dct:provenance dct:publisher dcat:record relatedResource=dct:relation dct:relation dct:rights dct:rightsHolder
adms:sample dcat:servesDataset dcat:service dct:source sourceMetadata=dct:source dct:spatial geographic=dct:spatial
geographicalCoverage=dct:spatial dct:subject adms:status changeType=adms:status temporalCoverage=dct:temporal
dct:temporal dcat:theme category=dcat:theme themes=dcat:themeTaxonomy dct:type licenceType=dct:type
"""
_LITERALS = """
dct:title dct:description dct:identifier foaf:name dcat:keyword tag=dcat:keyword skos:notation dct:issued
releaseDate=dct:issued listingDate=dct:issued dct:modified updateDate=dct:modified modificationDate=dct:modified
preferredLabel=skos:prefLabel dcat:startDate dcat:endDate adms:versionNotes boundingBox=dcat:bbox dcat:bbox
dcat:centroid locn:geometry dcat:byteSize spdx:checksumValue spatialResolution=dcat:spatialResolutionInMeters
dcat:temporalResolution dcat:version
"""
_STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_KNOWN_NAMES = ("dcat-ap", "dcat_ap", "dcatap", "site/context")

Json = Any  # a JSON document before it is parsed into something of ours


def _terms(words: str) -> dict[str, str]:
    named = (word.split("=") if "=" in word else [word.partition(":")[2], word] for word in words.split())
    return {name: PREFIXES[iri.partition(":")[0]] + iri.partition(":")[2] for name, iri in named}


def _dcat_context() -> dict[str, Json]:
    links = {name: {"@id": iri, "@type": "@id"} for name, iri in _terms(_LINKS).items()}
    return {**PREFIXES, "dcterms": PREFIXES["dct"], **_terms(_CLASSES), **links, **_terms(_LITERALS)}


_DCAT_CONTEXT = _dcat_context()


def inline_contexts(text: str) -> bytes:
    """The JSON-LD document with every known remote context replaced by its content.

    Raises Unreadable for a context we do not know, for JSON that is not JSON and for absurd nesting, over which the
    parser's stack would overflow and take the process with it.
    """
    if _nesting(text) > DEEPEST_NESTING:
        raise Unreadable("reading.too_deep")
    if '"@context"' not in text:
        return text.encode("utf-8", errors="replace")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as fault:
        raise Unreadable("reading.syntax", str(fault)) from fault
    return json.dumps(_inline(document)).encode()


def _nesting(text: str) -> int:
    brackets = _NOT_BRACKETS.sub("", _STRINGS.sub("", text))
    return max(accumulate(map(_STEPS.__getitem__, brackets)), default=0)


def _inline(value: Json) -> Json:
    if isinstance(value, list):
        return [_inline(item) for item in value]
    if isinstance(value, dict):
        return {key: _context(item) if key == "@context" else _inline(item) for key, item in value.items()}
    return value


def _context(context: Json) -> Json:
    if isinstance(context, list):
        return [_context(item) for item in context]
    return _known_context(context) if isinstance(context, str) else _inline(context)


def _known_context(iri: str) -> dict[str, Json]:
    path = urlsplit(iri).path.lower()
    if not any(name in path for name in _KNOWN_NAMES):
        raise Unreadable("reading.unknown_context", iri)
    return _DCAT_CONTEXT
