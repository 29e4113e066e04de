"""What suppliers read: how to build a web service, a check of one, and how to publish with a program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.feeding.calling import asking
from opentusk.feeding.errors import CallFailed
from opentusk.feeding.forms import AddressForm
from opentusk.feeding.previewing import preview_service
from opentusk.feeding.refusals import words_for
from opentusk.kit.webservices.conformance import Check, check_service, conforms
from opentusk.ui.gates import trying_out

# Enough to see how a service pages; walking a whole one is for its editor, or for the supplier's own terminal.
_MOST_PAGES = 20


@require_safe
def how_to_serve(request: HttpRequest) -> HttpResponse:
    """How to build a web service that a portal can read for years, with a sample to start from."""
    return render(request, "feeding/how_to_serve.html", {"crumbs": _crumbs(_("Costruire un servizio web"))})


@require_safe
def how_to_write(request: HttpRequest) -> HttpResponse:
    """How to publish with a program, call by call."""
    return render(request, "feeding/how_to_write.html", {"crumbs": _crumbs(_("Pubblicare con un programma"))})


def check(request: HttpRequest) -> HttpResponse:
    """Run the checks on the first pages of a service; nothing is kept."""
    form = AddressForm(request.POST or None)
    checks: list[Check] = []
    if request.method == "POST" and form.is_valid():
        with trying_out(request):
            checks = _checked(form)
    language = (get_language() or "it")[:2]
    context = {
        "form": form,
        "checks": [(check, check.asks(language), check.found(language)) for check in checks],
        "conforms": conforms(checks),
        "pages": _MOST_PAGES,
        "crumbs": _crumbs(_("Verifica un servizio web")),
    }
    return render(request, "feeding/check.html", context, status=400 if form.errors else 200)


def _checked(form: AddressForm) -> list[Check]:
    try:
        service = form.service()
        if form.is_to_guess():
            service = preview_service(service, form.secret_headers(), guess=True).service
        return check_service(service, asking(service.url, form.secret_headers()), most_pages=_MOST_PAGES)
    except CallFailed as refusal:
        form.add_error(None, words_for(refusal))
        return []


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(_("Per chi sviluppa"), "/sviluppatori"), (title, "")]
