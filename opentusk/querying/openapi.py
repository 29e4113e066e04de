"""The OpenAPI document of one table: its real columns with types and descriptions, and calls that run."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from opentusk.kit.queries.exports.shapes import FORMATS
from opentusk.kit.queries.grammar.conditions import OPERATORS
from opentusk.kit.queries.rows_grammar import AGGREGATES, exact_name
from opentusk.kit.queries.shapes import MAX_PAGE_SIZE
from opentusk.kit.tables.shapes import Column, ColumnProfile, ColumnType
from opentusk.querying.describing import public_examination, title_of
from opentusk.querying.subjects import Subject

Json = dict[str, Any]
_MANY_COLUMNS = 60  # with more of them only the plain parameter of each is listed
_ENUM = 50
_TYPES: dict[ColumnType, Json] = {
    ColumnType.TEXT: {"type": "string"},
    ColumnType.INTEGER: {"type": "integer", "format": "int64"},
    ColumnType.DECIMAL: {"type": "number"},
    ColumnType.NUMBER: {"type": "number", "format": "double"},
    ColumnType.BOOLEAN: {"type": "boolean"},
    ColumnType.DATE: {"type": "string", "format": "date"},
    ColumnType.DATETIME: {"type": "string"},
    ColumnType.TIME: {"type": "string"},
}
_COMMON = ("ne", "in", "isnull")
_ORDERED = ("gte", "lte", "between")
_WORDS = ("contains", "startswith")
_ALIASES = frozenset(("differs", "less", "greater", "strictly_less", "strictly_greater"))


def openapi_of(subject: Subject) -> Json:
    """The document. Its examples use values of the table, so that each of them answers."""
    return _Document(subject).whole()


class _Document:
    """The document of one version."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.columns = subject.ref.shown
        self.profiles = {one.name: one for one in public_examination(subject).profiles}

    def whole(self) -> Json:
        """The document."""
        table = self.subject.table
        description = _(
            "Dati aperti di {holder}, dal dataset «{dataset}». Senza chiave. Gli operatori di ogni colonna si scrivono "
            "colonna__operatore=valore: {operators}."
        ).format(
            holder=table.distribution.dataset.rights_holder.name,
            dataset=table.distribution.dataset.title,
            operators=", ".join(name for name in OPERATORS if name not in _ALIASES),
        )
        return {
            "openapi": "3.1.0",
            "info": {
                "title": title_of(table),
                "version": str(self.subject.version.number),
                "description": description,
                "contact": {"email": settings.PORTAL_EMAIL},
            },
            "servers": [{"url": self.subject.address}],
            "paths": self.paths(),
            "components": {"schemas": {"Row": self.row(), "Problem": PROBLEM}},
            "x-snippets": self.snippets(),
        }

    def paths(self) -> Json:
        """Every address under the table."""
        rows = [*self.filters(), *PAGING]
        words = [parameter(name, description) for name, description in clauses()]
        return {
            "/rows": described_get(_("Righe, con filtri per colonna"), rows, self.page(), self.example()),
            "/rows/{key}": described_get(
                _("Una riga, per chiave o per numero (_row:1)"), [in_path("key", "_row:1")], self.one()
            ),
            "/query": described_get(
                _("Righe o gruppi, con select, where, group_by, having, order_by"), words, self.page()
            ),
            "/facets": described_get(_("Quante volte compare ogni valore"), self.facets(), _ANY),
            "/sql": described_get(_("Una SELECT sulla tabella t"), [parameter("sql", "SELECT count(*) FROM t")], _ANY),
            "/export.{format}": described_get(
                _("Tutte le righe di una domanda, come file"),
                [in_path("format", "csv", enum=list(FORMATS)), *self.filters()],
                None,
            ),
            **{
                f"/{name}": described_get(summary, [], _ANY)
                for name, summary in (
                    ("profile", _("Come sono i valori di ogni colonna")),
                    ("schema.json", "Table Schema"),
                    ("csvw.json", "CSVW"),
                    ("exceptions", _("Le celle e le righe che non si sono potute leggere")),
                    ("versions", _("Le versioni pubbliche")),
                )
            },
        }

    def filters(self) -> list[Json]:
        """The parameters of each column."""
        found = []
        for column in self.columns:
            found.append(self.filter(column, exact_name(column.name), _TYPES[column.type]))
            if len(self.columns) <= _MANY_COLUMNS:
                found += [self.filter(column, f"{column.name}__{word}", {"type": "string"}) for word in _words(column)]
        return [*found, parameter("search", _("Parole da cercare in tutte le colonne di testo"))]

    def filter(self, column: Column, name: str, schema: Json) -> Json:
        """One parameter of a column."""
        if column.codes and len(column.codes) <= _ENUM and name == exact_name(column.name):
            schema = schema | {"enum": list(column.codes)}
        said = column.description or column.title or column.label
        return {"name": name, "in": "query", "description": said, "schema": schema}

    def facets(self) -> list[Json]:
        """The parameters of facets."""
        names = ",".join(column.name for column in self.columns[:2])
        facet = parameter("facet", _("Colonne, separate da virgole")) | {"required": True, "example": names}
        return [facet, parameter("facet_size", _("Quanti valori per colonna")), *self.filters()]

    def row(self) -> Json:
        """A row as an object."""
        properties: Json = {"_row": {"type": "integer", "description": _("Numero della riga nel file")}}
        for column in self.columns:
            facts = _TYPES[column.type] | {"title": column.title or column.label}
            if column.type is ColumnType.INTEGER:
                facts["description"] = _("Oltre 2^53 è scritto come testo.")
            if column.description:
                facts["description"] = column.description
            if profile := self.profiles.get(column.name):
                facts["examples"] = list(profile.examples[:3])
            properties[column.name] = facts | {"type": [facts["type"], "null"]}
        return {"type": "object", "properties": properties}

    def page(self) -> Json:
        """A page of rows."""
        return _document({"type": "array", "items": {"$ref": "#/components/schemas/Row"}})

    def one(self) -> Json:
        """One row."""
        return _document({"$ref": "#/components/schemas/Row"})

    def example(self) -> str:
        """A question that has an answer."""
        for column in self.columns:
            if value := _usual(column, self.profiles.get(column.name)):
                return urlencode({exact_name(column.name): value, "page_size": 5})
        return "page_size=5"

    def snippets(self) -> Json:
        """The same call in four languages."""
        rows = f"{self.subject.address}/rows?{self.example()}"
        csv = f"{self.subject.address}/export.csv?{self.example().removesuffix('&page_size=5')}"
        return {
            "curl": f'curl "{rows}"',
            "python": f'import pandas as pd\n\nrighe = pd.read_csv("{csv}")\nprint(righe)',
            "r": f'righe <- read.csv("{csv}")\nprint(righe)',
            "javascript": f'const risposta = await fetch("{rows}");\nconst {{ data, meta }} = await risposta.json();',
        }


def _usual(column: Column, profile: ColumnProfile | None) -> str:
    """The most frequent value of a column that has few."""
    is_short = column.type in (ColumnType.TEXT, ColumnType.INTEGER, ColumnType.BOOLEAN)
    return profile.top[0][0] if is_short and profile and profile.top and profile.top[0][1] > 1 else ""


def _words(column: Column) -> Iterator[str]:
    yield from _COMMON
    if column.type is not ColumnType.BOOLEAN:
        yield from _ORDERED
    if column.type is ColumnType.TEXT:
        yield from _WORDS
    yield from ("sort", "groupby")
    if column.type in (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER):
        yield from (name for name in AGGREGATES if name in ("sum", "avg", "median"))


def clauses() -> tuple[tuple[str, str], ...]:
    """The clauses of a query, each with an example or a word on it."""
    return (
        ("select", "comune, sum(importo) as totale"),
        ("where", "importo > 100 and comune = 'Lecce'"),
        ("group_by", "comune, year(data)"),
        ("having", "totale > 1000"),
        ("order_by", "totale desc"),
        ("limit", _("Quante righe, al più {}").format(MAX_PAGE_SIZE)),
    )


def described_get(summary: str, parameters: list[Json], schema: Json | None, example: str = "") -> Json:
    """What a GET of an address asks and gives."""
    media = {"application/json": {"schema": schema}} if schema else {"*/*": {}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation: Json = {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "OK", "content": media},
            "4XX": {"description": _("La domanda non ha risposta, e perché"), "content": problem},
        },
    }
    return {"get": operation | ({"x-example-query": example} if example else {})}


def _document(data: Json) -> Json:
    return {"type": "object", "properties": {"data": data, "meta": {"type": "object"}, "links": {"type": "object"}}}


def parameter(name: str, description: str) -> Json:
    """One parameter of an address."""
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string"}}


def in_path(name: str, example: str, enum: list[str] | None = None) -> Json:
    """A part of an address."""
    schema: Json = {"type": "string"} | ({"enum": enum} if enum else {})
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


_ANY: Json = {"type": "object"}
PROBLEM: Json = {
    "type": "object",
    "properties": {
        name: {"type": kind}
        for name, kind in (
            ("title", "string"),
            ("detail", "string"),
            ("status", "integer"),
            ("code", "string"),
            ("column", "string"),
            ("operator", "string"),
            ("position", "integer"),
            ("did_you_mean", "array"),
        )
    },
}
PAGING = [
    {"name": name, "in": "query", "schema": schema}
    for name, schema in (
        ("columns", {"type": "string"}),
        ("sort", {"type": "string"}),
        ("or", {"type": "string"}),
        ("page_size", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 50}),
        ("cursor", {"type": "string"}),
        ("page", {"type": "integer", "minimum": 1}),
        ("shape", {"type": "string", "enum": ["objects", "arrays"]}),
        ("labels", {"type": "boolean"}),
        ("count", {"type": "string", "enum": ["exact", "none"]}),
    )
]
