"""What is answered to whoever asks too much: 429, with when to come back, as a page or for programs."""

from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opentusk.ui.gates import AskLater, Crowded
from opentusk.ui.problem_documents import problem_answer


def later_answer(request: HttpRequest, refusal: AskLater) -> HttpResponse:
    """The refusal as the reader of this address understands it."""
    return later_problem(refusal) if request.path.startswith("/api/") else _page(request, refusal)


def later_problem(refusal: AskLater) -> HttpResponse:
    """The refusal for programs."""
    seconds = refusal.retry_after
    if isinstance(refusal, Crowded):
        title, detail = _("Coda piena"), _("Ci sono già troppe richieste in attesa: riprova fra {} secondi.")
    else:
        title = _("Troppe richieste")
        detail = _("Riprova fra {} secondi. Con una chiave gratuita le richieste ammesse sono dieci volte tante.")
    answer = problem_answer(429, title, detail.format(seconds), retry_after=seconds)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _page(request: HttpRequest, refusal: AskLater) -> HttpResponse:
    context = {"is_crowded": isinstance(refusal, Crowded), "wait": _spoken(refusal.retry_after)}
    answer = render(request, "429.html", context, status=429)
    answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _spoken(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s secondo", "%(n)s secondi", seconds) % {"n": seconds}
    minutes = ceil(seconds / 60)
    return ngettext("%(n)s minuto", "%(n)s minuti", minutes) % {"n": minutes}
