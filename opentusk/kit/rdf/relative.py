"""Keeps relative IRIs recognisable: `rdf:resource="CSV"` must come back as "CSV", not as an address we made up.

Real catalogues write codes where IRIs belong. Each document is therefore parsed against a private base of its own,
so that no two documents can share such a node, and the base is taken away when a value is read.
"""

import re
from hashlib import sha256
from urllib.parse import urljoin

_PRIVATE = re.compile(r"https://[0-9a-f]{16}\.relative\.invalid/")
# Three steps, so that `../CSV` and `/CSV` can still be told from `CSV` after they were resolved.
_STEPS = ("-/-/-/", "-/-/", "-/")


def private_base(base: str) -> str:
    """The base under which the relative IRIs of the document at `base` are kept. `.invalid` never resolves."""
    digest = sha256(base.encode("utf-8", "replace")).hexdigest()[:16]
    return f"https://{digest}.relative.invalid/{_STEPS[0]}"


def is_relative(iri: str) -> bool:
    """Whether the source wrote this IRI relative to its document."""
    return ".relative.invalid/" in iri and _PRIVATE.match(iri) is not None


def raw_iri(iri: str) -> str:
    """What the source wrote: relative IRIs as they stood, absolute ones unchanged."""
    if not is_relative(iri):
        return iri
    path = _PRIVATE.sub("", iri, count=1)
    for climbed, steps in enumerate(_STEPS):
        if path.startswith(steps):
            return "../" * climbed + path.removeprefix(steps)
    return "/" + path


def resolved_iri(iri: str, base: str) -> str:
    """The address a relative IRI has in the world, given that of its document. For nodes that need an identity."""
    return urljoin(base, raw_iri(iri)) if is_relative(iri) else iri
