"""Which page of an answer, and how it is written: the same words in every grammar."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from opentusk.kit.queries.errors import BadQuery
from opentusk.kit.queries.shapes import MAX_GROUPS, PAGE_SIZE, Query, Shape

_BOOLEANS = {"true": True, "1": True, "": True, "false": False, "0": False}


@dataclass
class Paging:
    """What has been asked so far."""

    page: int = 1
    has_page: bool = False
    size: int = PAGE_SIZE
    cursor: str = ""
    shape: Shape = Shape.OBJECTS
    labels: bool = False
    has_total: bool = True
    is_part: bool = False

    def take(self, name: str, value: str) -> bool:
        """Take a parameter; whether it was one of these. Raises BadQuery for a value that is not allowed."""
        read = _WORDS.get(name)
        if read is not None:
            read(self, value)
        return read is not None

    def onto(self, query: Query) -> Query:
        """The question with its page."""
        if self.cursor and self.has_page:
            raise BadQuery("query.cursor_and_page")
        return replace(
            query,
            limit=self.size,
            offset=(self.page - 1) * self.size,
            cursor=self.cursor,
            shape=self.shape,
            labels=self.labels,
            has_total=self.has_total,
            is_part=self.is_part,
        )

    def _page(self, value: str) -> None:
        self.page, self.has_page = _whole("page", value, 10**9), True

    def _size(self, value: str) -> None:
        self.size = _whole("page_size", value, MAX_GROUPS)

    def _limit(self, value: str) -> None:
        self.size, self.is_part = _whole("limit", value, 10**9), True

    def _cursor(self, value: str) -> None:
        self.cursor = value

    def _shape(self, value: str) -> None:
        self.shape = Shape(_one_of("shape", value, ("objects", "arrays")))

    def _labels(self, value: str) -> None:
        self.labels = _BOOLEANS[_one_of("labels", value, _BOOLEANS)]

    def _count(self, value: str) -> None:
        self.has_total = _one_of("count", value, ("exact", "none")) == "exact"


_WORDS: dict[str, Callable[[Paging, str], None]] = {
    "page": Paging._page,
    "page_size": Paging._size,
    "limit": Paging._limit,
    "cursor": Paging._cursor,
    "shape": Paging._shape,
    "labels": Paging._labels,
    "count": Paging._count,
}
PAGING_WORDS = tuple(_WORDS)


def _one_of(name: str, value: str, allowed: "tuple[str, ...] | dict[str, bool]") -> str:
    if value not in allowed:
        words = ", ".join(word for word in allowed if word)
        raise BadQuery("query.one_of", column=name, values={"value": value[:60], "allowed": words})
    return value


def _whole(name: str, value: str, most: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 12 and 1 <= int(value) <= most):
        raise BadQuery("query.not_in_range", column=name, values={"value": value[:60], "limit": str(most)})
    return int(value)
