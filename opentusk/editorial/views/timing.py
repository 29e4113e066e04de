"""When a draft becomes public by itself, and with which limits."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.editorial import actions
from opentusk.editorial.forms import ReserveForm, ScheduleForm
from opentusk.editorial.panel import waiting_of
from opentusk.editorial.views.opening import crumbs, dataset_of, draft_of, is_done
from opentusk.people.actors import actor_of


@login_required
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a time, or take it back."""
    dataset = draft_of(request, pk)
    by = actor_of(request.user)
    if request.method == "POST" and "cancel" in request.POST:
        actions.unschedule(dataset, by=by)
        messages.success(request, _("Pubblicazione programmata annullata: resta una bozza."))
        return redirect("edit_dataset", pk)
    form = ScheduleForm(request.POST if request.method == "POST" else None, initial={"at": dataset.publish_at})
    if form.is_valid() and is_done(form, lambda: actions.schedule(dataset, at=form.cleaned_data["at"], by=by)):
        messages.success(request, _("Programmata: se allora qualcosa lo impedisce, ti scriviamo."))
        return redirect("edit_dataset", pk)
    context = {
        "dataset": dataset,
        "form": form,
        "waiting": waiting_of(dataset),
        "crumbs": crumbs(dataset, _("Programma la pubblicazione")),
    }
    return render(request, "editorial/schedule.html", context, status=400 if form.errors else 200)


@login_required
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is limited in the data, or that it is no longer."""
    dataset = dataset_of(request, pk)
    initial = {"limits": dataset.reserve, "until": dataset.reserve_until}
    form = ReserveForm(request.POST if request.method == "POST" else None, initial=initial)
    by = actor_of(request.user)
    if form.is_valid() and is_done(form, lambda: actions.set_reserve(dataset, by=by, **form.cleaned_data)):
        messages.success(request, _("Salvato."))
        return redirect("edit_dataset", pk)
    context = {"dataset": dataset, "form": form, "crumbs": crumbs(dataset, _("Con riserva"))}
    return render(request, "editorial/reserve.html", context, status=400 if form.errors else 200)
