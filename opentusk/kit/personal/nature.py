"""What the rows of a table are: people, counts of people, or things."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from opentusk.kit.personal.facts import ColumnFacts, TableFacts, quoted
from opentusk.kit.personal.words import (
    ADDRESS,
    APPLICATION,
    ATTRIBUTES,
    BUSINESS,
    CIVIC,
    COARSE_PLACE,
    COUNT,
    IDENTIFIER,
    PEOPLE,
    PERSON_ID,
    REGIONS_OF_ORIGIN,
    RESIDENCE,
    SPECIAL,
    STREET,
    THING,
)

_SEX = frozenset(
    {"m", "f", "maschi", "femmine", "maschio", "femmina", "uomini", "donne", "uomo", "donna", "mf", "totale"}
)
_INTEGER = re.compile(r"-?\d{1,3}(?:\.\d{3})+|-?\d+(?:[.,]0+)?")
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_SEX_COLUMNS = re.compile(r"\b(?:maschi|femmine|uomini|donne)\b")
_MARITAL_COLUMNS = re.compile(r"\b(?:celibi|nubili|coniugati|vedovi|divorziati)\b")
_FEWEST_ORIGINS = 4
_HOMES = re.compile(f"{RESIDENCE.pattern}|{ADDRESS.pattern}|{STREET.pattern}")


class Nature(StrEnum):
    """What one row stands for."""

    PERSONS = "persons"
    COUNTS = "counts"
    THINGS = "things"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The nature of the table and the columns that made it so.

    `attributes` describe people (name of the column → which attribute), `places` say where they live, `counts` hold
    how many they are, `spread` are attributes that the counts themselves spread out (a column for men, one for women).
    """

    nature: Nature
    attributes: dict[str, str]
    places: tuple[str, ...]
    counts: tuple[str, ...]
    spread: frozenset[str]
    has_business: bool


def read_nature(facts: TableFacts, named: frozenset[str]) -> Reading:
    """Understand the table. `named` are the columns in which people were found by name or by codice fiscale."""
    attributes = {
        column.name: attribute
        for column in facts.columns
        if column.name not in named and (attribute := attribute_of(column))
    }
    counts = tuple(column.name for column in facts.columns if column.name not in attributes and _is_count(column))
    reading = Reading(
        nature=Nature.THINGS,
        attributes=attributes,
        places=tuple(
            column.name
            for column in facts.columns
            if column.name not in (*attributes, *counts, *named) and _is_home(column)
        ),
        counts=counts,
        spread=_spread(facts, counts),
        has_business=any(BUSINESS.search(column.words) for column in facts.columns),
    )
    return replace(reading, nature=_nature(facts, reading, named))


def attribute_of(column: ColumnFacts) -> str:
    """Which attribute of a person the column holds, "" when none."""
    for attribute, label in ATTRIBUTES.items():
        if label.search(column.words) and _fits(attribute, column):
            return attribute
    return ""


def is_number(column: ColumnFacts) -> bool:
    """Whether nearly every cell is a number."""
    matching = sum(count for value, count in column.values.items() if _NUMBER.fullmatch(value))
    return column.share_of(matching) >= 0.95


def _fits(attribute: str, column: ColumnFacts) -> bool:
    """Whether the values allow what the label says: `genere` may be that of a tree, `età` the mean of a town."""
    if attribute == "sesso":
        return bool(column.values) and sum(value.lower() in _SEX for value in column.values) >= 0.5 * len(column.values)
    if attribute == "eta":
        return not re.search(r"\b(?:medi[ao]|indice)\b", column.words)
    if attribute in {"stato_civile", "famiglia"}:
        return not is_number(column) or attribute == "famiglia"
    return True


def _is_count(column: ColumnFacts) -> bool:
    origin = REGIONS_OF_ORIGIN.search(column.words)
    if not (COUNT.search(column.words) or origin) or CIVIC.search(column.words) or PERSON_ID.search(column.words):
        return False
    whole = sum(count for value, count in column.values.items() if _INTEGER.fullmatch(value))
    return column.share_of(whole) >= 0.95


def _is_home(column: ColumnFacts) -> bool:
    """Whether the column says where people live: a house number, a district, or words (a street, not its code)."""
    if CIVIC.search(column.words) or COARSE_PLACE.search(column.words):
        return True
    return bool(_HOMES.search(column.words)) and not (THING.search(column.words) or is_number(column))


def _spread(facts: TableFacts, counts: tuple[str, ...]) -> frozenset[str]:
    words = [column.words for column in facts.columns if column.name in counts]
    found = set()
    if any(_SEX_COLUMNS.search(text) for text in words):
        found.add("sesso")
    if any(_MARITAL_COLUMNS.search(text) for text in words):
        found.add("stato_civile")
    if sum(bool(REGIONS_OF_ORIGIN.search(text)) for text in words) >= _FEWEST_ORIGINS:
        found.add("cittadinanza")
    return frozenset(found)


def _nature(facts: TableFacts, reading: Reading, named: frozenset[str]) -> Nature:
    if named:
        return Nature.PERSONS
    described = len(set(reading.attributes.values())) + len(reading.spread)
    speaks_of_people = bool(PEOPLE.search(facts.words)) or any(
        PERSON_ID.search(column.words) for column in facts.columns
    )
    if reading.counts:
        homes = any(re.search(r"\bresident|\bfamigli|\bpersone|\babitanti", column.words) for column in facts.columns)
        return Nature.COUNTS if described or homes else Nature.THINGS
    said = (facts.title, facts.description, *(column.words for column in facts.columns))
    special = any(label.search(words) for label in SPECIAL.values() for words in said)
    if described >= 2 or (described and speaks_of_people):
        return Nature.THINGS if _is_cross_table(facts, reading) else Nature.PERSONS
    return Nature.PERSONS if speaks_of_people and special and _has_applications(facts) else Nature.THINGS


def _has_applications(facts: TableFacts) -> bool:
    """Whether rows are numbered like the applications or the positions of people."""
    return any(PERSON_ID.search(column.words) or APPLICATION.search(column.words) for column in facts.columns)


def _is_measure(column: ColumnFacts) -> bool:
    return is_number(column) and not IDENTIFIER.search(column.words)


def _is_cross_table(facts: TableFacts, reading: Reading) -> bool:
    """Whether each combination of the other columns comes once and nearly all combinations come: a statistic."""
    measures = [column for column in facts.columns if column.name not in reading.attributes and _is_measure(column)]
    keys = [column for column in facts.columns if column not in measures]
    if not measures or not keys:
        return False
    names = ", ".join(quoted(column.name) for column in keys)
    distincts = ", ".join(f"count(DISTINCT {quoted(column.name)})" for column in keys)
    row = facts.connection.execute(
        f"SELECT (SELECT count(*) FROM (SELECT DISTINCT {names} FROM {quoted(facts.view)})), {distincts} "  # noqa: S608
        f"FROM {quoted(facts.view)}"
    ).fetchone()
    combined, *alone = (int(value) for value in row or (0,))
    possible = 1
    for number in alone:
        possible *= max(1, number)
    return combined == facts.rows and possible <= 2 * facts.rows
