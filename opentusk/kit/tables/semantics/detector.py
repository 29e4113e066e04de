"""What a detector is, and what it finds."""

import re
from collections.abc import Callable
from dataclasses import dataclass

IDENTIFIER, LIST = 1.0, 0.95  # shares of the distinct values, of the cells


@dataclass(frozen=True, kw_only=True, slots=True)
class Semantic:
    """What the values of a column are.

    `is_text` says that the column must stay text (a code with leading zeros is no number). `width` is the length to
    which values that lost their leading zeros are filled up, 0 when none did. `crs` are the candidate systems of
    projected coordinates, to be proposed and never assumed. `is_personal` marks what identifies a person by itself.
    """

    name: str
    label_it: str
    is_text: bool
    share: float  # of the non-empty cells
    is_personal: bool = False
    width: int = 0
    crs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Detector:
    """Recognises one kind of value by its content, and by the words that label such a column.

    `pattern` matches every value that `test` accepts, whole (RE2 syntax, so that DuckDB can ask it too). `least` is the
    share that must pass: of all distinct values for an identifier, of the cells for a list. `alone` is how many
    distinct values prove it without a word in the label, 0 when the label must always say so. `width` is the full
    length of a code that may have lost leading zeros. `accepts` and `refuses` are its own examples; a test runs them.
    """

    name: str
    label_it: str
    hints: re.Pattern[str]
    pattern: re.Pattern[str]
    test: Callable[[str], bool]
    accepts: tuple[str, ...]
    refuses: tuple[str, ...]
    least: float = IDENTIFIER
    alone: int = 0
    is_text: bool = True
    is_personal: bool = False
    width: int = 0
    crs: Callable[[list[str]], tuple[str, ...]] | None = None

    def passes(self, value: str) -> bool:
        """Whether one value, without blanks around it, is of this kind."""
        return bool(self.pattern.fullmatch(value)) and self.test(value)

    def is_hinted(self, label_key: str) -> bool:
        """Whether the label of the column says that it holds such values."""
        return bool(self.hints.search(label_key))


def always(_value: str) -> bool:
    """The test of a detector whose pattern says everything."""
    return True


def words(*alternatives: str) -> re.Pattern[str]:
    """Hints: any of these words or phrases (regular expressions) in the key of a label."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")
