"""The JSON door of the search: the same question and the same answer as `/catalogo.json`, described in OpenAPI."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from opentusk.search.cards import cards_of
from opentusk.search.finding import Search
from opentusk.search.lists import list_json
from opentusk.search.question import LARGEST_PAGE, PAGE_SIZE, Sort, read_question

router = Router(tags=["datasets"])


class Asked(Schema):
    """The parameters of a list of datasets; each facet may be given several times."""

    q: str = ""
    theme: list[str] = []
    holder: list[str] = []
    format: list[str] = []
    licence: list[str] = []
    frequency: list[str] = []
    place: list[str] = []
    hvd: list[str] = []
    origin: list[str] = []
    quality: list[str] = []
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE


class DatasetOut(Schema):
    """A dataset in a list. Formats, themes and frequency are codes of the European vocabularies."""

    slug: str
    iri: str
    identifier: str
    title: str
    summary: str
    holder: str
    holder_code: str
    formats: list[str]
    themes: list[str]
    licences: list[str]
    frequency: str
    modified: str
    metadata_modified: str
    band: str
    total: int | None
    is_late: bool
    is_hvd: bool
    is_demo: bool
    page: str


class ChoiceOut(Schema):
    """A value of a facet, and how many datasets it has under the filters of the other facets."""

    value: str
    count: int


class ListOut(Schema):
    """One page of a list."""

    total: int
    page: int
    pages: int
    next: str | None
    previous: str | None
    datasets: list[DatasetOut]
    facets: dict[str, list[ChoiceOut]]


@router.get("/datasets", response=ListOut, summary=f"Cerca i dataset (al più {LARGEST_PAGE} per pagina)")
def list_datasets(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """One page of the list, with the counts of every facet."""
    question = read_question(request.GET)
    search = Search(question)
    found = search.found()
    cards = cards_of(found.ids, today=timezone.localdate())
    return list_json(found, cards, search.counts(), path=request.path)
