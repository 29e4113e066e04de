"""What is answered where nothing is."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from opentusk.ui.problem_documents import problem_answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A page for people; for programs a problem document that names the list of calls."""
    if request.path.startswith("/api/"):
        detail = _("L'elenco delle chiamate è in /api/v1/docs.")
        return problem_answer(404, _("Non c'è niente a questo indirizzo"), detail)
    return page_not_found(request, exception)
