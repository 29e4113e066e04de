"""Files for everybody: the newest version, and each one for ever."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opentusk.files.addresses import latest_path, version_path
from opentusk.files.models import FileSeries, FileVersion
from opentusk.files.permissions import can_read
from opentusk.files.serving import answer_options, serve
from opentusk.people.actors import actor_of

_reading = require_http_methods(["GET", "HEAD", "OPTIONS"])


@csrf_exempt
@_reading
def latest(request: HttpRequest, series: UUID, name: str) -> HttpResponseBase:
    """The newest public version of a file."""
    if request.method == "OPTIONS":
        return answer_options(request)
    found = get_object_or_404(FileSeries.objects.select_related("agent", "latest"), uuid=series)
    if found.is_closed:
        return _gone(request, found)
    if found.latest is None:
        raise Http404
    if name != found.name:
        return redirect(latest_path(found))
    return serve(request, FileVersion.objects.with_file().get(pk=found.latest.pk))


@csrf_exempt
@_reading
def one_version(request: HttpRequest, series: UUID, number: int, name: str) -> HttpResponseBase:
    """One version, whatever came after it; one that is not public only for those who work on it."""
    if request.method == "OPTIONS":
        return answer_options(request)
    version = get_object_or_404(FileVersion.objects.with_file(), series__uuid=series, number=number)
    if not version.is_public and not can_read(actor_of(request.user), version):
        if version.state == FileVersion.State.CLOSED:
            return _gone(request, version.series)
        raise Http404
    if name != version.name:
        return redirect(version_path(version))
    return serve(request, version)


def _gone(request: HttpRequest, series: FileSeries) -> HttpResponse:
    return render(request, "files/gone.html", {"series": series}, status=410)
