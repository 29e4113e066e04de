"""Catalogues as a source would write them, of any size: every dataset complete, so that it can be published."""

from collections.abc import Iterable

_PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix dcatapit: <http://dati.gov.it/onto/dcatapit#> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix : <https://dati.lecce.example/> .
"""
_SHARED = """\
:catalogo a dcat:Catalog, dcatapit:Catalog ; dct:title "Dati di Lecce"@it ; dct:description "Il catalogo di Lecce"@it ;
  dct:publisher :comune ; dct:modified "2024-01-01"^^xsd:date ; foaf:homepage :casa .
:comune a foaf:Agent, dcatapit:Agent ; dct:identifier "c_e506" ; foaf:name "Comune di Lecce"@it .
:ufficio a vcard:Organization, vcard:Kind, dcatapit:Organization ; vcard:fn "Ufficio dati" ;
  vcard:hasEmail <mailto:dati@comune.lecce.example> .
"""
_DATASET = """\
:catalogo dcat:dataset :d{n} .
:d{n} a dcat:Dataset, dcatapit:Dataset ; dct:identifier "c_e506:alberi-{n}" ; dct:title "{title}"@it ;
  dct:description "L'elenco degli alberi monumentali del quartiere {n}, con specie, altezza e posizione."@it ;
  dct:modified "{modified}"^^xsd:date ; dct:issued "2023-01-01"^^xsd:date ; dcat:theme <{theme}> ;
  dcat:keyword "alberi"@it, "verde"@it ; dct:language <http://publications.europa.eu/resource/authority/language/ITA> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dct:rightsHolder :comune ; dct:publisher :comune ; dcat:contactPoint :ufficio ; dcat:distribution :f{n} .
:f{n} a dcat:Distribution, dcatapit:Distribution ; dct:title "Alberi {n} in CSV"@it ;
  dcat:accessURL <https://dati.lecce.example/files/alberi-{n}.csv> ;
  dcat:downloadURL <https://dati.lecce.example/files/alberi-{n}.csv> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:modified "{modified}"^^xsd:date .
"""
_ENVIRONMENT = "http://publications.europa.eu/resource/authority/data-theme/ENVI"


def dataset(n: int, *, title: str = "", modified: str = "2024-01-01", theme: str = _ENVIRONMENT) -> str:
    """One dataset as Turtle; `n` tells it from the others."""
    return _DATASET.format(n=n, title=title or f"Alberi monumentali {n}", modified=modified, theme=theme)


def catalog(numbers: Iterable[int], *, extra: str = "") -> bytes:
    """A catalogue with these datasets."""
    return "".join([_PREFIXES, _SHARED, *(dataset(n) for n in numbers), extra]).encode()


def page(numbers: Iterable[int], *, address: str, following: str, total: int) -> bytes:
    """One page of a catalogue; `following` is the next one's address, empty on the last."""
    view = f"<{address}> a hydra:PagedCollection ; hydra:totalItems {total}"
    view += f' ; hydra:nextPage "{following}" .\n' if following else " .\n"
    return catalog(numbers, extra=view)
