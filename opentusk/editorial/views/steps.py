"""The steps from draft to tombstone: each is a page that says what will happen, and a button."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from opentusk.catalog import actions
from opentusk.catalog.errors import CatalogRefusal, NotPublishable
from opentusk.catalog.forecast import forecast
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import editable_datasets
from opentusk.catalog.records import to_record
from opentusk.catalog.refusals import words_for
from opentusk.editorial.forms import WithdrawForm
from opentusk.journal.actors import Actor
from opentusk.kit.problems import problem_to_json
from opentusk.people.actors import actor_of

Step = Callable[[Dataset, forms.Form, Actor], object]


@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public, after seeing what the checks say."""
    return _step(request, pk, "publish", forms.Form, lambda dataset, _form, by: actions.publish(dataset, by=by))


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away, with a reason that everybody will read."""

    def step(dataset: Dataset, form: forms.Form, by: Actor) -> object:
        return actions.withdraw(dataset, by=by, **form.cleaned_data)

    return _step(request, pk, "withdraw", WithdrawForm, step)


@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn dataset back."""
    return _step(request, pk, "restore", forms.Form, lambda dataset, _form, by: actions.restore(dataset, by=by))


@login_required
def delete_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    return _step(request, pk, "delete", forms.Form, lambda dataset, _form, by: actions.delete_draft(dataset, by=by))


def _step(request: HttpRequest, pk: int, name: str, kind: type[forms.Form], step: Step) -> HttpResponse:
    by = actor_of(request.user)
    dataset = get_object_or_404(editable_datasets(by).with_holder(), pk=pk)
    form = kind(request.POST if request.method == "POST" else None)
    refused: list[dict[str, object]] = []
    if form.is_valid():
        try:
            step(dataset, form, by)
        except CatalogRefusal as refusal:
            form.add_error(None, words_for(refusal))
            refused = [problem_to_json(p) for p in refusal.problems] if isinstance(refusal, NotPublishable) else []
        else:
            messages.success(request, _done(name))
            return redirect("desk") if name == "delete" else redirect("edit_dataset", pk)
    context = {
        "dataset": dataset,
        "form": form,
        "step": name,
        "refused": refused,
        "forecast": forecast(to_record(dataset), dataset) if name in {"publish", "restore"} else None,
        "waiting": dataset.waiting_for() if name in {"publish", "restore"} else [],
        "crumbs": [(_("Scrivania"), "/scrivania"), (dataset.title, f"/scrivania/dataset/{pk}"), (_("Conferma"), "")],
    }
    return render(request, "editorial/confirm.html", context, status=409 if form.errors else 200)


def _done(name: str) -> str:
    return {
        "publish": _("Pubblicato: ora lo vedono tutti, e il catalogo nazionale lo leggerà."),
        "withdraw": _("Ritirato: al suo indirizzo resta la descrizione, con il motivo."),
        "restore": _("Ripristinato: è di nuovo pubblico."),
        "delete": _("La bozza è stata eliminata."),
    }[name]
