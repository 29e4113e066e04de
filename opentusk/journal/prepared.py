"""Questions that are asked at every step, their SQL written once.

Django takes some ten times as long to write a question as a database to answer it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A question whose answer is needed a thousand times: `Prepared(make, -1, "x")(7, "alberi")`.

    `make` gives the query set of values for its stand-ins, which must be possible values; the answer takes others in
    their places, as the database keeps them, and is a list of rows.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *stand_ins: int | str | UUID) -> None:
        self._make = make
        self._stand_ins = stand_ins
        self._written = lru_cache(self._write)

    def __call__(self, *values: int | str | UUID) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        sql, given, places = self._written(connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[at] if place is None else values[place] for at, place in enumerate(places)])
            return list(cursor.fetchall())

    def _write(self, _vendor: str) -> tuple[str, tuple[Any, ...], tuple[int | None, ...]]:
        """The SQL of this database, what it is given, and which value stands in which place of that."""
        sql, given = self._make(*self._stand_ins).query.sql_with_params()
        places = tuple(self._stand_ins.index(one) if one in self._stand_ins else None for one in given)
        missing = [one for place, one in enumerate(self._stand_ins) if place not in places]
        if missing:
            raise ValueError(f"the question does not ask about {missing}")
        return sql, given, places
