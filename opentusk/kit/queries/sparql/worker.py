"""The process that runs queries of others: `python -m opentusk.kit.queries.sparql.worker MEMORY_MB`.

A request names the store, which is opened for reading and kept open while the requests name the same one. The answer
is a text in the asked format. The process has an alarm clock: the engine cannot be interrupted, so it is ended.
"""

import resource
import signal
import sys
from io import BytesIO
from pathlib import Path
from time import perf_counter

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from opentusk.kit.queries.errors import BadQuery, OverBudget, VersionGone
from opentusk.kit.queries.serving import Request, limit_process, serve
from opentusk.kit.queries.sparql.guard import check_query, graphs_to_look_for
from opentusk.kit.queries.sparql.sockets import forbid_sockets
from opentusk.kit.rdf.namespaces import PREFIXES

_LARGEST_ANSWER = 10_000_000  # bytes
_MEGABYTE = 1024 * 1024
_FORMATS = {
    "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}  # fmt: skip
_GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD,
}  # fmt: skip
# What one may keep and a query may not: the store's own caches are taken before a query is.
_OWN = 512 * _MEGABYTE


def main(memory: int) -> None:
    """Answer until the input ends, without a way to the network."""
    limit_process(resource.RLIMIT_DATA, memory * _MEGABYTE + _OWN, largest_file=0)
    forbid_sockets()
    serve(Reader().answer)


class Reader:
    """Answers queries over one store, until another is named."""

    def __init__(self) -> None:
        self._path = ""
        self._store: Store | None = None

    def answer(self, request: Request) -> dict[str, object]:
        """The answer as text. Raises BadQuery, OverBudget, VersionGone."""
        start = perf_counter()
        store = self._opened(str(request["store"]))
        signal.setitimer(signal.ITIMER_REAL, float(str(request["seconds"])))
        try:
            content = _answered(store, request)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return {"content": content, "took_ms": round((perf_counter() - start) * 1000)}

    def _opened(self, path: str) -> Store:
        if self._store is None or path != self._path:
            if not (Path(path) / "CURRENT").exists():
                raise VersionGone(Path(path).name)
            self._store, self._path = Store.read_only(path), path
        return self._store


class _Bounded(BytesIO):
    """A file in memory with a ceiling."""

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Keep a piece. Raises OverBudget."""
        if self.tell() > _LARGEST_ANSWER:
            raise OverBudget("bytes")
        return super().write(piece)


def _answered(store: Store, request: Request) -> str:
    text, chosen = str(request["query"]), _chosen(request)
    nodes = {graph: _found(store, graph) for graph in graphs_to_look_for(check_query(text), chosen)}
    is_chosen = any(chosen)
    default, named = ([nodes[graph] for graph in graphs] for graphs in chosen)
    out = _Bounded()
    try:
        found = store.query(
            text,
            base_iri=str(request["base"]),
            prefixes=PREFIXES,
            default_graph=[*default] if is_chosen else None,
            named_graphs=[*named] if is_chosen else None,
        )
        _write(found, str(request["format"]), out)
    except SyntaxError as fault:
        raise BadQuery("sparql.syntax", values={"detail": _first_line(fault)}) from None
    except (ValueError, OSError) as fault:
        raise BadQuery("sparql.error", values={"detail": _first_line(fault)}) from None
    return out.getvalue().decode("utf-8", "replace")


def _chosen(request: Request) -> tuple[list[str], list[str]]:
    """The graphs that the request chooses instead of those of the query: the default ones and the named ones."""
    default, named = request["default_graphs"], request["named_graphs"]
    assert isinstance(default, list) and isinstance(named, list)
    return default, named


def _write(found: QuerySolutions | QueryBoolean | QueryTriples, format: str, out: BytesIO) -> None:
    if isinstance(found, QueryTriples):
        serialize(found, out, format=_GRAPH_FORMATS[format], prefixes=PREFIXES)
    else:
        found.serialize(out, format=_FORMATS[format])


def _found(store: Store, iri: str) -> NamedNode:
    """A graph that is here: from elsewhere none is fetched, and an empty one in its place would be a wrong answer."""
    try:
        node = NamedNode(iri)
    except ValueError:
        raise BadQuery("sparql.graph", values={"what": iri[:200]}) from None
    if not store.contains_named_graph(node):
        raise BadQuery("sparql.graph", values={"what": iri[:200]})
    return node


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [""])[0][:300]


if __name__ == "__main__":
    main(int(sys.argv[1]))
