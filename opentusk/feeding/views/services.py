"""The editor's pages of the services and addresses that feed datasets."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.feeding import actions
from opentusk.feeding.errors import CallFailed, FeedingRefusal, NotAllowed
from opentusk.feeding.forms import ServiceForm, described, typed_mapping
from opentusk.feeding.models import Call, Feed
from opentusk.feeding.permissions import visible_addresses, visible_services
from opentusk.feeding.previewing import Preview, preview_service
from opentusk.feeding.refusals import words_for
from opentusk.files.errors import FileRefusal
from opentusk.files.refusals import words_for as file_words
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of

_SHOWN_CALLS = 30
_View = Callable[..., HttpResponse]


def _refusing(view: _View) -> _View:
    @wraps(view)
    def refuse(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            return view(request, *args, **options)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.action) from refusal

    return refuse


@login_required
def services(request: HttpRequest) -> HttpResponse:
    """Everything that feeds one's datasets, and how the last calls went."""
    by = actor_of(request.user)
    context = {
        "services": [(source, _last(source)) for source in visible_services(by).by_name()],
        "addresses": [(watched, _last(watched)) for watched in visible_addresses(by).by_name()[:200]],
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Alimentazione automatica"), "")],
    }
    return render(request, "feeding/services.html", context)


@login_required
@_refusing
def connect(request: HttpRequest) -> HttpResponse:
    """Try a service, name its columns, connect it: one page, with everything that was typed kept at each step."""
    by = actor_of(request.user)
    datasets = editable_datasets(by).exclude(status=Dataset.Status.WITHDRAWN).order_by("title", "pk")
    form = ServiceForm(request.POST or None, datasets=datasets, initial={"dataset": request.GET.get("dataset")})
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            preview = _previewed(request, form)
            if "connect" in request.POST:
                source = actions.connect_service(
                    form.cleaned_data["dataset"], _connection(request, form), name=form.cleaned_data["name"], by=by
                )
                messages.success(request, _("Servizio collegato: la tabella è in esame, poi potrai pubblicarla."))
                return redirect("feeding_service", source.pk)
            form = _with_findings(request, form, preview, datasets)
        except (FeedingRefusal, FileRefusal) as refusal:
            form.add_error(None, _words(refusal))
    context = {
        "form": form,
        "preview": preview,
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Alimentazione automatica"), "/scrivania/servizi"),
                   (_("Nuovo servizio web"), "")],
    }  # fmt: skip
    return render(request, "feeding/connect.html", context, status=400 if form.errors else 200)


@login_required
@_refusing
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """One service: its calls, and everything that was decided about it."""
    by = actor_of(request.user)
    source = get_object_or_404(visible_services(by), pk=pk)
    datasets = Dataset.objects.filter(pk=source.dataset.pk)
    initial = {
        **described(source.spec()),
        "dataset": source.dataset.pk,
        "name": source.dataset.title,
        "url": source.spec().url,
        "key_header": source.key_header,
        "minutes": source.minutes,
    }
    form = ServiceForm(request.POST or None, datasets=datasets, initial=initial)
    fields = source.fields()
    if request.method == "POST" and form.is_valid():
        fields = typed_mapping(request.POST)
        try:
            actions.change_service(source, _connection(request, form), by=by)
            messages.success(request, _("Salvato: lo chiamiamo subito."))
            return redirect("feeding_service", source.pk)
        except FeedingRefusal as refusal:
            form.add_error(None, _words(refusal))
    calls = list(source.calls.newest_first()[:_SHOWN_CALLS])
    context = {
        "source": source,
        "form": form,
        "fields": fields,
        "calls": [(call, _message(call)) for call in calls],
        "new_fields": calls[0].new_fields if calls else [],
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Alimentazione automatica"), "/scrivania/servizi"),
                   (source.dataset.title, "")],
    }  # fmt: skip
    return render(request, "feeding/service.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
@_refusing
def change_clock(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Pause, resume, call at once or leave for ever a feed, as the button that was pressed says."""
    by = actor_of(request.user)
    feed = _feed(by, kind, pk)
    match request.POST.get("step", ""):
        case "pause":
            actions.pause_feed(feed, by=by)
            messages.success(request, _("In pausa: non lo chiamiamo finché non lo riattivi."))
        case "resume" | "call":
            actions.resume_feed(feed, by=by)
            messages.success(request, _("Lo chiamiamo entro un minuto: ricarica la pagina per vedere com'è andata."))
        case "remove":
            actions.remove_feed(feed, by=by)
            messages.success(request, _("Scollegato: le versioni già arrivate restano."))
            return redirect("feeding_services")
    return redirect("feeding_service", pk) if kind == "servizio" else redirect("feeding_services")


def _feed(by: Actor, kind: str, pk: int) -> Feed:
    feeds = visible_services(by) if kind == "servizio" else visible_addresses(by)
    found: Feed = get_object_or_404(feeds, pk=pk)
    return found


def _previewed(request: HttpRequest, form: ServiceForm) -> Preview:
    known = typed_mapping(request.POST)
    return preview_service(form.service(), form.secret_headers(), guess=form.is_to_guess(), known=known)


def _with_findings(request: HttpRequest, form: ServiceForm, preview: Preview, datasets: Any) -> ServiceForm:
    """The form again, with how the answer turned out to be built."""
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return ServiceForm(datasets=datasets, initial={**typed, **described(preview.service)})


def _connection(request: HttpRequest, form: ServiceForm) -> actions.Connection:
    said = form.cleaned_data
    return actions.Connection(
        service=form.service(),
        fields=typed_mapping(request.POST),
        minutes=said["minutes"],
        key_header=said["key_header"],
        key_value=said["key_value"],
    )


def _last(feed: Any) -> tuple[Call, str] | None:
    call = feed.calls.newest_first().first()
    return (call, _message(call)) if call else None


def _message(call: Call) -> str:
    return words_for(CallFailed(call.message, call.detail)) if call.message else ""


def _words(refusal: FeedingRefusal | FileRefusal) -> str:
    return words_for(refusal) if isinstance(refusal, FeedingRefusal) else file_words(refusal)
