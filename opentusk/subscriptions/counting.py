"""How many rows of a table answer a question that somebody follows."""

from dataclasses import replace
from urllib.parse import parse_qsl

from opentusk.kit.queries.errors import BadQuery, OverBudget
from opentusk.kit.queries.rows_grammar import parse_rows
from opentusk.kit.queries.running import run
from opentusk.tables.engine import engine
from opentusk.tables.models import Table


def rows_found(key: str) -> int | None:
    """The number of rows now; None when the table, or a column of the question, is not there any more."""
    number, _mark, query = key.partition("?")
    table = Table.objects.public().with_latest().filter(uuid=number).first()
    if table is None or table.latest is None:
        return None
    ref = table.latest.ref()
    try:
        asked = parse_rows(parse_qsl(query, keep_blank_values=True), ref.columns)
        answer = run(engine(), ref, replace(asked, limit=1))
    except (BadQuery, OverBudget):
        return None
    return answer.total
