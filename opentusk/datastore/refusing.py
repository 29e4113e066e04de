"""What a search or a write refuses, in CKAN's words."""

from opentusk.ckan.errors import Fault, LaterFault, NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.refusing import answers
from opentusk.datastore.errors import AliasTaken, Contended, StoreGone
from opentusk.kit.datastore.errors import BadAsk
from opentusk.kit.queries.errors import BadQuery, Busy, OverBudget, VersionGone
from opentusk.querying.errors import NoSuchTable

_FUNCTIONS = frozenset({"sql.function", "sql.table_function"})


@answers(BadAsk)
def _bad_ask(refusal: BadAsk) -> Fault:
    return ValidationFault(refusal.fields)


@answers(BadQuery)
def _bad_query(refusal: BadQuery) -> Fault:
    what = str(refusal.values.get("what", ""))
    if refusal.code in _FUNCTIONS:
        return NotAuthorizedFault(f"Not authorized to call function {what}")
    if refusal.code == "sql.table":
        if what.lower().startswith(("pg_", "information_schema", "duckdb_", "sqlite_")):
            return NotAuthorizedFault("Not authorized to access system tables")
        return _told(f'relation "{what}" does not exist')
    if refusal.code == "sql.one_statement":
        return _told("Query is not a single statement.")
    if refusal.code == "sql.only_select":
        return _told("Query is not a SELECT statement.")
    return _told(refusal.message("en"))


def _told(sentence: str) -> Fault:
    """CKAN 2.11 tells it in `query`, 2.12 in `message`: so do we in both."""
    return ValidationFault({"query": [sentence], "message": sentence})


@answers(OverBudget)
def _over_budget(refusal: OverBudget) -> Fault:
    return _told("Query took too long" if refusal.resource == "time" else refusal.message("en"))


@answers(Busy)
def _busy(refusal: Busy) -> Fault:
    return LaterFault(refusal.retry_after)


@answers(VersionGone, NoSuchTable, StoreGone)
def _gone(refusal: Exception) -> Fault:
    return NotFoundFault("The table was replaced while it was being read: ask again.")


@answers(AliasTaken)
def _alias(refusal: AliasTaken) -> Fault:
    return ValidationFault({"alias": [f'"{refusal.alias}" already exists']})


@answers(Contended)
def _contended(refusal: Contended) -> Fault:
    return ValidationFault({"records": ["Too many programs write to this resource at once: try again."]})
