"""The JSON door of the whole portal: one API, the routers of the rooms, and errors as problem documents (RFC 9457)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from opentusk import __version__
from opentusk.search.api import router as search_router

api = NinjaAPI(
    title="OpenTusk",
    version=__version__,
    description="Il catalogo dei dati aperti per i programmi. Nessuna chiave, nessun cookie.",
)
api.add_router("", search_router)


@api.exception_handler(ValidationError)
def refuse_parameters(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """A parameter of the wrong kind: which one, and what was expected."""
    document = {
        "type": "about:blank",
        "title": "Parametri non validi",
        "status": 422,
        "errors": [{"where": ".".join(map(str, error["loc"])), "detail": error["msg"]} for error in fault.errors],
    }
    return JsonResponse(document, status=422, content_type="application/problem+json")
