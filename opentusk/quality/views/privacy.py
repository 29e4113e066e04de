"""Suspicions of personal data: the list, and one case with its decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from opentusk.bodies.permissions import can_decide_privacy_for
from opentusk.catalog.models import Distribution
from opentusk.catalog.permissions import can_edit
from opentusk.files.addresses import version_path
from opentusk.files.permissions import can_read
from opentusk.journal.actors import Actor
from opentusk.people.actors import actor_of
from opentusk.quality.actions import decide_case
from opentusk.quality.errors import QualityRefusal
from opentusk.quality.forms.deciding import DecisionForm
from opentusk.quality.models import PrivacyCase
from opentusk.quality.permissions import can_decide, is_dpo_of, visible_cases
from opentusk.quality.wording import columns_taken, evidence_of, kinds_of, role_words, suspicions_of, who_decides

_PER_PAGE = 30


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of one's bodies: those that wait, or those that were decided."""
    by = actor_of(request.user)
    visible = visible_cases(by).with_everything()
    is_past = request.GET.get("stato") == "decisi"
    found = visible.decided().newest_first() if is_past else visible.waiting().oldest_first()
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    holders = {case.dataset.rights_holder for case in page.object_list}
    mine = {holder for holder in holders if can_decide_privacy_for(by, holder)}
    context = {
        "page": page,
        "rows": [(case, kinds_of(case), case.dataset.rights_holder in mine) for case in page.object_list],
        "is_past": is_past,
        "crumbs": [(_("Scrivania"), "/scrivania"), (_("Privacy"), "")],
    }
    return render(request, "quality/cases.html", context)


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """What is suspected and, for whoever may, the decision."""
    by = actor_of(request.user)
    found = get_object_or_404(visible_cases(by).with_everything(), pk=pk)
    may_decide = found.is_open and found.version.is_pending and can_decide(by, found)
    form = _form(request, found, by) if may_decide else None
    if form and request.method == "POST" and form.is_valid():
        try:
            decide_case(found, by=by, **vars(form.draft))
        except QualityRefusal as refusal:
            form.explain(refusal)
        else:
            messages.success(request, _("La decisione è registrata."))
            return redirect("privacy_case", pk)
    return render(request, "quality/case.html", _context(found, by, form), status=400 if form and form.errors else 200)


def _form(request: HttpRequest, case: PrivacyCase, by: Actor) -> DecisionForm:
    is_dpo = is_dpo_of(by, case.dataset.rights_holder)
    return DecisionForm(request.POST if request.method == "POST" else None, case=case, is_dpo=is_dpo)


def _context(case: PrivacyCase, by: Actor, form: DecisionForm | None) -> dict[str, object]:
    series = PrivacyCase.objects.of_series(case.version.series_id).exclude(pk=case.pk)
    return {
        "case": case,
        "form": form,
        "suspicions": suspicions_of(case),
        "who": who_decides(case.dataset.rights_holder),
        "evidence": evidence_of(case),
        "role": role_words(case.decided_role),
        "columns": columns_taken(case),
        "is_copy": Distribution.objects.filter(series=case.version.series_id, is_copy=True).exists(),
        "original": version_path(case.version) if can_read(by, case.version) else "",
        "earlier": series.decided().with_everything().newest_first()[:10],
        "can_edit": can_edit(by, case.dataset),
        "crumbs": [
            (_("Scrivania"), "/scrivania"),
            (_("Privacy"), "/scrivania/privacy"),
            (case.dataset.title or case.dataset.identifier, ""),
        ],
    }
