"""Proposing a reuse: a draft that keeps whatever was typed, then one button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.people.actors import account_of, actor_of
from opentusk.reuse import actions, alive
from opentusk.reuse.errors import ReuseRefusal
from opentusk.reuse.forms import BeginForm, WorkForm
from opentusk.reuse.images import keep_image
from opentusk.reuse.models import Work
from opentusk.reuse.permissions import can_edit
from opentusk.reuse.picker import Picked, choices_of, elsewhere_text, found_for, picked_of, read_elsewhere, read_picked
from opentusk.reuse.refusals import field_of, words_for
from opentusk.reuse.states import WorkState
from opentusk.ui.gates import is_too_often


@never_cache
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A name, and one's own works so far."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "reuse.draft", times=10, seconds=3_600):
            form.add_error(None, _("Hai cominciato molti riusi in poco tempo: riprova tra qualche minuto."))
        else:
            work = actions.draft_work(by=actor_of(request.user), title=form.cleaned_data["title"])
            return redirect("edit_work", work.pk)
    context = {
        "form": form,
        "works": Work.objects.filter(contact=account_of(request.user)).order_by("-pk"),
        "crumbs": [(_("Riusi"), "/riusi"), (_("Proponi un riuso"), "")],
    }
    return render(request, "reuse/begin.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of a work and what it is made with; every button keeps it all."""
    work = get_object_or_404(Work, pk=pk)
    if not can_edit(actor_of(request.user), work):
        raise Http404
    if request.method != "POST":
        initial = {name: getattr(work, name) for name in WorkForm.said} | {"elsewhere": elsewhere_text(work)}
        picked = picked_of(work, request.GET.get("cerca_dataset", ""))
        return _edit_page(request, work, WorkForm(initial=initial, work=work), picked)
    form, picked = WorkForm(request.POST, request.FILES, work=work), read_picked(request.POST, work)
    if form.is_valid() and _kept(request, work, form, picked):
        if request.POST.get("do") == "proponi":
            messages.success(request, _("Grazie: la redazione lo guarda, e quando è pubblicato lo trovi tra i riusi."))
            return redirect("begin_work")
        messages.success(request, _("Salvato."))
        query = urlencode({"cerca_dataset": picked.text}) if picked.text else ""
        return redirect(f"{request.path}?{query}#dataset" if _is_picking(request) else request.path)
    return _edit_page(request, work, form, picked)


@never_cache
def answer_alive(request: HttpRequest, token: str) -> HttpResponse:
    """The answer to the yearly letter: two buttons, so that a mail scanner that follows links answers nothing."""
    work = alive.work_of(token)
    if work is None:
        return render(request, "reuse/alive_gone.html", status=404)
    said = ""
    if request.method == "POST":
        said = "yes" if request.POST.get("risposta") == "si" else "no"
        (alive.say_alive if said == "yes" else alive.say_gone)(work)
    return render(request, "reuse/alive.html", {"work": work, "said": said})


@require_POST
@login_required
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Its author takes a work out of the gallery."""
    work = get_object_or_404(Work, pk=pk, contact=account_of(request.user))
    try:
        actions.archive_work(work, by=actor_of(request.user), reason=_("Tolto da chi lo ha proposto."))
    except ReuseRefusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Il riuso non è più nella galleria; la sua pagina resta."))
    return redirect("begin_work")


def _kept(request: HttpRequest, work: Work, form: WorkForm, picked: Picked) -> bool:
    by, fields = actor_of(request.user), form.words()
    try:
        if uploaded := form.cleaned_data["image"]:
            fields["image"] = keep_image(uploaded.chunks(), name=uploaded.name, by=by)
        actions.change_work(work, by=by, **fields)
        elsewhere, _bad = read_elsewhere(form.cleaned_data["elsewhere"])
        actions.set_datasets(work, picked.datasets, by=by, main=picked.main, elsewhere=elsewhere)
        if request.POST.get("do") == "proponi":
            actions.propose_work(work, by=by)
    except ReuseRefusal as refusal:
        form.add_error(field_of(refusal), words_for(refusal))
    return not form.errors


def _is_picking(request: HttpRequest) -> bool:
    return request.POST.get("do") == "cerca" or "aggiungi" in request.POST or "togli" in request.POST


def _edit_page(request: HttpRequest, work: Work, form: WorkForm, picked: Picked) -> HttpResponse:
    work.refresh_from_db()
    context = {
        "work": work,
        "form": form,
        "choices": choices_of(picked),
        "found": found_for(picked),
        "text": picked.text,
        "may_propose": work.state == WorkState.DRAFT,
        "crumbs": [(_("Riusi"), "/riusi"), (_("Proponi un riuso"), "/riusi/nuovo"), (work.title, "")],
    }
    return render(request, "reuse/edit.html", context, status=400 if form.errors else 200)
