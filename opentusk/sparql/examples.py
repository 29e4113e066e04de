"""Queries to start from, each with what it finds. A test asks every one of them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Example:
    """A query and what it finds."""

    title: str | Promise
    query: str


EXAMPLES: tuple[Example, ...] = (
    Example(
        _("I dataset aggiornati più di recente"),
        """SELECT ?titolo ?aggiornato ?dataset {
  ?dataset a dcat:Dataset ; dct:title ?titolo ; dct:modified ?aggiornato .
}
ORDER BY DESC(?aggiornato)
LIMIT 20""",
    ),
    Example(
        _("Quanti dataset ha ogni ente"),
        """SELECT ?ente (COUNT(DISTINCT ?dataset) AS ?quanti) {
  ?dataset a dcat:Dataset ; dct:rightsHolder ?titolare .
  ?titolare foaf:name ?ente .
}
GROUP BY ?ente
ORDER BY DESC(?quanti) ?ente""",
    ),
    Example(
        _("I dataset ad alto valore, con la loro categoria"),
        """SELECT DISTINCT ?titolo ?categoria ?dataset {
  ?dataset a dcat:Dataset ; dct:title ?titolo ; dcatap:hvdCategory ?categoria .
}
ORDER BY ?categoria ?titolo
LIMIT 200""",
    ),
    Example(
        _("I file CSV da scaricare, con la loro licenza"),
        """PREFIX tipo: <http://publications.europa.eu/resource/authority/file-type/>
SELECT ?titolo ?file ?licenza {
  ?dataset dct:title ?titolo ; dcat:distribution ?distribuzione .
  ?distribuzione dct:format tipo:CSV ; dcat:downloadURL ?file .
  OPTIONAL { ?distribuzione dct:license ?licenza }
}
ORDER BY ?titolo
LIMIT 100""",
    ),
    Example(
        _("Quanti dataset ha ogni tema"),
        """SELECT ?tema (COUNT(DISTINCT ?dataset) AS ?quanti) {
  ?dataset a dcat:Dataset ; dcat:theme ?tema .
}
GROUP BY ?tema
ORDER BY DESC(?quanti)""",
    ),
    Example(
        _("I dataset che parlano di alberi, come grafo"),
        """CONSTRUCT {
  ?dataset a dcat:Dataset ; dct:title ?titolo ; dcat:landingPage ?pagina .
} WHERE {
  ?dataset a dcat:Dataset ; dct:title ?titolo .
  OPTIONAL { ?dataset dcat:landingPage ?pagina }
  FILTER(CONTAINS(LCASE(STR(?titolo)), "alber"))
}
LIMIT 100""",
    ),
    Example(
        _("Tutto ciò che il catalogo dice di un dataset"),
        """SELECT ?proprieta ?valore {
  { SELECT ?dataset { ?dataset a dcat:Dataset } ORDER BY ?dataset LIMIT 1 }
  ?dataset ?proprieta ?valore .
}
ORDER BY ?proprieta""",
    ),
    Example(
        _("I grafi: uno per dataset, con il numero di affermazioni"),
        """SELECT ?grafo (COUNT(*) AS ?affermazioni) {
  GRAPH ?grafo { ?soggetto ?proprieta ?valore }
}
GROUP BY ?grafo
ORDER BY DESC(?affermazioni)
LIMIT 20""",
    ),
)
