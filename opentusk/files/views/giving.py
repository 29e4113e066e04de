"""Giving a file without a script, and seeing what one has begun."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.bodies.permissions import writable_agents
from opentusk.files import actions
from opentusk.files.forms import UploadForm
from opentusk.files.models import Upload
from opentusk.people.actors import actor_of


@login_required
def give(request: HttpRequest) -> HttpResponse:
    """A file, whole or as an upload in pieces; then on to the page that asked for it."""
    by = actor_of(request.user)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*typed, agents=writable_agents(by), initial={"next": request.GET.get("next", "")})
    if form.is_valid() and (upload := form.take(agent=form.cleaned_data["agent"], by=by)):
        if form.cleaned_data["next"]:
            return redirect(f"{form.cleaned_data['next']}?upload={upload.uuid}")
        messages.success(request, _("File caricato."))
        return redirect("uploads")
    context = {
        "form": form,
        "uploads": Upload.objects.of_user(by.user_id).select_related("agent", "stored").newest_first(),
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Carica un file"), "")],
    }
    return render(request, "files/give.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Forget an upload."""
    by = actor_of(request.user)
    upload = get_object_or_404(Upload.objects.of_user(by.user_id), uuid=uuid)
    actions.cancel_upload(upload, by=by)
    messages.success(request, _("Caricamento annullato."))
    return redirect("uploads")
