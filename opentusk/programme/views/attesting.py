"""Certificates of attendance: the document, and the page where anybody compares a name with a code."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opentusk.people.actors import actor_of
from opentusk.programme import actions
from opentusk.programme.certificates import pdf_of
from opentusk.programme.errors import ProgrammeRefusal
from opentusk.programme.forms import FeedbackForm
from opentusk.programme.models import Certificate
from opentusk.programme.refusals import words_for
from opentusk.programme.views.tickets import ticket_of
from opentusk.ui.gates import is_too_often


@require_POST
@never_cache
def certificate(request: HttpRequest, secret: str) -> HttpResponse:
    """The certificate of whoever was counted at the door, as a PDF that says where to verify it."""
    found = ticket_of(secret)
    try:
        made = actions.issue_certificate(found, by=actor_of(request.user))
    except ProgrammeRefusal as refusal:
        messages.error(request, words_for(refusal))
        return redirect("ticket", secret=secret)
    answer = HttpResponse(pdf_of(made, found.name), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="attestato-{made.code}.pdf"'
    return answer


@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says, and whether it is of the name that is typed; the page itself names nobody."""
    if is_too_often(request, "certificate", times=30, seconds=600):
        return render(request, "programme/certificate.html", {"too_often": True}, status=429)
    made = get_object_or_404(Certificate.objects.select_related("event"), code=code.upper())
    name = request.POST.get("name", "").strip()
    context = {
        "certificate": made,
        "event": made.event,
        "name": name,
        "is_theirs": bool(name) and actions.name_hash(name) == made.name_hash,
    }
    return render(request, "programme/certificate.html", context)


@never_cache
def feedback(request: HttpRequest, secret: str) -> HttpResponse:
    """The three questions, once, for who came; what is answered does not say who."""
    found = ticket_of(secret)
    if not actions.may_give_feedback(found):
        raise Http404
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.give_feedback(found, **form.cleaned_data)
        messages.success(request, _("Grazie: il tuo parere è anonimo."))
        return redirect("ticket", secret=secret)
    context = {"form": form, "event": found.event, "secret": secret}
    return render(request, "programme/feedback.html", context, status=400 if form.errors else 200)
