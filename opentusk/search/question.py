"""What is asked of the catalogue: text, filters, order and page, read from an address and written back to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from opentusk.search.schema import FACET_FIELDS
from opentusk.search.words import MAX_CHARACTERS

PAGE_SIZE = 20
LARGEST_PAGE = 100
_MAX_CHOICES = 50


class Sort(models.TextChoices):
    """The orders of a list."""

    RELEVANCE = "relevance", _("più pertinenti")
    DATA = "data", _("dati più recenti")
    METADATA = "metadata", _("metadati più recenti")
    TITLE = "title", _("titolo")
    QUALITY = "quality", _("qualità dei metadati")


@dataclass(frozen=True, kw_only=True)
class Question:
    """`chosen` maps a facet to its wanted values: any of them, and all facets together."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def is_filtered(self) -> bool:
        """Whether any value of a facet is chosen."""
        return bool(self.chosen)

    def without(self, facet: str, value: str) -> "Question":
        """The same question, first page, without one chosen value."""
        left = tuple(kept for kept in self.chosen.get(facet, ()) if kept != value)
        others = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: left} if left else others, page=1)

    def unfiltered(self) -> "Question":
        """The same words, without filters."""
        return replace(self, chosen={}, page=1)

    def asking(self, text: str) -> "Question":
        """Other words, under the same filters."""
        return replace(self, text=text, page=1)

    def at_page(self, page: int) -> "Question":
        """Another page of the same list."""
        return replace(self, page=page)

    def query(self) -> str:
        """The query string that asks this, without what is usual; `read_question` reads it back."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet, value) for facet in FACET_FIELDS for value in self.chosen.get(facet, ())]
        usual = Question()
        numbers = (("sort", self.sort, usual.sort), ("page", self.page, usual.page), ("size", self.size, usual.size))
        pairs += [(name, str(value)) for name, value, default in numbers if value != default]
        return urlencode(pairs)


def read_question(parameters: QueryDict) -> Question:
    """The question of an address. What cannot be understood is ignored: a link that got damaged still shows a list."""
    chosen = {facet: _choices(parameters.getlist(facet)) for facet in FACET_FIELDS}
    sort = parameters.get("sort", "")
    return Question(
        text=parameters.get("q", "").replace("\x00", "").strip()[:MAX_CHARACTERS],
        chosen={facet: values for facet, values in chosen.items() if values},
        sort=Sort(sort) if sort in Sort.values else Sort.RELEVANCE,
        page=_number(parameters.get("page", ""), usual=1, largest=1_000_000),
        size=_number(parameters.get("size", ""), usual=PAGE_SIZE, largest=LARGEST_PAGE),
    )


def _choices(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:_MAX_CHOICES]


def _number(raw: str, *, usual: int, largest: int) -> int:
    number = int(raw[:9]) if raw.isascii() and raw.isdigit() else 0
    return min(number, largest) if number else usual
