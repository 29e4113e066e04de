"""Refusals as problem documents (RFC 9457), in the reader's language, with what a program needs to do better."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, QueryRefusal, VersionGone
from opentusk.querying.errors import BadBody, NoSuchTable, QueryingRefusal
from opentusk.ui.gates import AskLater, Crowded
from opentusk.ui.later import later_problem
from opentusk.ui.problem_documents import problem_answer
from opentusk.ui.speech import is_english


def answer_refusal(request: HttpRequest, refusal: QueryRefusal | QueryingRefusal | AskLater) -> HttpResponse:
    """The answer to a request that is not answered."""
    if isinstance(refusal, AskLater):
        return later_problem(refusal)
    return _of_querying(refusal) if isinstance(refusal, QueryingRefusal) else _of_queries(request, refusal)


def refuse_method(allowed: str) -> HttpResponse:
    """A method that an address does not know."""
    response = problem_answer(405, _("Metodo non ammesso"), _("Qui si può usare: %(methods)s.") % {"methods": allowed})
    response.headers["Allow"] = allowed
    return response


def _of_queries(request: HttpRequest, refusal: QueryRefusal) -> HttpResponse:
    language = "en" if is_english() else "it"
    match refusal:
        case BadQuery():
            return problem_answer(400, _("La domanda non va bene"), refusal.message(language), **_facts(refusal))
        case OverBudget():
            detail = refusal.message(language)
            parquet = f"{settings.SITE_URL}{_table_path(request)}/export.parquet"
            code = "query-over-budget"
            return problem_answer(
                422, _("La risposta costa troppo"), detail, code=code, resource=refusal.resource, parquet=parquet
            )
        case Busy(retry_after=seconds):
            return later_problem(Crowded(seconds))
        case VersionGone():
            latest = f"{settings.SITE_URL}{_table_path(request)}"
            return problem_answer(410, _("Versione non più disponibile"), refusal.message(language), latest=latest)
    raise refusal


def _of_querying(refusal: QueryingRefusal) -> HttpResponse:
    match refusal:
        case NoSuchTable():
            detail = _("Controlla l'indirizzo: /api/v1/tables elenca le tabelle pubbliche.")
            return problem_answer(404, _("Non c'è nessuna tabella pubblica a questo indirizzo"), detail)
        case BadBody(expected=expected):
            return problem_answer(400, _("Il corpo della richiesta non si legge"), expected)
    raise refusal


def _facts(refusal: BadQuery) -> dict[str, object]:
    facts: dict[str, object] = {
        "code": refusal.code,
        "column": refusal.column,
        "operator": refusal.operator,
        "position": refusal.position,
        "did_you_mean": list(refusal.did_you_mean),
    }
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _table_path(request: HttpRequest) -> str:
    """The address of the table in that of a request about it."""
    return "/".join(request.path.split("/")[:5])
