"""Mints the addresses of our nodes: absolute, percent-encoded, and the same for the same thing for ever."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote


@dataclass(frozen=True)
class Iris:
    """The addresses under one portal, `base_url` being `https://dati.example.it` with or without a last slash."""

    base_url: str

    def catalog(self) -> str:
        """The catalogue of the whole portal."""
        return self._iri("catalogo")

    def catalog_of(self, ipa: str) -> str:
        """The catalogue of one titolare."""
        return self._iri("catalogo", ipa)

    def dataset(self, identifier: str) -> str:
        """A dataset, from its `ipa:local-part`; never from its title, which may change."""
        prefix, colon, local = identifier.partition(":")
        return self._iri("id/dataset", prefix, local) if colon else self._iri("id/dataset", identifier)

    def distribution(self, uuid: str) -> str:
        """A distribution. Harvesters match resources by it, so it outlives every edit."""
        return self._iri("id/distribuzione", uuid)

    def service(self, service_id: str) -> str:
        """A data service."""
        return self._iri("id/servizio", service_id)

    def series(self, series_id: str) -> str:
        """A dataset series."""
        return self._iri("id/serie", series_id)

    def agent(self, ipa: str) -> str:
        """A body: one node for the whole catalogue, however many datasets it owns."""
        return self._iri("agente", ipa)

    def contact(self, ipa: str, email: str = "") -> str:
        """An office of a body. The address is hashed: an IRI is copied around, an e-mail should not be."""
        office = sha256(email.strip().lower().encode()).hexdigest()[:12] if email else ""
        return self._iri("contatto", ipa, office) if office else self._iri("contatto", ipa)

    def period(self, start: str | None, end: str | None) -> str:
        """A period of time; an open side is empty."""
        return f"{self._iri('periodo')}/{_segment(start or '')}_{_segment(end or '')}"

    def place(self, code: str) -> str:
        """A place, by its ISTAT code."""
        return self._iri("luogo", code)

    def standard(self, slug: str) -> str:
        """A standard that has no IRI of its own."""
        return self._iri("standard", slug)

    def dataset_page(self, slug: str) -> str:
        """The page of a dataset for people."""
        return self._iri("dataset", slug)

    def _iri(self, path: str, *segments: str) -> str:
        return "/".join([self.base_url.rstrip("/"), path, *map(_segment, segments)])


def _segment(text: str) -> str:
    """One path segment: everything that is not unreserved is encoded, the slash too."""
    return quote(text, safe="")
