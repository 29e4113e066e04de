"""Serves the files of the demonstration, to HEAD as to GET, with exact type and length."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from opentusk.demo.actions import FILES_DIR

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


@require_safe
def demo_file(request: HttpRequest, name: str, ending: str) -> FileResponse:
    """One file, as a download."""
    path = FILES_DIR / f"{name}.{ending}"
    if ending not in _TYPES or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=_TYPES[ending])
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
