"""What a request asks, in the words of the SPARQL 1.1 protocol, and in which format it is answered."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from opentusk.kit.queries.sparql.guard import Form, check_query
from opentusk.sparql.errors import BadRequest, ReadOnly

_LARGEST_BODY = 64 * 1024
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update",
)  # fmt: skip
PAGE = "text/html"
_JSON, _XML = "application/json", "application/xml"
# What each format is called in the address, in a Content-Type, and by readers that are not exact.
ROWS: dict[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", _JSON),
    "xml": ("application/sparql-results+xml", _XML),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
GRAPHS: dict[str, tuple[str, ...]] = {
    "ttl": ("text/turtle",),
    "rdf": ("application/rdf+xml", _XML),
    "jsonld": ("application/ld+json", _JSON),
    "nt": ("application/n-triples", "text/plain"),
}


@dataclass(frozen=True)
class Asked:
    """A query that may be asked, the graphs chosen for it, and the format of its answer; "" for a page."""

    query: str
    form: Form
    format: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """The Content-Type of the answer."""
        return _formats(self.form)[self.format][0]


def read_asked(request: HttpRequest) -> Asked | None:
    """What is asked; None for the bare address. Raises BadRequest, ReadOnly, BadQuery."""
    parameters, query = _read(request)
    if "update" in parameters:
        raise ReadOnly
    if query is None:
        return None
    form = check_query(query).form
    return Asked(
        query=query,
        form=form,
        format=_wanted_format(request, form, parameters.get("format", "")),
        default_graphs=tuple(parameters.getlist("default-graph-uri")),
        named_graphs=tuple(parameters.getlist("named-graph-uri")),
    )


def wanted_description(request: HttpRequest) -> str:
    """The syntax in which the reader wants the endpoint described; "" for the page."""
    return _preferred(request, GRAPHS) or ""


def wants_page(request: HttpRequest) -> bool:
    """Whether a person asks, who is told on the page what went wrong."""
    chosen = request.GET.get("format", "")
    return request.method != "POST" and (chosen == "html" or (not chosen and _preferred(request, ROWS | GRAPHS) == ""))


def _read(request: HttpRequest) -> tuple[QueryDict, str | None]:
    """The parameters, and the query wherever it is."""
    if request.method != "POST":
        return request.GET, _one(request.GET)
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > _LARGEST_BODY:
        raise BadRequest(413, _("La richiesta è troppo grande: una domanda sta in 32 kB."))
    match (request.content_type or "").lower():
        case "application/x-www-form-urlencoded":
            return request.POST, _one(request.POST)
        case "application/sparql-query":
            return request.GET, _text(request.body)
        case "application/sparql-update":
            raise ReadOnly
    raise BadRequest(415, _("Il corpo di un POST è {} oppure {}.").format(_FORM, _QUERY))


def _one(parameters: QueryDict) -> str | None:
    found = parameters.getlist("query")
    if len(found) > 1:
        raise BadRequest(400, _("Una richiesta porta una sola domanda."))
    return found[0] if found else None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadRequest(400, _("La domanda va scritta in UTF-8.")) from None


def _formats(form: Form) -> dict[str, tuple[str, ...]]:
    return GRAPHS if form.is_graph else ROWS


def _wanted_format(request: HttpRequest, form: Form, chosen: str) -> str:
    formats = _formats(form)
    if chosen in formats:
        return chosen
    if chosen == "html":
        return ""
    if chosen:
        raise BadRequest(400, _("Per {} i formati sono: {}.").format(form.value, ", ".join((*formats, "html"))))
    found = _preferred(request, formats)
    if found is None:
        raise BadRequest(
            406, _("Nessuno dei formati accettati: per {} ci sono {}.").format(form.value, _named(formats))
        )
    return found


def _preferred(request: HttpRequest, formats: dict[str, tuple[str, ...]]) -> str | None:
    """The format that the reader prefers, "" for a page; the first where anything will do. None: none of them."""
    by_type = {media_type: name for name, types in reversed(formats.items()) for media_type in types}
    order = [types[0] for types in formats.values()]
    others = [media_type for media_type in by_type if media_type not in order]
    found = request.get_preferred_type([*order, PAGE, *others])
    return "" if found == PAGE else by_type.get(found) if found else None


def _named(formats: dict[str, tuple[str, ...]]) -> str:
    return ", ".join(types[0] for types in formats.values())
