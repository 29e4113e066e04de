"""The four syntaxes that catalogues are written in."""

from enum import StrEnum

from pyoxigraph import RdfFormat


class Syntax(StrEnum):
    """A syntax of RDF; the value is its file extension."""

    TURTLE = "ttl"
    RDF_XML = "rdf"
    JSON_LD = "jsonld"
    N_TRIPLES = "nt"

    @property
    def media_type(self) -> str:
        """What it is called in a Content-Type."""
        return self.media_types[0]

    @property
    def media_types(self) -> tuple[str, ...]:
        """The right name first, then what it may also be called."""
        return _MEDIA_TYPES[self]

    @property
    def rdf_format(self) -> RdfFormat:
        """What pyoxigraph calls it."""
        return _FORMATS[self]


_MEDIA_TYPES: dict[Syntax, tuple[str, ...]] = {
    Syntax.TURTLE: ("text/turtle", "application/x-turtle"),
    Syntax.RDF_XML: ("application/rdf+xml", "application/xml", "text/xml"),
    Syntax.JSON_LD: ("application/ld+json", "application/json"),
    Syntax.N_TRIPLES: ("application/n-triples",),
}
_FORMATS: dict[Syntax, RdfFormat] = {
    Syntax.TURTLE: RdfFormat.TURTLE,
    Syntax.RDF_XML: RdfFormat.RDF_XML,
    Syntax.JSON_LD: RdfFormat.JSON_LD,
    Syntax.N_TRIPLES: RdfFormat.N_TRIPLES,
}
