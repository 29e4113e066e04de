"""Generated catalogues of any size, as a body would publish them: one document of RDF, or pages of CKAN JSON.

Three distributions in half of the datasets, one in the others; raw values as real sources write them, so that
harmonising has its usual work.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_THEMES = ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN")
_WORDS = ("alberi", "bilancio", "scuole", "rifiuti", "parcheggi", "incidenti", "popolazione", "farmacie", "delibere")
_AUTHORITY = "http://publications.europa.eu/resource/authority"


def write_rdf(path: Path, size: int) -> Path:
    """A Turtle file with `size` datasets."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for number in range(size):
            file.write(_dataset(number))
    return path


def write_ckan(folder: Path, size: int, *, page: int = 500) -> Path:
    """A folder of `package_search` answers, `page` packages each."""
    folder.mkdir(parents=True, exist_ok=True)
    packages = _packages(size)
    for number, batch in enumerate(iter(lambda: list(islice(packages, page)), []), start=1):
        answer = {"success": True, "result": {"count": size, "results": batch}}
        (folder / f"{number:05d}.json").write_text(json.dumps(answer), encoding="utf-8")
    return folder


def _parts(number: int) -> int:
    return 3 if number % 2 else 1


def _dataset(number: int) -> str:
    word, theme = _WORDS[number % len(_WORDS)], _THEMES[number % len(_THEMES)]
    files = "".join(_file(number, part, word) for part in range(_parts(number)))
    links = ", ".join(f"<https://dati.example.org/d/{number}/f/{part}>" for part in range(_parts(number)))
    return f"""
<https://dati.example.org/d/{number}> a dcat:Dataset, dcatapit:Dataset ;
  dct:identifier "c_e506:{word}-{number}" ; dct:title "{word.capitalize()} del quartiere {number}" ;
  dct:description "Elenco di {word} del quartiere {number}, una riga per ogni elemento rilevato, con data e luogo." ;
  dct:modified "2026-0{number % 9 + 1}-15"^^xsd:date ; dct:issued "2024-01-10"^^xsd:date ;
  dcat:theme <{_AUTHORITY}/data-theme/{theme}> ; dct:rightsHolder <https://dati.example.org/ente> ;
  dct:publisher <https://dati.example.org/ente> ; dcat:contactPoint <https://dati.example.org/contatto> ;
  dct:accrualPeriodicity <{_AUTHORITY}/frequency/ANNUAL> ; dcat:keyword "{word}", "quartiere {number % 300}" ;
  dct:language <{_AUTHORITY}/language/ITA> ; dcat:distribution {links} .
{files}"""


def _file(number: int, part: int, word: str) -> str:
    code = ("CSV", "JSON", "GEOJSON")[part]
    return f"""<https://dati.example.org/d/{number}/f/{part}> a dcat:Distribution, dcatapit:Distribution ;
  dct:title "{word} {number} {code}" ; dct:description "File {code}" ; dct:format "{code}" ;
  dcat:accessURL <https://dati.example.org/file/{number}/{part}.{code.lower()}> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ; dcat:byteSize "{number * 7 + 100}"^^xsd:decimal .
"""


def _packages(size: int) -> Iterator[dict[str, object]]:
    for number in range(size):
        word, theme = _WORDS[number % len(_WORDS)], _THEMES[number % len(_THEMES)]
        yield {
            "id": f"00000000-0000-4000-8000-{number:012d}",
            "name": f"{word}-{number}",
            "title": f"{word.capitalize()} del quartiere {number}",
            "notes": f"Elenco di {word} del quartiere {number}, una riga per ogni elemento rilevato, con data e luogo.",
            "type": "dataset",
            "state": "active",
            "private": False,
            "holder_name": "Comune di Lecce",
            "holder_identifier": "c_e506",
            "identifier": f"c_e506:{word}-{number}",
            "frequency": "ANNUAL",
            "modified": "15-01-2026",
            "license_id": "cc-by",
            "language": "{ITA}",
            "themes_aggregate": json.dumps([{"theme": theme, "subthemes": []}]),
            "maintainer": "Ufficio open data",
            "maintainer_email": "opendata@example.org",
            "tags": [{"name": word}, {"name": f"quartiere {number % 300}"}],
            "resources": [_resource(number, part, word) for part in range(_parts(number))],
        }


def _resource(number: int, part: int, word: str) -> dict[str, object]:
    code = ("CSV", "JSON", "GEOJSON")[part]
    return {
        "id": f"00000000-0000-4000-9{part:03d}-{number:012d}",
        "name": f"{word} {number} {code}",
        "description": f"File {code}",
        "format": code.lower(),
        "url": f"https://dati.example.org/file/{number}/{part}.{code.lower()}",
        "size": number * 7 + 100,
    }


_HEAD = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dcatapit: <http://dati.gov.it/onto/dcatapit#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://dati.example.org/ente> a foaf:Agent, dcatapit:Agent ; dct:identifier "c_e506" ; foaf:name "Comune di Lecce" .
<https://dati.example.org/contatto> a vcard:Organization, dcatapit:Organization ; vcard:fn "Ufficio open data" ;
  vcard:hasEmail <mailto:opendata@example.org> .
"""
