"""Names of people in the columns: by what the label says and by how the cells look."""

from dataclasses import dataclass

from opentusk.kit.personal.facts import ColumnFacts, TableFacts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.names import is_company, is_first_name, share_of_names, surnames
from opentusk.kit.personal.words import (
    COARSE_PLACE,
    COUNT,
    FIRST_NAME,
    OFFICIAL,
    PERSON,
    STREET,
    SURNAME,
    THING,
    TOWN,
    WORK,
)
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

# Shares of cells that look like full names. A label that speaks of people needs few of them, any other needs most.
_FEW, _SOME, _MOST = 0.02, 0.2, 0.5
_CERTAIN = 0.1
_FEWEST_VALUES = 3


@dataclass(frozen=True)
class _Name:
    column: ColumnFacts
    severity: Severity
    share: float
    is_part: bool = False  # a surname or a first name alone


def find_names(facts: TableFacts) -> list[PersonalFinding]:
    """The columns that hold names of people. A surname alone, or counted, is only a list of names."""
    filled = [column for column in facts.columns if column.values]
    found = [name for column in filled if (name := _name_in(column))]
    if any(SURNAME.search(name.column.words) for name in found):
        known = {name.column.name for name in found}
        found += [first for column in filled if column.name not in known and (first := _first_name_beside(column))]
    parts = [name for name in found if name.is_part]
    if len(found) == len(parts) == 1 and any(COUNT.search(column.words) for column in facts.columns):
        found = [_Name(parts[0].column, Severity.MINOR, parts[0].share)]
    return [
        make_finding(
            "nome",
            name.severity,
            columns=(name.column.name,),
            count=name.column.estimate(name.share),
            share=name.share,
        )
        for name in found
    ]


def _name_in(column: ColumnFacts) -> _Name | None:
    likely, certain = share_of_names(column.values)
    is_place = any(label.search(column.words) for label in (STREET, COARSE_PLACE, TOWN))
    if SURNAME.search(column.words) and not is_place:
        return _surname(column, max(likely, _share_of_surnames(column)))
    if is_place:
        return None  # streets bear people's names
    official, person = OFFICIAL.search(column.words), PERSON.search(column.words)
    if person or official:
        return _labelled(column, likely, certain, is_official=bool(official and not person))
    if FIRST_NAME.search(column.words) and not THING.search(column.words):
        alone = column.share_of(sum(count for value, count in column.values.items() if is_first_name(value)))
        if alone >= _MOST and len(column.values) >= _FEWEST_VALUES:
            return _Name(column, Severity.BLOCKS, alone, is_part=True)
    return _unlabelled(column, likely, certain)


def _first_name_beside(column: ColumnFacts) -> _Name | None:
    """What is called `nome` beside a column of surnames is the first name, whatever the list of names knows."""
    if not FIRST_NAME.search(column.words) or THING.search(column.words):
        return None
    share = _share_of_words(column)
    return _Name(column, Severity.BLOCKS, share, is_part=True) if share >= _MOST else None


def _surname(column: ColumnFacts, share: float) -> _Name | None:
    """A column of surnames: half of the people have one that no list of the frequent ones holds."""
    if share < _CERTAIN:
        return None
    return _Name(column, Severity.BLOCKS, max(share, _share_of_words(column)), is_part=True)


def _share_of_words(column: ColumnFacts) -> float:
    return column.share_of(
        sum(count for value, count in column.values.items() if not any(sign.isdigit() for sign in value))
    )


def _share_of_surnames(column: ColumnFacts) -> float:
    def known(value: str) -> bool:
        return value.lower().replace(" ", "").replace("'", "") in surnames()

    return column.share_of(sum(count for value, count in column.values.items() if known(value)))


def _labelled(column: ColumnFacts, likely: float, certain: float, *, is_official: bool) -> _Name | None:
    if likely < _FEW or (certain == 0.0 and likely < _MOST):
        return None
    return _Name(column, Severity.MAJOR if is_official else Severity.BLOCKS, likely)


def _unlabelled(column: ColumnFacts, likely: float, certain: float) -> _Name | None:
    if len(column.values) < _FEWEST_VALUES or certain < _CERTAIN or certain < likely / 5:
        return None
    if WORK.search(column.words):
        return _Name(column, Severity.MINOR, likely)  # who wrote a book, or gave a school its name
    is_thing = THING.search(column.words) or any(is_company(value) for value in column.values)
    if likely >= _MOST:
        return _Name(column, Severity.MAJOR if is_thing else Severity.BLOCKS, likely)
    if likely >= _SOME:
        return _Name(column, Severity.MINOR if is_thing else Severity.MAJOR, likely)
    return None
