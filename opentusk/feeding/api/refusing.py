"""Refusals of the rooms as problem documents, with the way out and what a program can act on."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opentusk.catalog import errors as catalog
from opentusk.catalog.refusals import way_out
from opentusk.catalog.refusals import words_for as catalog_words
from opentusk.editorial.errors import EditorialRefusal, Unanswered
from opentusk.editorial.refusals import words_for as editorial_words
from opentusk.feeding import errors as feeding
from opentusk.feeding.refusals import words_for as feeding_words
from opentusk.kit.problems import problem_to_json
from opentusk.ui.problem_documents import problem_answer

_STATUSES: dict[type[Exception], int] = {
    catalog.NotAllowed: 403,
    feeding.NotAllowed: 403,
    feeding.UnknownDataset: 404,
    feeding.UnknownFile: 404,
    feeding.BadDescription: 422,
}


def answer_catalog(request: HttpRequest, refusal: catalog.CatalogRefusal) -> HttpResponse:
    """What the catalogue refused; problems and holds are listed one by one."""
    more: dict[str, object] = {}
    if isinstance(refusal, catalog.NotPublishable):
        more["problems"] = [problem_to_json(problem) for problem in refusal.problems]
    if isinstance(refusal, catalog.OnHold):
        more["waits"] = [{"kind": hold.kind, "words": way_out(hold)} for hold in refusal.holds]
    return problem_answer(_status(refusal), _("Non si può fare adesso"), catalog_words(refusal), **more)


def answer_editorial(request: HttpRequest, refusal: EditorialRefusal) -> HttpResponse:
    """What the editorial room refused: a declaration says which questions, by their codes."""
    if not isinstance(refusal, Unanswered):
        return problem_answer(409, _("Non si può fare adesso"), editorial_words(refusal))
    return problem_answer(
        422,
        _("La dichiarazione non si può firmare così"),
        _("Rispondi a tutte le domande di /api/v1/declaration; alcune risposte chiedono una spiegazione."),
        missing=list(refusal.missing),
        unexplained=list(refusal.unexplained),
        forbidding=list(refusal.forbidding),
    )


def answer_feeding(request: HttpRequest, refusal: feeding.FeedingRefusal) -> HttpResponse:
    """What this room refused."""
    if isinstance(refusal, feeding.BadDescription):
        errors = [{"where": where, "detail": words} for where, words in refusal.fields]
        return problem_answer(422, _("Un valore della descrizione non si può usare"), errors=errors)
    return problem_answer(_status(refusal), _("Non si può fare"), feeding_words(refusal))


def _status(refusal: Exception) -> int:
    return _STATUSES.get(type(refusal), 409)
