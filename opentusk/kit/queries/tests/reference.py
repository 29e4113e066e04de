"""What a condition means, said again in slow plain Python: True, False, or None where SQL says unknown.

It shares no code with the product: values are read, texts folded and dates compared in another way.
"""

import csv
import io
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from opentusk.kit.tables.shapes import ColumnType


def holds(cell: object, kind: ColumnType, operator: str, text: str) -> bool | None:
    """Whether the condition `operator=text` holds for a cell of this type."""
    if operator in ("isnull", "isnotnull"):
        return (cell is None) == (operator == "isnull")
    if cell is None:
        return None
    match operator:
        case "exact" | "ne":
            return _within(cell, kind, text) == (operator == "exact")
        case "in" | "notin":
            return any(_within(cell, kind, one) for one in _csv(text)) == (operator == "in")
        case "lt":
            return cell_as(cell, kind) < span(text, kind)[0]
        case "gte":
            return cell_as(cell, kind) >= span(text, kind)[0]
        case "lte":
            return not _after(cell, kind, text)
        case "gt":
            return _after(cell, kind, text)
        case "between":
            low, high = _csv(text)
            return cell_as(cell, kind) >= span(low, kind)[0] and not _after(cell, kind, high)
    return _text_holds(bare(str(cell)), operator, bare(text))


def _text_holds(cell: str, operator: str, text: str) -> bool:
    match operator:
        case "contains":
            return text in cell
        case "notcontains":
            return text not in cell
        case "startswith":
            return cell.startswith(text)
        case "endswith":
            return cell.endswith(text)
    raise ValueError(operator)


def bare(text: str) -> str:
    """Without case and accents."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(one for one in decomposed if unicodedata.category(one) != "Mn").lower()


def cell_as(cell, kind: ColumnType):
    """A cell comparable with the values of `span`."""
    if kind is ColumnType.DATE:
        return datetime.combine(cell, time())
    return cell.encode() if kind is ColumnType.TEXT else cell


def span(text: str, kind: ColumnType):
    """The least and the greatest value that a text stands for; both the same but for dates."""
    match kind:
        case ColumnType.TEXT:
            return text.encode(), text.encode()
        case ColumnType.INTEGER | ColumnType.DECIMAL:
            return Decimal(text), Decimal(text)
        case ColumnType.NUMBER:
            return float(text), float(text)
        case ColumnType.BOOLEAN:
            return text == "true", text == "true"
        case ColumnType.TIME:
            return time.fromisoformat(text), time.fromisoformat(text)
    return _dates(text)


def _dates(text: str) -> tuple[datetime, datetime]:
    if "T" in text:
        return datetime.fromisoformat(text), datetime.fromisoformat(text)
    parts = [int(part) for part in text.split("-")]
    first = date(*[*parts, 1, 1][:3])
    last = first
    while (last + timedelta(days=1)).isoformat().startswith(text):
        last += timedelta(days=1)
    return datetime.combine(first, time()), datetime.combine(last, time.max)


def _within(cell: object, kind: ColumnType, text: str) -> bool:
    low, high = span(text, kind)
    return low <= cell_as(cell, kind) <= high


def _after(cell: object, kind: ColumnType, text: str) -> bool:
    return cell_as(cell, kind) > span(text, kind)[1]


def _csv(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text)))
