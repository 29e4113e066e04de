"""Runs a query in a process of its own, and says in the reader's words why one is not answered."""

import atexit
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, QueryRefusal, VersionGone
from opentusk.kit.queries.processes import ProcessPool
from opentusk.querying.gates import asking_sql
from opentusk.sparql.asking import Asked
from opentusk.sparql.errors import BadRequest, NotBuilt, ReadOnly, SparqlRefusal
from opentusk.sparql.places import current_snapshot
from opentusk.ui.speech import is_english

_BUILDING_SECONDS = 30


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered: the status, what is wrong, the way out, and when to come back."""

    status: int
    title: str
    detail: str
    retry_after: int = 0


@cache
def pool() -> ProcessPool:
    """The processes of this web process, started at the first question."""
    made = ProcessPool(
        "opentusk.kit.queries.sparql.worker",
        str(settings.SPARQL_MEMORY),
        size=settings.SPARQL_PROCESSES,
        queue=settings.SPARQL_QUEUE,
        patience=settings.SPARQL_SECONDS + 5,
    )
    atexit.register(made.close)
    return made


def answer_to(request: HttpRequest, asked: Asked, *, format: str) -> str:
    """The answer as text, in the client's turn. Raises QueryRefusal, SparqlRefusal."""
    with asking_sql(request):
        try:
            return _run(asked, format)
        except VersionGone:
            # A newer snapshot has taken the place of the one that was named.
            return _run(asked, format)


def explain(refusal: SparqlRefusal | QueryRefusal) -> Refusal:
    """The refusal in words."""
    match refusal:
        case BadQuery():
            return Refusal(400, _("La domanda non va bene"), refusal.message("en" if is_english() else "it"))
        case OverBudget(resource=resource):
            return Refusal(422, _("La risposta costa troppo"), _way_out(resource))
        case BadRequest(status=status, reason=reason):
            return Refusal(status, _("La richiesta non va bene"), reason)
        case ReadOnly():
            detail = _("Qui si può solo leggere, con SELECT, ASK, CONSTRUCT o DESCRIBE.")
            return Refusal(403, _("Le modifiche non sono ammesse"), detail)
    return _later(refusal)


def _way_out(resource: str) -> str:
    if resource == "time":
        return _("Servono più di {} secondi: aggiungi condizioni o un LIMIT.").format(settings.SPARQL_SECONDS)
    if resource == "bytes":
        return _("La risposta supera 10 MB: aggiungi un LIMIT, o chiedi meno.")
    return _("Serve troppa memoria: aggiungi condizioni, o dividi la domanda.")


def _later(refusal: SparqlRefusal | QueryRefusal) -> Refusal:
    """What is no fault of the question."""
    match refusal:
        case Busy(retry_after=seconds):
            detail = _("Altre domande sono in coda: riprova fra {} secondi.").format(seconds)
            return Refusal(503, _("Coda piena"), detail, seconds)
        case NotBuilt() | VersionGone():
            detail = _("Il catalogo si sta preparando per le domande: riprova fra poco.")
            return Refusal(503, _("Non ancora pronto"), detail, _BUILDING_SECONDS)
    raise refusal


def _run(asked: Asked, format: str) -> str:
    request: dict[str, object] = {
        "store": str(current_snapshot()),
        "query": asked.query,
        "format": format,
        "base": f"{settings.SITE_URL}/",
        "default_graphs": asked.default_graphs,
        "named_graphs": asked.named_graphs,
    }
    return str(pool().ask(request, seconds=float(settings.SPARQL_SECONDS))["content"])
