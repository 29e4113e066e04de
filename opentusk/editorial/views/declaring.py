"""The declaration: the questions of the law, answered and signed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opentusk.catalog.models import Dataset
from opentusk.editorial import actions
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.forms import DeclarationForm
from opentusk.editorial.models import Declaration
from opentusk.editorial.signing import subject_of
from opentusk.editorial.views.opening import REFUSALS, crumbs, dataset_of, words_of
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of


@login_required
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, filled with the answers that were signed last."""
    dataset = dataset_of(request, pk)
    last = Declaration.objects.newest_first().filter(dataset=dataset).first()
    shown = request.POST.get("shown", "")
    initial = DeclarationForm.initial_of(last.answers) if last else {}
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _is_signed(dataset, form, shown, actor_of(request.user)):
        messages.success(request, _("Dichiarazione firmata."))
        return redirect("edit_dataset", pk)
    context = {
        "dataset": dataset,
        "form": form,
        "subject": subject_of(dataset),
        "hold": dataset.holds.still_open().of_kind("declaration").first(),
        "crumbs": crumbs(dataset, _("Dichiarazione")),
    }
    return render(request, "editorial/declaration.html", context, status=400 if form.errors else 200)


def _is_signed(dataset: Dataset, form: DeclarationForm, shown: str, by: Actor) -> bool:
    try:
        actions.sign_declaration(dataset, form.answers(), by=by, shown=shown)
    except Unanswered as refusal:
        form.show_refused(refusal)
        form.add_error(None, words_of(refusal))
        return False
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return False
    return True
