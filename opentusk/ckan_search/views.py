"""The completion of CKAN's own pages, which other sites' forms use too."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from opentusk.ckan_search.completing import called, formats_with, packages_called, tags_with

_FEW = 10
_FEW_FORMATS = 5


@require_safe
def complete_dataset(request: HttpRequest) -> JsonResponse:
    """Datasets that are called like `incomplete`."""
    text = _incomplete(request)
    return _told(called(text, packages_called(text, limit=_limit(request, _FEW))))


@require_safe
def complete_tag(request: HttpRequest) -> JsonResponse:
    """Tags that contain `incomplete`."""
    text = _incomplete(request)
    return _told([{"Name": tag} for tag in tags_with([text] if text else [])[: _limit(request, _FEW)]])


@require_safe
def complete_format(request: HttpRequest) -> JsonResponse:
    """Formats that contain `incomplete`, the most frequent first."""
    formats = formats_with(_incomplete(request))
    return _told([{"Format": one} for one in formats[: _limit(request, _FEW_FORMATS)]])


def _incomplete(request: HttpRequest) -> str:
    return request.GET.get("incomplete", "").strip()


def _limit(request: HttpRequest, few: int) -> int:
    text = request.GET.get("limit", "")
    return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 9 else few


def _told(result: list[dict[str, object]]) -> JsonResponse:
    response = JsonResponse({"ResultSet": {"Result": result}}, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
