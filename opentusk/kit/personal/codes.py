"""Codes with a check digit, and the patterns that find them in any text: DuckDB looks, Python checks the candidates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from opentusk.kit.personal.facts import ColumnFacts, TableFacts, quoted

# DuckDB's expressions are RE2's: no look-around, `\b` at the ends. Blanks inside are allowed, as people group letters.
_DIGIT = "[0-9LMNPQRSTUV]"  # homonyms get letters in place of digits (omocodia)
_CF = rf"[A-Z]{{3}} ?[A-Z]{{3}} ?{_DIGIT}{{2}} ?[A-EHLMPR-T] ?{_DIGIT}{{2}} ?[A-Z]{_DIGIT}{{3}} ?[A-Z]"
_IBAN = r"(?:IT|SM) ?[0-9]{2} ?[A-Z](?: ?[0-9]){10}(?: ?[A-Z0-9]){12}"
_CODE = rf"(?i)\b(?:{_CF}|{_IBAN})\b"
_EMAIL = r"[\w.+-]+@[\w-]+\.[\w.-]*\w"
# A shorter cell, in bytes, holds no code and no address: most columns are not read further.
_SHORTEST_CODE, _SHORTEST_EMAIL = 16, 6
_CANDIDATES, _ADDRESSES = 2_000, 2_000
# Above so many rows each column is looked at by itself, so that cells without anything cost nothing more.
_LONG_TABLE, _COLUMNS_AT_ONCE = 50_000, 200
# Columns whose sampled values come so often are read value by value instead of row by row.
_FEW_VALUES = 0.2

_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
         10, 22, 25, 24, 23), strict=True)
)  # fmt: skip
_EVEN = {
    sign: index % 10 if index < 10 else index - 10 for index, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
_FROM_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")


@dataclass(frozen=True, kw_only=True)
class Codes:
    """What the cells of one column hold: in how many a codice fiscale, an IBAN, an e-mail address; some addresses."""

    tax_codes: int = 0
    ibans: int = 0
    emails: int = 0
    addresses: tuple[str, ...] = field(default=(), repr=False)


def is_codice_fiscale(text: str) -> bool:
    """Whether a text is the checksummed codice fiscale of a person (omocodia included)."""
    code = re.sub(r"\s", "", text).upper()
    if len(code) != 16 or not code.isascii() or not code.isalnum():
        return False
    day = int(code[9:11].translate(_FROM_OMOCODIA)) if code[9:11].translate(_FROM_OMOCODIA).isdigit() else 0
    if not (1 <= day <= 31 or 41 <= day <= 71):
        return False
    total = sum((_ODD if index % 2 == 0 else _EVEN)[sign] for index, sign in enumerate(code[:15]))
    return chr(ord("A") + total % 26) == code[15]


def is_iban(text: str) -> bool:
    """Whether a text is an Italian or Sammarinese IBAN with its check digits (ISO 7064, mod 97)."""
    code = re.sub(r"\s", "", text).upper()
    if len(code) != 27 or not code.isascii() or not code.isalnum():
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def read_codes(facts: TableFacts) -> dict[str, Codes]:
    """What every cell of every column holds, checked; columns without anything are left out."""
    asked = [column for column in facts.columns if column.longest >= _SHORTEST_EMAIL]
    is_long = facts.rows > _LONG_TABLE
    found = {column.name: _in_column(facts, column) for column in asked} if is_long else _in_columns(facts, asked)
    return {column.name: _codes_of(facts, column, *found[column.name]) for column in asked if any(found[column.name])}


def _in_column(facts: TableFacts, column: ColumnFacts) -> tuple[int, int]:
    """In how many cells of a column there is an @, and something that looks like a code."""
    row = facts.connection.execute(
        f"SELECT sum(n) FILTER (contains(cell, '@')), sum(n) FILTER ({_has_code('cell')}) "  # noqa: S608
        f"FROM ({_cells(facts, column)}) WHERE contains(cell, '@') OR ({_has_code('cell')})"
    ).fetchone()
    at_signs, codes = (int(value or 0) for value in row or (0, 0))
    return at_signs, codes


def _in_columns(facts: TableFacts, columns: Sequence[ColumnFacts]) -> dict[str, tuple[int, int]]:
    """The same of many columns at once: on a short and wide table, planning a query costs more than running it."""
    found = dict.fromkeys((column.name for column in columns), (0, 0))
    for start in range(0, len(columns), _COLUMNS_AT_ONCE):
        some = columns[start : start + _COLUMNS_AT_ONCE]
        # Whole rows first: compiling the expression for each column would cost more than looking.
        rows = f"SELECT {_joined(some)} AS cell, {_joined(_long(some))} AS long FROM {quoted(facts.view)}"  # noqa: S608
        test = f"SELECT 1 FROM ({rows}) WHERE contains(cell, '@') OR ({_has_code('long')}) LIMIT 1"  # noqa: S608
        if facts.connection.execute(test).fetchone():
            found |= _in_each(facts, some)
    return found


def _joined(columns: Sequence[ColumnFacts]) -> str:
    return f"concat_ws('|', '', {', '.join(quoted(column.name) for column in columns) or 'NULL'})"


def _long(columns: Sequence[ColumnFacts]) -> list[ColumnFacts]:
    """The columns of which some cell is long enough for a code."""
    return [column for column in columns if column.longest >= _SHORTEST_CODE]


def _in_each(facts: TableFacts, columns: Sequence[ColumnFacts]) -> dict[str, tuple[int, int]]:
    names = [quoted(column.name) for column in columns]
    tests = (f"count(*) FILTER (contains({name}, '@')), count(*) FILTER ({_has_code(name)})" for name in names)
    row = facts.connection.execute(f"SELECT {', '.join(tests)} FROM {quoted(facts.view)}").fetchone() or ()  # noqa: S608
    numbers = [int(value) for value in row]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return dict(zip((column.name for column in columns), pairs, strict=True))


def _codes_of(facts: TableFacts, column: ColumnFacts, at_signs: int, codes: int) -> Codes:
    """What a cell holds is read only where there is something."""
    tax_codes, ibans = _checked(facts, column, codes) if codes else (0, 0)
    emails, addresses = _addresses(facts, column) if at_signs else (0, ())
    return Codes(tax_codes=tax_codes, ibans=ibans, emails=emails, addresses=addresses)


def _has_code(cell: str) -> str:
    return f"strlen({cell}) >= {_SHORTEST_CODE} AND regexp_matches({cell}, '{_CODE}')"


def _cells(facts: TableFacts, column: ColumnFacts) -> str:
    """The cells of a column with how often each comes."""
    name, view = quoted(column.name), quoted(facts.view)
    if len(column.values) <= _FEW_VALUES * column.sampled:
        return f"SELECT {name} AS cell, count(*) AS n FROM {view} GROUP BY ALL"  # noqa: S608
    return f"SELECT {name} AS cell, 1 AS n FROM {view}"  # noqa: S608


def _checked(facts: TableFacts, column: ColumnFacts, codes: int) -> tuple[int, int]:
    """In how many cells the codes are real. The first good batch decides; a bad one only asks for the next."""
    found = facts.connection.execute(
        f"SELECT regexp_extract_all(cell, '{_CODE}'), n FROM ({_cells(facts, column)}) WHERE {_has_code('cell')}"  # noqa: S608
    )
    while cells := found.fetchmany(_CANDIDATES):
        seen = sum(n for _pieces, n in cells)
        real = [sum(n for pieces, n in cells if any(map(is_real, pieces))) for is_real in (is_codice_fiscale, is_iban)]
        if any(real):
            tax_codes, ibans = (max(number, round(codes * number / seen)) for number in real)
            return tax_codes, ibans
    return 0, 0


def _addresses(facts: TableFacts, column: ColumnFacts) -> tuple[int, tuple[str, ...]]:
    """In how many cells there are e-mail addresses, and some of these."""
    row = facts.connection.execute(
        f"SELECT coalesce(sum(n), 0) FROM ({_cells(facts, column)}) "  # noqa: S608
        f"WHERE contains(cell, '@') AND regexp_matches(cell, '{_EMAIL}')"
    ).fetchone() or (0,)
    some = facts.connection.execute(
        f"SELECT regexp_extract(cell, '{_EMAIL}') FROM ({_cells(facts, column)}) "  # noqa: S608
        f"WHERE contains(cell, '@') AND regexp_matches(cell, '{_EMAIL}') LIMIT {_ADDRESSES}"
    ).fetchall()
    return int(row[0]), tuple(str(address) for (address,) in some)
