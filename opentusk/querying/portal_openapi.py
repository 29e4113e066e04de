"""The data API as part of the portal's OpenAPI document: every address, for any table; each table has its own too."""

from typing import Any

from django.utils.translation import gettext as _

from opentusk.kit.queries.exports.shapes import FORMATS
from opentusk.kit.queries.shapes import MAX_PAGE_SIZE
from opentusk.querying.openapi import PAGING, PROBLEM, clauses, described_get, in_path, parameter

Json = dict[str, Any]
_TABLE = "/api/v1/tables/{uuid}"
_ANY: Json = {"type": "object"}
_PAGE: Json = {
    "type": "object",
    "properties": {
        "data": {"type": "array", "items": {"type": "object"}},
        "meta": {"type": "object"},
        "links": {"type": "object"},
    },
}
_SQL: Json = {
    "type": "object",
    "required": ["sql"],
    "properties": {
        "sql": {"type": "string"},
        "params": {"type": "object"},
        "tables": {"type": "object"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1_000},
        "shape": {"type": "string", "enum": ["objects", "arrays"]},
    },
}


def with_tables(document: Json) -> Json:
    """The document of the portal with the addresses of the data API in it."""
    schemas = document["components"].setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    return document | {"paths": {**document["paths"], **_paths()}}


def _paths() -> Json:
    one = in_path("uuid", "3d9c7f4e-5b1a-4c55-9d43-0f6c1f6f2b10") | {"schema": {"type": "string", "format": "uuid"}}
    return {
        "/api/v1/tables": described_get(_("Le tabelle pubbliche"), _listing(), _PAGE),
        "/api/v1/sql": {"post": _asking_sql(_("Una SELECT su più tabelle pubbliche"), [])},
        _TABLE: described_get(_("Una tabella: titolo, colonne, versione"), [one], _ANY),
        **{f"{_TABLE}/{end}": said for end, said in _under(one).items()},
    }


def _listing() -> list[Json]:
    return [
        parameter("dataset", _("L'ultima parte dell'indirizzo di un dataset")),
        parameter("holder", _("Il codice IPA di un ente")),
        *(one for one in PAGING if one["name"] in {"page", "page_size"}),
    ]


def _under(one: Json) -> Json:
    words = [one, *(parameter(name, description) for name, description in clauses())]
    filters = parameter(
        _("colonna__operatore"), _("Un filtro per colonna; i nomi veri sono nel documento della tabella")
    )
    search = parameter("search", _("Parole da cercare in tutte le colonne di testo"))
    facets = [parameter("facet", _("Colonne, separate da virgole")) | {"required": True}]
    file = in_path("format", "csv", enum=list(FORMATS))
    sql = _("Una SELECT sulla tabella t")
    by_name: Json = {
        "rows": described_get(_("Righe, con filtri per colonna"), [one, filters, search, *PAGING], _PAGE),
        "rows/{key}": described_get(
            _("Una riga, per chiave o per numero (_row:1)"), [one, in_path("key", "_row:1")], _ANY
        ),
        "query": described_get(_("Righe o gruppi, con select, where, group_by, having, order_by"), words, _PAGE),
        "facets": described_get(_("Quante volte compare ogni valore"), [one, *facets, filters], _ANY),
        "sql": described_get(sql, [one, parameter("sql", "SELECT count(*) FROM t")], _PAGE)
        | {"post": _asking_sql(sql, [one])},
        "export.{format}": described_get(_("Tutte le righe di una domanda, come file"), [one, file, filters], None),
        "diff": described_get(_("Che cosa è diverso fra due versioni"), [one, *_between()], _PAGE),
    }
    plain = (
        ("profile", _("Come sono i valori di ogni colonna")),
        ("schema.json", "Table Schema"),
        ("csvw.json", "CSVW"),
        ("openapi.json", _("Il documento OpenAPI della tabella, con le sue colonne")),
        ("exceptions", _("Le celle e le righe che non si sono potute leggere")),
        ("versions", _("Le versioni pubbliche")),
    )
    return by_name | {name: described_get(summary, [one], _ANY) for name, summary in plain}


def _between() -> list[Json]:
    return [{"name": name, "in": "query", "schema": {"type": "integer", "minimum": 1}} for name in ("from", "to")] + [
        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE}}
    ]


def _asking_sql(summary: str, parameters: list[Json]) -> Json:
    said: Json = described_get(summary, parameters, _PAGE)["get"]
    return said | {"requestBody": {"required": True, "content": {"application/json": {"schema": _SQL}}}}
