"""The namespaces we write, and the misspellings of them that real catalogues use.

Constants are written here by hand because the published DCAT-AP_IT ontology (2.0, 2022-06-23) contains wrong IRIs.
"""

import re
from functools import lru_cache

from pyoxigraph import NamedNode


class Namespace:
    """Builds the terms of one namespace: `DCT("title")`. Terms are made once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._terms: dict[str, NamedNode] = {}

    def __call__(self, name: str) -> NamedNode:
        """The term of that local name."""
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = NamedNode(self.base + name)
        return term


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
GSP = Namespace("http://www.opengis.net/ont/geosparql#")
SCHEMA = Namespace("http://schema.org/")
TIME = Namespace("http://www.w3.org/2006/time#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
PROV = Namespace("http://www.w3.org/ns/prov#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ELI = Namespace("http://data.europa.eu/eli/ontology#")

TYPE = RDF("type")

PREFIXES: dict[str, str] = {
    "adms": ADMS.base,
    "dcat": DCAT.base,
    "dcatap": DCATAP.base,
    "dcatapit": DCATAPIT.base,
    "dct": DCT.base,
    "eli": ELI.base,
    "foaf": FOAF.base,
    "gsp": GSP.base,
    "hydra": HYDRA.base,
    "locn": LOCN.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "spdx": SPDX.base,
    "vcard": VCARD.base,
    "xsd": XSD.base,
}

_WRONG_NAMESPACES = {
    "http://sdati.gov.it/onto/": "http://dati.gov.it/onto/",
    "http://www.dati.gov.it/onto/": "http://dati.gov.it/onto/",
    "http://www.schema.org/": SCHEMA.base,
    DCT.base + "#": DCT.base,
}
_WRONG_TERMS = {
    LOCN.base + "geographicalName": LOCN.base + "geographicName",
    DCAT.base + "landindPage": DCAT.base + "landingPage",
    DCAT.base + "Catalogue": DCAT.base + "Catalog",
}
_STRAY = re.compile(r"[\"'<>\s]|%22|%20")
_OURS = tuple(base.removeprefix("http:") for base in (*PREFIXES.values(), "http://schema.org", TIME.base))
_SCHEMA_WITHOUT_SLASH = re.compile(r"^http://schema\.org(?=[A-Za-z])")


@lru_cache(maxsize=4096)
def mend_term(iri: str) -> str:
    """The IRI of a property or class as the standard spells it; unknown ones unchanged."""
    mended = _STRAY.sub("", iri)
    prefix, _colon, name = mended.partition(":")
    if prefix in PREFIXES:
        return PREFIXES[prefix] + name
    if mended.startswith("https:") and mended.removeprefix("https:").replace("//www.dati", "//dati").startswith(_OURS):
        mended = "http:" + mended.removeprefix("https:")
    for wrong, right in _WRONG_NAMESPACES.items():
        if mended.startswith(wrong):
            mended = right + mended.removeprefix(wrong)
    mended = _SCHEMA_WITHOUT_SLASH.sub(SCHEMA.base, mended)
    return _WRONG_TERMS.get(mended, mended)


@lru_cache(maxsize=4096)
def short_iri(iri: str) -> str:
    """The IRI with its prefix, as people write it: `dct:title`; unchanged when no prefix fits."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri
