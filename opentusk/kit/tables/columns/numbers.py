"""Numbers as Italian offices write them: which sign is decimal, whether points make groups, which unit stands in cells.

Decided per column from all its values. The last separator is decimal and the other must make groups of three. A column
of nothing but groups (`1.894`) is decided only by proof: in the column itself, or in another column of the file.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from opentusk.kit.tables.columns.values import BLANKS
from opentusk.kit.tables.shapes import ColumnType
from opentusk.kit.tables.workspace import literal

_NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+−]?)\s*(?P<before>€|eur\b\.?|euro\b|\$|£)?\s*(?P<sign2>[-−]?)\s*"
    r"(?P<body>\d[\d.,'’\u00a0\u2009\u202f]*(?:[eE][-+]?\d{1,3})?|[.,]\d+)"
    r"\s*(?P<after>[%‰€$£°µa-zA-Z][\w%‰€²³/.° ]{0,14})?\s*(?P<sign3>[-−])?(?P<close>\))?"
)
_GROUPED = re.compile(r"\d{1,3}(?:['’\u00a0\u2009\u202f]\d{3})+(?=$|[.,])")
_MONEY = re.compile(r"^(€|eur\.?|euro|\$|£)$", re.IGNORECASE)
_RATES = re.compile(r"^[%‰]$")
_UNITS = frozenset(
    """km m mt mq m² m2 kmq km² km2 mc m³ m3 cm mm ha kg g gr t ton q l lt ml hl kw kwh mw mwh gwh h ore ora min minuti
    sec giorni gg mesi anni ab ab. abitanti posti unità pz pezzi °c db dba µg/m³ µg/m3 ug/m3 mg/l mg/nm3 km/h veicoli
    kb mb gb""".split()  # noqa: SIM905 (a list of words is read as words)
)
_OF_MONEY = re.compile(
    r"import|prezz|cost[oi]\b|euro|€|spes[ae]|entrat|budget|bilanci|tariff|stipend|compens|retribu|incass|pagament|"
    r"contribut|fattur|imponib|\biva\b",
    re.IGNORECASE,
)
_OF_PLACES = re.compile(r"(^|[^a-z])(lat|lon|lng|long|coord\w*|latitud\w*|longitud\w*|[xy])([^a-z]|$)", re.IGNORECASE)
_LONGEST_INTEGER = 18  # figures: what fits BIGINT whatever they are


_BLANK = "['’\u00a0\u2009\u202f ]"
_FIGURES = "[0-9][0-9.,'’\u00a0\u2009\u202f]*|[.,][0-9]+"


class Written(StrEnum):
    """How the figures of one value are written."""

    INTEGER = "1234"
    ZEROS = "007"
    POINT_GROUP = "1.234"
    POINT_GROUPS = "1.234.567"
    COMMA_GROUP = "1,234"
    COMMA_GROUPS = "1,234,567"
    POINT_DECIMAL = "12.5"
    COMMA_DECIMAL = "12,5"
    ITALIAN = "1.234,5"
    ENGLISH = "1,234.5"
    EXPONENT = "1.5e5"
    COMMA_EXPONENT = "1,5e5"


_PATTERNS = (
    (Written.ZEROS, r"0\d+"),
    (Written.INTEGER, r"\d+"),
    (Written.POINT_GROUP, r"[1-9]\d{0,2}\.\d{3}"),
    (Written.POINT_GROUPS, r"[1-9]\d{0,2}(\.\d{3}){2,}"),
    (Written.COMMA_GROUP, r"[1-9]\d{0,2},\d{3}"),
    (Written.COMMA_GROUPS, r"[1-9]\d{0,2}(,\d{3}){2,}"),
    (Written.POINT_DECIMAL, r"\d*\.\d+"),
    (Written.COMMA_DECIMAL, r"\d*,\d+"),
    (Written.ITALIAN, r"[1-9]\d{0,2}(\.\d{3})+,\d+"),
    (Written.ENGLISH, r"[1-9]\d{0,2}(,\d{3})+\.\d+"),
    (Written.EXPONENT, r"\d+\.\d+[eE][-+]?\d+|\d+[eE][-+]\d+"),
    (Written.COMMA_EXPONENT, r"\d+,\d+[eE][-+]?\d+"),
)
_COMPILED = tuple((written, re.compile(pattern)) for written, pattern in _PATTERNS)
_FITS = {
    ",": {Written.INTEGER, Written.POINT_GROUP, Written.POINT_GROUPS, Written.COMMA_GROUP, Written.COMMA_DECIMAL,
          Written.ITALIAN, Written.COMMA_EXPONENT},
    ".": {Written.INTEGER, Written.COMMA_GROUP, Written.COMMA_GROUPS, Written.POINT_GROUP, Written.POINT_DECIMAL,
          Written.ENGLISH, Written.EXPONENT},
}  # fmt: skip
_PROVES = {
    ",": {Written.POINT_GROUPS, Written.COMMA_DECIMAL, Written.ITALIAN, Written.COMMA_EXPONENT},
    ".": {Written.COMMA_GROUPS, Written.POINT_DECIMAL, Written.ENGLISH, Written.EXPONENT},
}


@dataclass
class NumberEvidence:
    """What the values of a column say about its numbers, counted in cells."""

    total: int = 0
    written: Counter[Written] = field(default_factory=Counter)
    decimals: dict[Written, set[int]] = field(default_factory=dict)
    units: Counter[str] = field(default_factory=Counter)
    longest: int = 0
    largest_plain: int = 0
    is_bare: bool = True

    def fitting(self, decimal: str) -> int:
        """How many cells are numbers if `decimal` is the decimal sign."""
        return sum(self.written[written] for written in _FITS[decimal])

    @property
    def has_exponents(self) -> bool:
        """Whether a number is written with a power of ten."""
        return bool(self.written[Written.EXPONENT] or self.written[Written.COMMA_EXPONENT])

    def proves(self, decimal: str) -> int:
        """How many cells can be read only so."""
        return sum(self.written[written] for written in _PROVES[decimal])


@dataclass(frozen=True, kw_only=True)
class NumberForm:
    """How to read a column of numbers. `decimal` is the decimal sign, "" for whole numbers without groups."""

    type: ColumnType
    decimal: str
    thousands: str
    scale: int = 0
    precision: int = 0
    unit: str = ""
    units: tuple[str, ...] = ()
    is_guarded: bool = False
    is_bare: bool = True

    @property
    def format(self) -> str:
        """The source's way of writing, by an example."""
        whole = f"1{self.thousands}234" if self.thousands else "1234"
        figures = whole if self.type is ColumnType.INTEGER else f"{whole}{self.decimal or '.'}56"
        return f"{figures} {self.unit}".strip()

    @property
    def sql_type(self) -> str:
        """The type in DuckDB."""
        if self.type is ColumnType.DECIMAL:
            return f"DECIMAL({self.precision},{self.scale})"
        return "BIGINT" if self.type is ColumnType.INTEGER else "DOUBLE"

    def sql(self, text: str) -> str:
        """The number in the SQL expression `text`; NULL where it is not written so."""
        figures = text
        if not self.is_bare:
            # The minus may stand before a currency or behind the figures; brackets are the accountants' minus.
            sign = f"CASE WHEN regexp_matches({text}, '^[^0-9]*[-−(]|[-−]$') THEN '-' ELSE '' END"
            figures = (
                f"{sign} || regexp_replace(regexp_extract({text}, {literal(_FIGURES)}), {literal(_BLANK)}, '', 'g')"
            )
            figures = f"({figures})"
        if self.thousands:
            figures = f"replace({figures}, {literal(self.thousands)}, '')"
        if self.decimal == ",":
            figures = f"replace({figures}, ',', '.')"
        number = f"TRY_CAST({figures} AS {self.sql_type})"
        if self.is_guarded:
            return f"CASE WHEN regexp_full_match({text}, {literal(self._pattern())}) THEN {number} END"
        return number

    def _pattern(self) -> str:
        group, sign = re.escape(self.thousands), re.escape(self.decimal or ".")
        groups = f"|[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+" if group else ""
        if not self.is_bare:
            groups += f"|[0-9]{{1,3}}({_BLANK}[0-9]{{3}})+"
        body = f"([0-9]+{groups})"
        if self.type is not ColumnType.INTEGER:
            body = f"([0-9]+{groups})({sign}[0-9]+)?([eE][-+]?[0-9]+)?|{sign}[0-9]+"
        if self.is_bare:
            return f"[-+]?({body})"
        units = "|".join(re.escape(unit) for unit in self.units if unit) or "€"
        return rf"(?i)\(?\s*[-+−]?\s*({units})?\s*[-−]?\s*({body})[\s\x{{a0}}]*({units})?\s*[-−]?\)?"


@dataclass(frozen=True, kw_only=True)
class NumbersOfColumn:
    """The numbers as they stand, and those that a unit such as `km` keeps from being one."""

    plain: NumberEvidence
    with_units: NumberEvidence


def read_numbers(texts: Iterable[tuple[str, int]]) -> NumbersOfColumn:
    """Look at every value once."""
    plain, with_units = NumberEvidence(), NumberEvidence()
    for text, count in texts:
        plain.total += count
        match = _NUMBER.fullmatch(text.strip(BLANKS))
        if match and bool(match["open"]) == bool(match["close"]):
            unit = (match["before"] or match["after"] or "").strip().lower()
            if is_usual_unit(unit):
                _note(match, unit, count, plain)
            elif unit in _UNITS:
                _note(match, unit, count, with_units)
    with_units.total = plain.total
    return NumbersOfColumn(plain=plain, with_units=with_units)


def is_usual_unit(unit: str) -> bool:
    """Whether everybody reads past it: none, a currency, a share. Other units are proposed for the schema."""
    return not unit or bool(_MONEY.match(unit) or _RATES.match(unit))


def _note(match: re.Match[str], unit: str, count: int, evidence: NumberEvidence) -> None:
    body = match["body"]
    if grouped := _GROUPED.match(body):
        body = re.sub(r"\D", "", grouped[0]) + body[grouped.end() :]
    written = next((written for written, pattern in _COMPILED if pattern.fullmatch(body)), None)
    if written is None or (unit and written is Written.ZEROS):
        return
    evidence.written[written] += count
    evidence.units[unit] += count
    if unit or grouped or match["open"] or "−" in match[0] or match["sign2"] or match["sign3"]:
        evidence.is_bare = False
    mantissa = re.split(r"[eE]", body)[0]
    evidence.longest = max(evidence.longest, len(mantissa))
    if written is Written.INTEGER:
        evidence.largest_plain = max(evidence.largest_plain, int(body[:_LONGEST_INTEGER]))
    else:
        evidence.decimals.setdefault(written, set()).add(len(re.split(r"[.,]", mantissa)[-1]))


def decimal_sign(evidence: NumberEvidence, *, of_file: str) -> str | None:
    """The decimal sign of a column; "" when it has none and needs none, None when nobody can tell.

    `of_file` is the sign that other columns of the file prove.
    """
    comma, point = evidence.proves(","), evidence.proves(".")
    if comma or point:
        return "," if comma >= point else "."
    points, commas = evidence.written[Written.POINT_GROUP], evidence.written[Written.COMMA_GROUP]
    if not points and not commas:
        return ""
    if points and commas:
        return None
    if of_file == ",":
        return ","
    if points and evidence.written[Written.INTEGER] and evidence.largest_plain < 1000:
        # 0 and 3.125 beside coordinates with points are decimals; 611 and 1.016 are not.
        return "." if of_file == "." and evidence.largest_plain < 100 else ","
    return "." if commas and of_file == "." else None


def number_form(label: str, evidence: NumberEvidence, decimal: str) -> NumberForm:
    """How to read the column once its decimal sign is known."""
    written = evidence.written
    thousands = {",": ".", ".": ",", "": ""}[decimal]
    groups = {",": (Written.POINT_GROUP, Written.POINT_GROUPS, Written.ITALIAN),
              ".": (Written.COMMA_GROUP, Written.COMMA_GROUPS, Written.ENGLISH), "": ()}[decimal]  # fmt: skip
    has_groups = any(written[kind] for kind in groups)
    kind, scale = _kind(label, evidence, decimal)
    fitting = evidence.fitting(decimal) if decimal else written[Written.INTEGER]
    unit = max(evidence.units, key=lambda unit: evidence.units[unit], default="")
    return NumberForm(
        type=kind,
        decimal=decimal,
        thousands=thousands if has_groups else "",
        scale=scale,
        precision=18 if evidence.longest + scale <= 18 else 38,
        unit="€" if _MONEY.match(unit) and unit not in "$£" else unit,
        units=tuple(sorted(evidence.units)),
        is_guarded=fitting < evidence.total,
        is_bare=evidence.is_bare,
    )


def _kind(label: str, evidence: NumberEvidence, decimal: str) -> tuple[ColumnType, int]:
    decimals = _decimals(evidence, decimal)
    if not decimals:
        return ColumnType.INTEGER, 0
    is_money = bool(_OF_MONEY.search(label)) or any(_MONEY.match(unit) for unit in evidence.units)
    scale = max(decimals)
    is_exact = not evidence.has_exponents and evidence.longest <= 38
    if is_exact and not _OF_PLACES.search(label) and ((is_money and scale <= 6) or (len(decimals) == 1 and scale <= 4)):
        return ColumnType.DECIMAL, scale
    return ColumnType.NUMBER, 0


def _decimals(evidence: NumberEvidence, decimal: str) -> set[int]:
    """How many decimals the values have, once groups of three are known for what they are."""
    fractional = {
        ",": (Written.COMMA_GROUP, Written.COMMA_DECIMAL, Written.ITALIAN, Written.COMMA_EXPONENT),
        ".": (Written.POINT_GROUP, Written.POINT_DECIMAL, Written.ENGLISH, Written.EXPONENT),
        "": (),
    }[decimal]
    return {scale for kind in fractional for scale in evidence.decimals.get(kind, ())}
