"""Refusals beside the fields they are about, and private files as downloads."""

from django import forms
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from opentusk.bodies.errors import BodiesRefusal
from opentusk.joining.errors import FileRefused, StepRefused
from opentusk.joining.refusals import fault_words, words_for
from opentusk.joining.store import path_of


def show_refusal(form: forms.Form, refusal: BodiesRefusal) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    if isinstance(refusal, StepRefused):
        for name, code in refusal.faults.items():
            form.add_error(name if name in form.fields else None, fault_words(code))
    elif isinstance(refusal, FileRefused) and "file" in form.fields:
        form.add_error("file", words_for(refusal))
    else:
        form.add_error(None, words_for(refusal))


def private_file(*, sha256: str, filename: str, media_type: str) -> HttpResponseBase:
    """A file of the store, always as a download: nothing that others uploaded is ever shown by our address."""
    path = path_of(sha256)
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=filename, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
