"""The JSON door of the whole portal: one API, the routers of the rooms, and errors as problem documents (RFC 9457)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from opentusk import __version__
from opentusk.catalog.errors import CatalogRefusal
from opentusk.editorial.errors import EditorialRefusal
from opentusk.feeding.api import router as feeding_router
from opentusk.feeding.api.refusing import answer_catalog, answer_editorial, answer_feeding
from opentusk.feeding.errors import FeedingRefusal
from opentusk.files.api import answer_refusal
from opentusk.files.api import router as files_router
from opentusk.files.errors import FileRefusal
from opentusk.pages.views.calls import calls_page
from opentusk.querying.portal_openapi import with_tables
from opentusk.search.api import router as search_router
from opentusk.ui.problem_documents import problem_answer


class PlainDocs(DocsBase):
    """The calls as a page of ours: the usual ones load scripts from other hosts, which our pages never do."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The list of calls."""
        return calls_page(request, api.get_openapi_schema())


class PortalAPI(NinjaAPI):
    """The API with a document that tells of the data API too, whose addresses are no operations of a router."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document of every call."""
        schema = super().get_openapi_schema(**options)
        schema.update(with_tables(dict(schema)))
        return schema


api = PortalAPI(
    docs=PlainDocs(),
    title="OpenTusk",
    version=__version__,
    description="Il catalogo dei dati aperti per i programmi: per leggere nessuna chiave; per scrivere una chiave.",
)
api.add_router("", search_router)
api.add_router("", files_router)
api.add_router("", feeding_router)
api.exception_handler(EditorialRefusal)(answer_editorial)
api.exception_handler(FileRefusal)(answer_refusal)
api.exception_handler(CatalogRefusal)(answer_catalog)
api.exception_handler(FeedingRefusal)(answer_feeding)


@api.exception_handler(ValidationError)
def refuse_parameters(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """A parameter of the wrong kind: which one, and what was expected."""
    errors = [{"where": ".".join(map(str, error["loc"])), "detail": error["msg"]} for error in fault.errors]
    return problem_answer(422, "Parametri non validi", errors=errors)


@api.exception_handler(AuthenticationError)
def refuse_unknown(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    """No key, or one that opens nothing."""
    detail = "Manda la chiave nell'intestazione Authorization: Bearer …; le chiavi si creano in /profilo/chiavi."
    return problem_answer(401, "Serve una chiave valida", detail)
