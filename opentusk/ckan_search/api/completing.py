"""Beginnings of names, completed: datasets, formats. Only what is public counts."""

from typing import Any

from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.protocol import Call
from opentusk.ckan_search.api.parameters import refuse_too_many
from opentusk.ckan_search.completing import called, formats_with, packages_called

_FEW = 10
_FEW_FORMATS = 5


def package_autocomplete(call: Call) -> Any:
    """Return datasets whose name or title has words that begin like those of `q`, at most `limit` (10)."""
    if "q" not in call.data:
        raise ValidationFault({"q": ["Missing value"]})
    text = call.text("q") or ""
    refuse_too_many("q", text.split())
    return called(text, packages_called(text, limit=call.natural("limit", _FEW) or 0))


def format_autocomplete(call: Call) -> Any:
    """Return the formats that contain `q`, in lower case, the most frequent first, at most `limit` (5)."""
    return formats_with(call.required("q"))[: call.natural("limit", _FEW_FORMATS)]
