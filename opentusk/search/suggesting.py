"""What to offer while somebody types: titles, bodies and themes whose words begin as typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from opentusk.catalog.models import Dataset
from opentusk.kit.vocabularies import THEMES
from opentusk.search.facets import names_of
from opentusk.search.finding import count_hits, find_beginnings
from opentusk.search.question import Question
from opentusk.search.words import forms_of, read_asked
from opentusk.ui.speech import label_of

_TITLES, _BODIES, _THEMES = 6, 3, 3


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """`kind` is dataset, body or theme; `path` is where it leads."""

    kind: str
    label: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Another question that does find something, and how many datasets it has."""

    text: str
    count: int
    query: str


def suggest(text: str) -> list[Suggestion]:
    """A few things to go to at once: themes first, then bodies with datasets, then titles."""
    ids, bodies = find_beginnings(text, titles=_TITLES)
    return [*_themes(text), *_bodies(bodies), *_titles(ids)]


def advise(question: Question) -> list[Advice]:
    """Shorter questions than one that found nothing: without the filters, then each word alone."""
    shorter = [question.unfiltered()] if question.is_filtered and question.text else []
    words = read_asked(question.text).words
    if len(words) > 1:
        shorter += [question.unfiltered().asking(word) for word in words]
    counted = ((other, count_hits(other)) for other in shorter)
    return [Advice(text=other.text, count=count, query=other.query()) for other, count in counted if count]


def _themes(text: str) -> list[Suggestion]:
    asked = forms_of(text)
    named = [theme for theme in THEMES.terms if asked and _begins(asked, forms_of(f"{theme.it} {theme.en}"))]
    return [Suggestion(kind="theme", label=label_of(theme), path=f"/temi/{theme.code}") for theme in named[:_THEMES]]


def _begins(asked: list[str], forms: list[str]) -> bool:
    return all(any(form.startswith(begun) for form in forms) for begun in asked)


def _bodies(counts: Mapping[str, int]) -> list[Suggestion]:
    codes = sorted(counts, key=lambda code: (-counts[code], code))[:_BODIES]
    names = names_of("holder", codes)
    return [
        Suggestion(kind="body", label=names[code], path=f"/catalogo?{urlencode({'holder': code})}")
        for code in codes
        if code in names
    ]


def _titles(ids: tuple[int, ...]) -> list[Suggestion]:
    rows = Dataset.objects.published().in_bulk(ids)
    return [
        Suggestion(kind="dataset", label=rows[pk].title, path=f"/dataset/{rows[pk].slug}") for pk in ids if pk in rows
    ]
