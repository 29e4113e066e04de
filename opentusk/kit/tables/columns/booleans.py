"""Yes and no, as they are written: `sì/no`, `S/N`, `vero/falso`, `X` or nothing, `1/0` where the label says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from opentusk.kit.tables.columns.values import BLANKS
from opentusk.kit.tables.workspace import literal

_PAIRS = (
    ("sì/no", frozenset(("sì", "si", "si'", "sí", "s̀i", "s.ì")), frozenset(("no",))),
    ("S/N", frozenset(("s",)), frozenset(("n",))),
    ("vero/falso", frozenset(("vero", "v")), frozenset(("falso", "f"))),
    ("true/false", frozenset(("true", "t")), frozenset(("false", "f"))),
    ("yes/no", frozenset(("yes", "y")), frozenset(("no", "n"))),
    ("1/0", frozenset(("1",)), frozenset(("0",))),
)
_TICKS = frozenset(("x", "✓", "✔", "☑"))
# A label that asks a question; `1/0` needs one, and one value alone too.
_ASKS = re.compile(
    r"\bflag\b|\bs[iì]'?\s?/\s?no\b|\bs/n\b|vero/falso|\b(is|has)_|^(is|has)\b|\battiv[oa]\b|\babilitat[oa]\b|"
    r"\bpresen(te|za)\b|\baccessibil|\bdisponibil[ei]\b|\bvisibile\b|\?$",
    re.IGNORECASE,
)
# The siglas of Siena and Novara, and whatever else two letters stand for.
_IS_CODE = re.compile(r"prov|sigla|sess|gener", re.IGNORECASE)
_LIKE_CODES = frozenset(("sì/no", "S/N", "yes/no"))


@dataclass(frozen=True, kw_only=True)
class BooleanForm:
    """Which texts mean true and false; with `blank_is_false` an empty cell means no."""

    format: str
    trues: tuple[str, ...]
    falses: tuple[str, ...]
    blank_is_false: bool = False

    def sql(self, text: str) -> str:
        """The boolean in the SQL expression `text`."""
        if self.blank_is_false:
            return f"{text} IS NOT NULL"
        yes, no = (", ".join(map(literal, values)) for values in (self.trues, self.falses))
        return f"CASE WHEN {text} IN ({yes or 'NULL'}) THEN true WHEN {text} IN ({no or 'NULL'}) THEN false END"


def boolean_form(
    label: str, texts: Iterable[tuple[str, int]], *, has_blanks: bool, is_said: bool = False
) -> BooleanForm | None:
    """How to read the column, if it is one of yes and no; `is_said` when a person says that it is."""
    values = {text.strip(BLANKS) for text, _count in texts}
    keys = {value.lower() for value in values}
    if not keys or len(keys) > 6:
        return None
    is_code = bool(_IS_CODE.search(label)) and not is_said
    asks = is_said or bool(_ASKS.search(label))
    for name, trues, falses in _PAIRS:
        if keys <= trues | falses and not (is_code and name in _LIKE_CODES):
            has_both = bool(keys & trues and keys & falses)
            if asks or (has_both and name != "1/0"):
                yes = tuple(sorted(value for value in values if value.lower() in trues))
                no = tuple(sorted(value for value in values if value.lower() in falses))
                return BooleanForm(format=name, trues=yes, falses=no)
    if keys <= _TICKS and has_blanks and len(keys) == 1:
        return BooleanForm(format="X/", trues=tuple(values), falses=(), blank_is_false=True)
    return None
