"""An answer as people read it: a table of rows, yes or no, or the text of a graph."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opentusk.kit.rdf.namespaces import short_iri
from opentusk.sparql.asking import Asked

SHOWN = 200


@dataclass(frozen=True)
class Cell:
    """One value: its text, and where it leads when it is an address of the web."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Shown:
    """What the page shows. Of many rows only the first; of a graph its text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    count: int = 0
    truth: bool | None = None
    text: str = ""
    is_graph: bool = False


def format_for_people(asked: Asked) -> str:
    """The format that the page is made from."""
    return "ttl" if asked.form.is_graph else "json"


def shown(asked: Asked, content: str) -> Shown:
    """The answer for the page."""
    if asked.form.is_graph:
        return Shown(text=content, is_graph=True)
    document = json.loads(content)
    if "boolean" in document:
        return Shown(truth=bool(document["boolean"]))
    columns = tuple(document["head"]["vars"])
    bindings = document["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(column)) for column in columns) for row in bindings[:SHOWN])
    return Shown(columns=columns, rows=rows, count=len(bindings))


def _cell(value: Mapping[str, Any] | None) -> Cell:
    if value is None:
        return Cell("")
    text = str(value.get("value", ""))
    if value["type"] != "uri":
        return Cell(text)
    return Cell(short_iri(text), text if text.startswith(("http://", "https://")) else "")
