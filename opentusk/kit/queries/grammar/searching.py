"""Full text in rows."""

from collections.abc import Iterable

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.folding import words_of
from opentusk.kit.queries.tree import Field, Search
from opentusk.kit.tables.shapes import ColumnType

MAX_WORDS = 10
LONGEST = 500


def search_of(text: str, fields: Iterable[Field]) -> Search:
    """Every word of a text, in any of the text columns among these."""
    words = words_of(text)
    if not words or len(text) > LONGEST:
        raise BadQuery("query.nothing_to_search")
    if len(words) > MAX_WORDS:
        raise BadQuery("query.too_many_words", values={"limit": str(MAX_WORDS)})
    return Search(words, tuple(field for field in fields if field.type is ColumnType.TEXT))
