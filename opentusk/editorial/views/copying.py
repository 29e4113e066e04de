"""Copies, and series with a dataset for each year."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset
from opentusk.catalog.records import iris
from opentusk.editorial import actions
from opentusk.editorial.forms import SeriesForm
from opentusk.editorial.models import Series
from opentusk.editorial.views.opening import REFUSALS, crumbs, dataset_of, is_done, words_of
from opentusk.people.actors import actor_of


@login_required
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy, the draft of the next year, or a series to begin with."""
    dataset = dataset_of(request, pk)
    series = actions.series_of(dataset)
    form = SeriesForm(request.POST if "start" in request.POST else None, initial={"title": dataset.title})
    if request.method == "POST" and (done := _repeated(request, dataset, form)):
        return done
    context = {
        "dataset": dataset,
        "series": series,
        "members": _members(series),
        "form": form,
        "crumbs": crumbs(dataset, _("Copie e serie")),
    }
    return render(request, "editorial/repeat.html", context, status=409 if form.errors else 200)


def _repeated(request: HttpRequest, dataset: Dataset, form: SeriesForm) -> HttpResponse | None:
    by = actor_of(request.user)
    if "start" in request.POST:
        title = form.cleaned_data["title"] if form.is_valid() else ""
        if not title or not is_done(form, lambda: actions.start_series(dataset, title=title, by=by)):
            return None
        messages.success(request, _("La serie è iniziata: da qui puoi preparare il dataset dell'anno dopo."))
        return redirect("repeat_dataset", dataset.pk)
    try:
        copy = (actions.next_in_series if "next" in request.POST else actions.duplicate)(dataset, by=by)
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return redirect("repeat_dataset", dataset.pk)
    messages.success(request, _("La bozza è pronta: controlla titolo e periodo, e aggiungi il file."))
    return redirect("edit_dataset", copy.pk)


def _members(series: Series | None) -> list[Dataset]:
    return list(Dataset.objects.in_series(iris().series(str(series.uuid))).by_title()) if series else []
