"""What waits for the person, at the top of the desk: a fragment, and a page of its own for those without scripts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opentusk.catalog.permissions import editable_datasets
from opentusk.publishing.views.framing import actor
from opentusk.publishing.waiting import tasks_of


@login_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Drafts with their next step, what is stopped, what is late, what no longer answers."""
    by = actor(request)
    context = {
        "tasks": tasks_of(editable_datasets(by), by),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Che cosa ti aspetta"), "")],
    }
    name = "todo" if request.headers.get("HX-Request") else "waiting"
    return render(request, f"publishing/{name}.html", context)
