"""The calls of the JSON door as a page of the portal: it needs no script and nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

_METHODS = ("get", "head", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Call:
    """One call: how it is made, what for, with which parameters, and whether it needs a key."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[tuple[str, bool], ...]
    needs_key: bool


def calls_page(request: HttpRequest, schema: Mapping[str, Any]) -> HttpResponse:
    """What can be called, from the OpenAPI document of the portal."""
    calls = list(_calls(schema))
    context = {
        "parts": [
            (_("Leggere, senza chiave"), [call for call in calls if not call.needs_key]),
            (_("Scrivere, con una chiave"), [call for call in calls if call.needs_key]),
        ],
        "crumbs": [(_("Per chi sviluppa"), "/sviluppatori"), (_("Tutte le chiamate"), "")],
    }
    return render(request, "pages/calls.html", context)


def _calls(schema: Mapping[str, Any]) -> Iterator[Call]:
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                said = operations[method]
                yield Call(
                    method.upper(),
                    path,
                    said.get("summary", ""),
                    said.get("description", ""),
                    tuple((one["name"], one.get("required", False)) for one in said.get("parameters", ())),
                    bool(said.get("security")),
                )
