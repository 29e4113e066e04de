"""A controlled vocabulary: looked up exactly when writing and checking, tolerantly when harmonising."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.kit.vocabularies.table import Row, Table, read_table, split_list
from opentusk.kit.vocabularies.terms import Term

T = TypeVar("T", bound=Term)


class Vocabulary(Generic[T]):
    """The terms of one table, read when first asked for.

    `read_row` makes a term of the columns `code`, `iri`, `it`, `en` and the vocabulary's own. The column `iri` may
    be short: it is then the end of an IRI that begins with the scheme. `aka` holds other spellings and IRIs.
    """

    def __init__(self, name: str, read_row: Callable[[Row, str], T]) -> None:
        self.name = name
        self._read_row = read_row

    def __repr__(self) -> str:
        return f"Vocabulary({self.name!r})"

    @cached_property
    def _table(self) -> Table:
        return read_table(self.name)

    @property
    def scheme(self) -> str:
        """The IRI of the concept scheme."""
        return self._table.about["scheme"]

    @property
    def title_it(self) -> str:
        """What the list is called, in Italian."""
        return self._table.about["title_it"]

    @property
    def source(self) -> str:
        """Where the facts of the table come from."""
        return self._table.about["source"]

    @property
    def date(self) -> str:
        """The version or day of the source."""
        return self._table.about["date"]

    @cached_property
    def terms(self) -> tuple[T, ...]:
        """Every term, in the order of the table."""
        return tuple(self._read_row(row, self._iri(row)) for row in self._table.rows)

    def by_iri(self, iri: str) -> T | None:
        """The term whose IRI is exactly this one."""
        return self._by_iri.get(iri)

    def by_code(self, code: str) -> T | None:
        """The term whose official code is exactly this one."""
        return self._by_code.get(code)

    def find(self, text: str) -> T | None:
        """The term that `text` names in one of its known spellings; None rather than a guess."""
        return self._by_key.get(spelling_key(text))

    def _iri(self, row: Row) -> str:
        ending = row.get("iri") or row["code"]
        return ending if "://" in ending else f"{self.scheme}/{ending}"

    @cached_property
    def _by_iri(self) -> Mapping[str, T]:
        return {term.iri: term for term in self.terms}

    @cached_property
    def _by_code(self) -> Mapping[str, T]:
        # The list of places joins three authority tables, and each has its own OP_DATPRO: the first one counts.
        return {term.code: term for term in reversed(self.terms)}

    @cached_property
    def _by_key(self) -> Mapping[str, T]:
        """Codes win over names and names over other spellings; a spelling of two terms of one rank names neither."""
        known: dict[str, T] = {}
        others = [split_list(row.get("aka", "")) for row in self._table.rows]
        for spellings in (
            [(term.code, term.iri) for term in self.terms],
            [(term.it, term.en) for term in self.terms],
            others,
        ):
            known = {**_unambiguous(zip(self.terms, spellings, strict=True)), **known}
        known.pop("", None)
        return known


def _unambiguous(spelled: Iterable[tuple[T, Iterable[str]]]) -> dict[str, T]:
    terms: dict[str, T] = {}
    disputed: set[str] = set()
    for term, spellings in spelled:
        for key in map(spelling_key, spellings):
            if terms.setdefault(key, term) is not term:
                disputed.add(key)
    return {key: term for key, term in terms.items() if key not in disputed}
