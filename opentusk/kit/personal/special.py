"""Rule P1: special categories, told apart by what the rows are."""

import re

from opentusk.kit.personal.facts import ColumnFacts, TableFacts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.nature import Nature, Reading
from opentusk.kit.personal.words import PEOPLE, PLACE_CONTEXT, SPECIAL, words_of
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

# A list of categories has few values that come often; free text is not read for words.
_FEW_VALUES = 60
# In a list of people the word is a block, among counts a hint that stops until somebody looks, else only told.
_BY_NATURE = {Nature.PERSONS: Severity.BLOCKS, Nature.COUNTS: Severity.MAJOR, Nature.THINGS: Severity.MINOR}


def find_special(facts: TableFacts, reading: Reading) -> list[PersonalFinding]:
    """One finding per category: in the labels, else in the values, else in title and description."""
    return [found for kind, words in SPECIAL.items() if (found := _category(kind, words, facts, reading))]


def find_in_words(title: str, description: str) -> list[PersonalFinding]:
    """What the description of a dataset makes suspect, before any file is read: people beside a special category."""
    texts = [words_of(title), words_of(description)]
    if not any(PEOPLE.search(text) for text in texts):
        return []
    kinds = [kind for kind, words in SPECIAL.items() if any(_speaks(words, text, Nature.THINGS) for text in texts)]
    return [make_finding(kind, Severity.MAJOR, count=0, share=0.0) for kind in kinds]


def _category(kind: str, words: re.Pattern[str], facts: TableFacts, reading: Reading) -> PersonalFinding | None:
    labelled = [column for column in facts.columns if _speaks(words, column.words, reading.nature)]
    if labelled:
        names = tuple(column.name for column in labelled)
        filled = max(column.filled for column in labelled)
        return make_finding(kind, _BY_NATURE[reading.nature], columns=names, count=filled, share=1.0)
    if reading.nature is not Nature.THINGS:
        for column in facts.columns:
            if share := _share_of_values(words, column, reading.nature):
                severity = _BY_NATURE[reading.nature]
                return make_finding(kind, severity, columns=(column.name,), count=column.estimate(share), share=share)
    if _speaks(words, facts.title, reading.nature) or _speaks(words, facts.description, reading.nature):
        return _in_title(kind, facts, reading)
    return None


def _in_title(kind: str, facts: TableFacts, reading: Reading) -> PersonalFinding | None:
    # Who reads "beneficiari" beside the word looks twice, whatever the columns are called.
    is_about_people = bool(PEOPLE.search(facts.words)) and reading.nature is Nature.THINGS
    severity = Severity.MAJOR if is_about_people else _BY_NATURE[reading.nature]
    return make_finding(kind, severity, count=facts.rows, share=1.0)


def _share_of_values(words: re.Pattern[str], column: ColumnFacts, nature: Nature) -> float:
    if not 0 < len(column.values) <= _FEW_VALUES:
        return 0.0
    matching = sum(count for value, count in column.values.items() if _speaks(words, words_of(value), nature))
    return column.share_of(matching)


def _speaks(words: re.Pattern[str], text: str, nature: Nature) -> bool:
    """Whether the text has a word of the category and does not speak of a place or a service instead."""
    if not words.search(text):
        return False
    return nature is Nature.PERSONS or not PLACE_CONTEXT.search(text)
