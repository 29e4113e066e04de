"""Where a producer says what will change."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opentusk.catalog.permissions import editable_datasets
from opentusk.notices import actions
from opentusk.notices.forms import AnnouncementForm
from opentusk.notices.models import Announcement
from opentusk.people.actors import actor_of


@login_required
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a change; those that were announced are listed, and can be taken back."""
    by = actor_of(request.user)
    dataset = get_object_or_404(editable_datasets(by).with_holder(), pk=pk)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.announce_change(dataset, **form.cleaned_data, by=by)
        messages.success(
            request, _("Annunciato: lo leggono tutti sulla pagina del dataset, e chi segue riceve un avviso.")
        )
        return redirect("announce_change", pk)
    context = {
        "dataset": dataset,
        "form": form,
        "announcements": dataset.announcements.standing(timezone.localdate()),
        "crumbs": [
            (_("Scrivania"), "/scrivania"),
            (dataset.title or dataset.identifier, f"/scrivania/dataset/{pk}"),
            (_("Annuncia una modifica"), ""),
        ],
    }
    return render(request, "notices/announce.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an announcement back."""
    by = actor_of(request.user)
    mine = Announcement.objects.filter(dataset__in=editable_datasets(by)).select_related("dataset__rights_holder")
    announcement = get_object_or_404(mine, pk=pk)
    actions.withdraw_announcement(announcement, by=by)
    messages.success(request, _("Annuncio ritirato."))
    return redirect("announce_change", announcement.dataset_id)
