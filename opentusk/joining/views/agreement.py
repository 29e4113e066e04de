"""Where the desk writes what joining means: texts, obligations, documents to fill in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.bodies.doors import for_the_desk
from opentusk.bodies.errors import BodiesRefusal
from opentusk.joining import actions
from opentusk.joining.forms.agreement import AgreementForm, ObligationForm, TemplateForm
from opentusk.joining.models import Agreement, Obligation, TemplateDocument
from opentusk.joining.views.answers import show_refusal
from opentusk.joining.views.uploads import taking_files
from opentusk.people.actors import actor_of


@never_cache
@for_the_desk
def edit(request: HttpRequest) -> HttpResponse:
    """The texts, and below them what is promised and offered."""
    form = AgreementForm(request.POST) if request.method == "POST" else AgreementForm.of(Agreement.current())
    if request.method == "POST" and form.is_valid():
        actions.change_agreement(form.cleaned_data, by=actor_of(request.user))
        messages.success(request, _("I testi sono salvati: ecco come li vede chi vuole aderire."))
        return redirect("agreement")
    return _page(request, texts=form)


@never_cache
@require_POST
@for_the_desk
def add_obligation(request: HttpRequest) -> HttpResponse:
    """One more promise."""
    form = ObligationForm(request.POST, auto_id="nuovo_%s")
    if not form.is_valid():
        return _page(request, obligation=form)
    values = {name: form.cleaned_data[name] for name in ("text", "side", "position")}
    actions.add_obligation(by=actor_of(request.user), **values)
    messages.success(request, _("L'impegno è aggiunto."))
    return redirect("edit_agreement")


@never_cache
@for_the_desk
def change_obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a promise, or take it out of force."""
    found = get_object_or_404(Obligation, pk=pk)
    initial = {name: getattr(found, name) for name in ("text", "side", "position", "is_active")}
    form = ObligationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_obligation(found, by=actor_of(request.user), **form.cleaned_data)
        messages.success(request, _("L'impegno è salvato."))
        return redirect("edit_agreement")
    crumbs = [(_("Redazione"), "/redazione/adesioni"), (_("Accordo"), "/redazione/accordo"), (_("Impegno"), "")]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "joining/obligation.html", context, status=400 if form.errors else 200)


@never_cache
@require_POST
@for_the_desk
@taking_files(lambda request: None)
def add_template(request: HttpRequest) -> HttpResponse:
    """Offer a document to fill in."""
    form = TemplateForm(request.POST, request.FILES, auto_id="modello_%s")
    if form.is_valid() and (upload := form.upload()):
        values = {name: form.cleaned_data[name] for name in ("title", "version")}
        try:
            actions.add_template(upload=upload, by=actor_of(request.user), **values)
        except BodiesRefusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Il modello è offerto nella pagina dell'adesione."))
            return redirect("edit_agreement")
    return _page(request, template=form)


@never_cache
@require_POST
@for_the_desk
def withdraw_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a document no more."""
    actions.withdraw_template(get_object_or_404(TemplateDocument, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Il modello non è più offerto."))
    return redirect("edit_agreement")


def _page(
    request: HttpRequest,
    texts: forms.Form | None = None,
    obligation: forms.Form | None = None,
    template: forms.Form | None = None,
) -> HttpResponse:
    given = [form for form in (texts, obligation, template) if form is not None]
    wrong = next((form for form in given if form.errors), None)
    context = {
        "texts": texts or AgreementForm.of(Agreement.current()),
        "obligation_form": obligation or ObligationForm(auto_id="nuovo_%s"),
        "template_form": template or TemplateForm(auto_id="modello_%s"),
        "wrong": wrong,
        "obligations": Obligation.objects.order_by("-is_active", "position", "pk"),
        "templates": TemplateDocument.objects.offered(),
        "crumbs": [(_("Redazione"), "/redazione/adesioni"), (_("Accordo"), "")],
    }
    return render(request, "joining/edit_agreement.html", context, status=400 if wrong else 200)
