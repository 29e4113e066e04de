"""Names of columns for programs: short, ASCII, unique, and the same from one version of the file to the next."""

import re
import unicodedata
from collections.abc import Sequence

from opentusk.kit.tables.shapes import Column, ColumnType

_LONGEST = 60
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_WORDS = {"%": " perc ", "€": " euro ", "°": " ", "²": "2", "³": "3", "&": " e ", "'": " ", "’": " "}
# Words that the grammar of the data API, or SQL, would take for its own.
_RESERVED = frozenset(
    """all alter analyse analyze and any array as asc asymmetric avg between both bbox case cast check collate column
    columns constraint count create cross current cursor default deferrable desc describe distinct do else end except
    exists false facet facet_size facets fetch for foreign format from full grant group group_by groupby having in
    initially inner intersect into is isnull join labels lambda lateral left like limit max median min natural near not
    notnull null offset on only or order order_by outer page page_size pivot placing primary qualify references
    returning right search select shape show similar some sort sql sum summarize symmetric table then to trailing true
    union unique unpivot using variadic version when where window with""".split()  # noqa: SIM905 (a list of words is read as words)
)


def clean_label(text: str | None) -> str:
    """A header cell on one line, without blanks around it."""
    return " ".join((text or "").replace("\u200b", "").replace("\ufeff", "").split())


def name_columns(labels: Sequence[str], types: Sequence[ColumnType], known: Sequence[Column]) -> tuple[str, ...]:
    """A name for each label. A column of the former version keeps its own: found by label, else by place and type."""
    names: dict[int, str] = {}
    free = {column.name: column for column in known}
    for position, label in enumerate(labels):
        same = next((column for column in free.values() if column.label == label), None)
        if same is not None and label:
            names[position] = free.pop(same.name).name
    for position, column in enumerate(known):
        is_same_place = len(known) == len(labels) and types[position] is column.type
        if is_same_place and column.name in free and position not in names:
            names[position] = free.pop(column.name).name
    taken = {column.name for column in known}
    for position, label in enumerate(labels):
        if position not in names:
            names[position] = _unique(_name(label, position), taken)
            taken.add(names[position])
    return tuple(names[position] for position in range(len(labels)))


def _name(label: str, position: int) -> str:
    text = label
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = _NOT_NAME.sub("_", plain).strip("_")
    if not name:
        return f"colonna_{position + 1}"
    if not name[0].isalpha():
        name = f"c_{name}"
    if name in _RESERVED:
        name = f"{name}_col"
    return name[:_LONGEST].rstrip("_")


def _unique(name: str, taken: set[str]) -> str:
    number, unique = 1, name
    while unique in taken:
        number += 1
        suffix = f"_{number}"
        unique = name[: _LONGEST - len(suffix)].rstrip("_") + suffix
    return unique
