"""Lets through one SELECT over named tables, made of allowed parts; everything else is refused with its name."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.sql.allowed import CLASSES, FUNCTIONS, MODIFIERS, NODES, SOURCES, TYPES

LONGEST = 16_000  # bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
# How many digits a decimal has: every number with a point says it, and it holds nothing that could be called.
_DECIMAL = "DECIMAL_TYPE_INFO"
_NOWHERE = 2**63  # what DuckDB gives for a position it does not know


@dataclass(frozen=True)
class CheckedSql:
    """A statement that passed: `text` is written anew from its tree, so it has no comments and no semicolon."""

    text: str
    parameters: frozenset[str]


def check_sql(text: str, tables: Collection[str]) -> CheckedSql:
    """Check a statement over these tables (in lower case). Raises BadQuery."""
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise BadQuery("sql.too_long", values={"limit": str(LONGEST)})
    if _CONTROL.search(text):
        raise BadQuery("sql.control_character")
    tree = _parse(text)
    walker = _Walker(frozenset(tables))
    walker.query(_node(tree["statements"][0]), frozenset())
    walker.parameters_of(tree["statements"][0])
    return CheckedSql(_written(tree), frozenset(walker.parameters))


def _parse(text: str) -> dict[str, list[dict[str, object]]]:
    row = _parser().execute("SELECT json_serialize_sql($1::VARCHAR)", [text]).fetchone()
    found = json.loads(row[0]) if row else {}
    if found.get("error"):
        if found.get("error_type") == "parser":
            position = str(found.get("position", ""))
            raise BadQuery(
                "sql.syntax",
                position=int(position) if position.isdigit() else None,
                values={"detail": str(found.get("error_message", ""))[:300]},
            )
        raise BadQuery("sql.only_select")
    if len(found["statements"]) != 1:
        raise BadQuery("sql.one_statement")
    return dict(found)


def _written(tree: Mapping[str, object]) -> str:
    row = _parser().execute("SELECT json_deserialize_sql($1::JSON)", [json.dumps(tree)]).fetchone()
    return str(row[0]) if row else ""


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A DuckDB that only parses: nothing in it, nothing within its reach."""
    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": "64MB",
            "threads": 1,
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "lock_configuration": True,
        },
    )


class _Walker:
    """Walks a syntax tree. What has neither a known class nor a known type does not pass."""

    def __init__(self, tables: frozenset[str]) -> None:
        self.tables = tables
        self.parameters: set[str] = set()

    def query(self, node: dict[str, object], scope: frozenset[str]) -> None:
        """A query with its own names: each may be used by those after it and by the query itself."""
        kind = str(node.get("type"))
        if kind not in NODES:
            raise BadQuery("sql.recursive" if "RECURSIVE" in kind else "sql.not_allowed", values={"what": kind})
        names = node.get("cte_map")
        entries = names["map"] if isinstance(names, dict) else []
        for entry in entries:
            self.query(_node(entry["value"]["query"]), scope)
            self.walk(entry["value"].get("key_targets"), scope)
            scope |= {str(entry["key"]).lower()}
        for key, value in node.items():
            if key != "cte_map":
                self.walk(value, scope)

    def walk(self, value: object, scope: frozenset[str]) -> None:
        """Anything below a query."""
        if isinstance(value, list):
            for part in value:
                self.walk(part, scope)
        if not isinstance(value, dict):
            return
        if "node" in value and isinstance(value["node"], dict):
            self.query(value["node"], scope)
            return
        if "class" in value:
            self._expression(value)
        elif isinstance(value.get("type"), str) and self._other(value, scope):
            self.query(value, scope)
            return
        for part in value.values():
            self.walk(part, scope)

    def parameters_of(self, statement: Mapping[str, object]) -> None:
        """The names of the parameters; numbered ones are refused."""
        listed = statement.get("named_param_map")
        for entry in listed if isinstance(listed, list) else []:
            self._parameter(str(entry["key"]))

    def _expression(self, node: Mapping[str, object]) -> None:
        kind = str(node["class"])
        if kind not in CLASSES:
            raise self._refusal("sql.not_allowed", node, kind)
        if kind in ("FUNCTION", "WINDOW"):
            name = str(node.get("function_name", "")).lower()
            if name not in FUNCTIONS or node.get("catalog") or node.get("schema") not in ("", "main"):
                raise self._refusal("sql.function", node, name)
        if kind == "CAST":
            self._type(node, node.get("cast_type"))
        if kind == "PARAMETER":
            self._parameter(str(node.get("identifier", "")))

    def _type(self, node: Mapping[str, object], kind: object) -> None:
        name = str(kind.get("id", "")) if isinstance(kind, dict) else ""
        if name not in TYPES:
            raise self._refusal("sql.type", node, name)

    def _other(self, node: Mapping[str, object], scope: frozenset[str]) -> bool:
        """A source, a query inside a query, or what sorts and limits it; whether it is a query."""
        kind = str(node["type"])
        if kind in NODES or "CTE" in kind:
            return True
        if kind == "TABLE_FUNCTION":
            function = node.get("function")
            name = str(function.get("function_name", "")) if isinstance(function, dict) else ""
            raise self._refusal("sql.table_function", node, name)
        if kind == _DECIMAL:
            return False
        if kind not in SOURCES | MODIFIERS:
            raise self._refusal("sql.not_allowed", node, kind)
        if kind == "BASE_TABLE":
            self._table(node, scope)
        return False

    def _table(self, node: Mapping[str, object], scope: frozenset[str]) -> None:
        name = str(node.get("table_name", ""))
        is_qualified = bool(node.get("schema_name") or node.get("catalog_name") or node.get("at_clause"))
        if is_qualified or name.lower() not in self.tables | scope:
            full = ".".join(str(node.get(part)) for part in ("catalog_name", "schema_name") if node.get(part))
            raise self._refusal("sql.table", node, f"{full}.{name}" if full else name)

    def _parameter(self, name: str) -> None:
        if not _PARAMETER.fullmatch(name):
            raise BadQuery("sql.parameter", values={"what": name[:60]})
        self.parameters.add(name)

    def _refusal(self, code: str, node: Mapping[str, object], what: str) -> BadQuery:
        position = node.get("query_location")
        known = isinstance(position, int) and position < _NOWHERE
        return BadQuery(code, position=int(str(position)) if known else None, values={"what": what[:60]})


def _node(query: object) -> dict[str, object]:
    found = query.get("node") if isinstance(query, dict) else None
    if not isinstance(found, dict):
        raise BadQuery("sql.not_allowed", values={"what": "WITH"})
    return found
