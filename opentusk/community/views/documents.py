"""The library: the list, one document, a new one, a new version, and the download."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opentusk.bodies.models import Agent, AgentQuerySet
from opentusk.bodies.permissions import is_desk, writable_agents
from opentusk.community import actions
from opentusk.community.forms import DocumentForm, VersionForm
from opentusk.community.models import Document, DocumentVersion
from opentusk.community.permissions import can_have, can_keep
from opentusk.community.refusals import REFUSALS, words_for
from opentusk.community.views.entrance import reserved
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of


@reserved
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents that the reader may have, of one kind when asked."""
    by, kind = actor_of(request.user), request.GET.get("genere", "")
    found = Document.objects.in_order()
    if kind in Document.Kind.values:
        found = found.filter(kind=kind)
    context = {
        "documents": [one for one in found if can_have(by, one)],
        "kinds": Document.Kind.choices,
        "kind": kind,
        "can_add": _owners(by).exists(),
        "crumbs": [(_("Comunità"), "/comunita"), (_("Documenti"), "")],
    }
    return render(request, "community/documents.html", context)


@reserved
def add(request: HttpRequest) -> HttpResponse:
    """A new document."""
    by = actor_of(request.user)
    form = DocumentForm(*_typed(request), owners=_owners(by))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        file, owner = typed.pop("file"), typed.pop("owner")
        values = typed | {"kind": Document.Kind(typed["kind"]), "access": Document.Access(typed["access"])}
        try:
            made = actions.add_document(owner, file.chunks(), by=by, name=file.name, **values)
        except REFUSALS as refusal:
            form.add_error(None, words_for(refusal))
        else:
            return redirect("community_document", made.pk)
    crumbs = [(_("Comunità"), "/comunita"), (_("Documenti"), "/comunita/documenti"), (_("Nuovo documento"), "")]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "community/add_document.html", context, status=400 if form.errors else 200)


@reserved
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with its versions; whoever keeps it gives the next one here."""
    found, by = get_object_or_404(Document.objects.in_order(), pk=pk), actor_of(request.user)
    if not can_have(by, found):
        raise Http404
    keeps = can_keep(by, found.owner)
    if request.method == "POST" and not keeps:
        raise PermissionDenied("add_version")
    form = VersionForm(*_typed(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.add_version(found, typed["file"].chunks(), by=by, name=typed["file"].name, note=typed["note"])
            if typed["review_on"]:
                actions.set_review(found, typed["review_on"], by=by)
        except REFUSALS as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("La nuova versione è nella biblioteca."))
            return redirect("community_document", pk)
    crumbs = [(_("Comunità"), "/comunita"), (_("Documenti"), "/comunita/documenti"), (found.title, "")]
    context = {"document": found, "form": form, "can_keep": keeps, "crumbs": crumbs}
    return render(request, "community/document.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """A version, for whom the class of its document says, asked at every request."""
    version = get_object_or_404(DocumentVersion.objects.select_related("document", "file"), key=key)
    if not can_have(actor_of(request.user), version.document):
        if request.user.is_anonymous:
            return redirect(f"/accedi?next={request.path}")
        raise PermissionDenied("document")
    answer = FileResponse(version.file.path.open("rb"), as_attachment=True, filename=version.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _typed(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _owners(by: Actor) -> AgentQuerySet:
    """The bodies whose documents the actor keeps."""
    return Agent.objects.active().joined().by_name() if is_desk(by) else writable_agents(by).joined()
