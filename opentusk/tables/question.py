"""What the address of the explorer asks: the same words as the data API, plus which view people look at.

A form cannot write `columns=a,b` or leave out what is blank; `tidy` turns what it sent into the words of the API, so
that every state has one address, which people can share and programs can call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

VIEWS = ("righe", "mappa", "colonne", "api")
_VIEW, _CHOSEN, _OPERATOR, _VALUE = "vista", "colonna", "come.", "valore."
_NO_FILTER = {"columns", "search", "page", "page_size", "sort", "cursor", "count", "shape", "labels", "or", "and"}
# What turns the page back to the first one.
_POSITION = {"page", "cursor"}
# Operators that need no value.
_BARE = {"isnull", "isnotnull"}


@dataclass(frozen=True)
class Question:
    """`asked` are the words of the data API in the order of the address; `view` is one of VIEWS."""

    asked: tuple[tuple[str, str], ...]
    view: str = VIEWS[0]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """Only what leaves rows out."""
        return [(name, value) for name, value in self.asked if name not in _NO_FILTER and not name.endswith("__sort")]

    @property
    def columns(self) -> list[str]:
        """The chosen columns; empty means all."""
        return [name for name in self.value("columns").split(",") if name]

    @property
    def sort(self) -> tuple[str, str]:
        """The column and the direction of the order; two empty texts when it is the file's own."""
        for name, value in self.asked:
            if name.endswith("__sort"):
                return name.removesuffix("__sort"), value
        return "", ""

    def value(self, name: str) -> str:
        """The value of one word of the address."""
        return next((value for known, value in self.asked if known == name), "")

    @property
    def api_query(self) -> str:
        """The same question to the data API."""
        return urlencode(self.asked)

    @property
    def export_query(self) -> str:
        """The same question to an export, which has no pages."""
        return urlencode([(name, value) for name, value in self.asked if name not in {"page", "page_size", "cursor"}])

    @property
    def query(self) -> str:
        """The address of this state."""
        view = [(_VIEW, self.view)] if self.view != VIEWS[0] else []
        return urlencode([*self.asked, *view])

    def putting(self, name: str, value: str, *, view: str = "") -> "Question":
        """With a word added or replaced, on the first page."""
        kept = [(known, old) for known, old in self.asked if known != name and known not in _POSITION]
        return Question((*kept, (name, value)) if value else tuple(kept), view or self.view)

    def without(self, name: str, value: str | None = None) -> "Question":
        """Without a word (with this value, when one is given), on the first page."""
        kept = (
            (known, old)
            for known, old in self.asked
            if known not in _POSITION and not (known == name and value in {None, old})
        )
        return Question(tuple(kept), self.view)

    def sorted_by(self, column: str) -> "Question":
        """What a click on a heading asks: up, then down, then the file's own order."""
        current, direction = self.sort
        kept = [(name, value) for name, value in self.asked if not name.endswith("__sort") and name not in _POSITION]
        following = {"asc": "desc", "desc": ""}.get(direction, "asc") if current == column else "asc"
        return Question((*kept, (f"{column}__sort", following)) if following else tuple(kept), self.view)

    def at_page(self, number: int) -> "Question":
        """Another page of the same rows."""
        kept = [(name, value) for name, value in self.asked if name not in _POSITION]
        return Question((*kept, ("page", str(number))) if number > 1 else tuple(kept), self.view)

    def seen_as(self, view: str) -> "Question":
        """The same rows in another view."""
        return Question(self.without("page").asked, view)

    @property
    def cleared(self) -> "Question":
        """All rows again, with the same columns and order."""
        left_out = {name for name, _value in self.filters} | {"search", "or", "and"} | _POSITION
        return Question(tuple((name, value) for name, value in self.asked if name not in left_out), self.view)


def question_of(sent: QueryDict) -> Question:
    """Read an address or a form."""
    view = sent.get(_VIEW, VIEWS[0])
    asked = [*_plain(sent), *_composed(sent)]
    if chosen := [name for name in sent.getlist(_CHOSEN) if name]:
        asked.append(("columns", ",".join(chosen)))
    return Question(tuple(dict.fromkeys(asked)), view if view in VIEWS else VIEWS[0])


def is_tidy(sent: QueryDict, question: Question) -> bool:
    """Whether the address is already the one of its state."""
    pairs = [(name, value) for name, values in sent.lists() for value in values]
    return sorted(pairs) == sorted([*question.asked, *([(_VIEW, question.view)] if question.view != VIEWS[0] else [])])


def _plain(sent: QueryDict) -> Iterable[tuple[str, str]]:
    for name, values in sent.lists():
        if name in {_VIEW, _CHOSEN} or name.startswith((_OPERATOR, _VALUE)):
            continue
        for value in values:
            if value.strip():
                yield name, value.strip()


def _composed(sent: QueryDict) -> Iterable[tuple[str, str]]:
    """`come.eta=gte` and `valore.eta=18` are `eta__gte=18`."""
    for name in sent:
        if not name.startswith(_OPERATOR):
            continue
        column, operator = name.removeprefix(_OPERATOR), sent.get(name, "")
        value = sent.get(f"{_VALUE}{column}", "").strip()
        if operator in _BARE:
            yield f"{column}__{operator}", "true"
        elif operator and value:
            yield f"{column}__{operator}", value


def in_list(values: Sequence[str]) -> str:
    """Several values as one, the way of the API: commas, and quotes where a value has one."""
    return ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' if set(value) & set(',"') else value for value in values)
