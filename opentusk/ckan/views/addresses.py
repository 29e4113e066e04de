"""The addresses of CKAN's pages and files: links and bookmarks of a portal that moved here go on working."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from opentusk.catalog.models import Distribution
from opentusk.ckan.errors import Fault
from opentusk.ckan.finding import find_organization, resource
from opentusk.ckan.listening import read_call
from opentusk.ckan.naming import find_group
from opentusk.ckan.permissions import may_edit
from opentusk.files.permissions import can_read
from opentusk.files.serving import answer_options, serve
from opentusk.files.views.reading import latest

_View = Callable[..., HttpResponseBase]


def _or_404(view: _View) -> _View:
    """A page that is not there, or not for whoever asks, is not found: its name may be nobody's business."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Fault as fault:
            raise Http404 from fault

    return answer


@require_safe
@_or_404
def resource_page(request: HttpRequest, ref: str, number: UUID) -> HttpResponseBase:
    """The page of a resource is that of its dataset."""
    found = resource(read_call(request, writes=False), str(number))
    return HttpResponseRedirect(f"/dataset/{found.dataset.slug}")


@csrf_exempt  # like every file: it gives, whatever the method
@require_http_methods(["GET", "HEAD", "OPTIONS"])
@_or_404
def download(request: HttpRequest, ref: str, number: UUID, name: str = "") -> HttpResponseBase:
    """The file of a resource: the public one, or for its people the newest; of what is elsewhere its address."""
    if request.method == "OPTIONS":
        return answer_options(request)
    row = _row(number)
    if row.series is None or row.is_copy:
        resource(read_call(request, writes=False), str(number))
        return HttpResponseRedirect(row.access_url)
    if row.series.latest_id or row.series.is_closed:
        return latest(request, series=row.series.uuid, name=row.series.name)
    call = read_call(request, writes=False)
    newest = row.series.versions.with_file().newest_first().first()
    if newest is None or not (may_edit(call, row.dataset) or can_read(call.actor, newest)):
        raise Http404
    return serve(request, newest)


@require_safe
def organization_page(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The page of a body."""
    found = find_organization(ref)
    if found is None:
        raise Http404
    return HttpResponseRedirect(f"/enti/{found.slug}")


@require_safe
def group_page(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The page of a theme."""
    found = find_group(ref)
    if found is None:
        raise Http404
    return HttpResponseRedirect(f"/temi/{found.code}")


def _row(number: UUID) -> Distribution:
    rows = Distribution.objects.select_related("series", "dataset__rights_holder")
    return get_object_or_404(rows, uuid=number)
