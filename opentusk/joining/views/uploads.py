"""Files in the forms of joining: who has no account may bring them too, by a secret address, and never big ones."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class CappedUpload(TemporaryFileUploadHandler):
    """Writes one byte more than the limit at most: enough for the store to see that the file is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what there is room for; the rest is read and dropped, so that the answer can be heard."""
        room = settings.JOINING_MAX_BYTES + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])


def taking_files(let_in: Callable[..., object]) -> Callable[[View], View]:
    """Read the files of a form only once `let_in`, which is given what the view is given, has raised nothing.

    Checking for forgery reads the form, files and all, before any view is asked: so it is put off until then.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            let_in(request, *args, **kwargs)
            request.upload_handlers = [CappedUpload(request)]
            return protected(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
