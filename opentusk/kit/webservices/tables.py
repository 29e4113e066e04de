"""Makes a table of the rows of a service: which field becomes which column, and a CSV that says the same for ever."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from opentusk.kit.webservices.shapes import Field, Row

_MODULUS = 2**256


@dataclass(frozen=True, kw_only=True)
class TableWritten:
    """A written table. `content_hash` is the same for the same rows in any order."""

    rows: int
    content_hash: str


def suggest_mapping(rows: Iterable[Row], known: Sequence[Field] = ()) -> tuple[Field, ...]:
    """A column for every field met, in the order in which they appear; what was decided before is kept.

    A field that was decided before and appears no longer stays: a service that leaves out empty fields must not change
    the table.
    """
    decided = {field.path: field for field in known}
    fields = dict.fromkeys(path for row in rows for path in row)
    fresh = [Field(path=path, column=readable(path)) for path in fields if path not in decided]
    return (*known, *fresh)


def readable(path: str) -> str:
    """A field's name for people: `indirizzo.numeroCivico` is `indirizzo numero civico`."""
    words: list[str] = []
    for part in path.replace("_", " ").replace(".", " ").replace("-", " ").split():
        start = 0
        for position in range(1, len(part)):
            if part[position].isupper() and part[position - 1].islower():
                words.append(part[start:position])
                start = position
        words.append(part[start:])
    return " ".join(word if word.isupper() else word.lower() for word in words) or path


def unmapped_fields(rows: Iterable[Row], mapping: Sequence[Field]) -> tuple[str, ...]:
    """Fields that appear in the rows and that nobody has decided about."""
    decided = {field.path for field in mapping}
    return tuple(dict.fromkeys(path for row in rows for path in row if path not in decided))


def columns_of(mapping: Sequence[Field]) -> tuple[str, ...]:
    """The header of the table."""
    return tuple(field.column for field in mapping if field.column)


def write_table(rows: Iterable[Row], mapping: Sequence[Field], path: Path) -> TableWritten:
    """Write the mapped rows as one clean CSV: UTF-8, comma, header, rows in the order in which they came.

    Nothing is kept in memory: the hash of the content is the sum of the hashes of the rows, so it needs no sorting.
    """
    kept = [field for field in mapping if field.column]
    total, number = 0, 0
    with path.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow([field.column for field in kept])
        for row in rows:
            cells = [row.get(field.path, "") for field in kept]
            writer.writerow(cells)
            total = (total + _hash_of(cells)) % _MODULUS
            number += 1
    header = sha256("\x1f".join(columns_of(mapping)).encode()).hexdigest()
    return TableWritten(rows=number, content_hash=sha256(f"{header}:{number}:{total:064x}".encode()).hexdigest())


def _hash_of(cells: Sequence[str]) -> int:
    # Lengths before the texts: ["a", "bc"] and ["ab", "c"] are different rows.
    text = "".join(f"{len(cell)}:{cell}" for cell in cells)
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
