"""A title that a stranger understands, from the name that a file happened to get."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from opentusk.kit.suggesting.shapes import Body, Suggestion
from opentusk.kit.suggesting.spans import Span, take_spans
from opentusk.kit.suggesting.words import carries_meaning, content_words, fold, split_words, words_of, written_out
from opentusk.kit.values.slugs import slugify
from opentusk.kit.vocabularies.territory import Municipality, find_municipality, find_province, find_region

_EXTENSION = re.compile(
    r"\.(csv|tsv|txt|xlsx?m?|ods|json[l]?|geojson|xml|zip|gz|shp|shapefile|gpkg|kml|kmz|parquet|rdf|ttl|pdf|docx?|odt)$",
    re.IGNORECASE,
)
# Traces of programs, copies and versions.
_TRACE = re.compile(
    r"copia|copie|copy|foglio\d*|sheet\d*|tabella\d*|table\d*|cartel\d*|book\d*|file|csv|xlsx?|json|geojson|shp|utf\d*|"
    r"cp\d+|latin\d*|iso\d*|ansi|windows\d*|def|definitiv[oa]|finale?|ultim[oa]|aggiornat[oa]|agg|rev\d*|v\d+|ver\d*|"
    r"versione|new|nuov[oa]|export|esportazione|estrazione|download|opendata|dataset|bozza|draft|prova|test|tmp|"
    r"untitled|document\d*|[0-9a-f]*\d[0-9a-f]{7,}",
)
_PAIR_TRACES = (("open", "data"), ("data", "set"), ("senza", "nome"), ("senza", "titolo"))
_LONGEST_PLACE = 5
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Name:
    """What a name of a file says: a readable title ("" when nothing is left), a time, a place."""

    title: str
    span: Span | None
    place: str


def read_name(text: str, body: Body) -> Name:
    """Read the name of a file, of a sheet, or the line above a table."""
    bare = unicodedata.normalize("NFC", unquote(text.rpartition("/")[2]))
    while (shorter := _EXTENSION.sub("", bare)) != bare:
        bare = shorter
    without, span = take_spans(bare.replace("_", " "))
    words = _without_traces(split_words(without))
    place, words = _take_place(_trim(words), body)
    return Name(title=_sentence(_trim(words), body), span=span, place=place)


def suggest_title(names: Iterable[tuple[str, str]], body: Body) -> Suggestion | None:
    """The first name that gives a title. `names` are (where it stands, text): `file`, `notes`, `sheet`."""
    readings = [(kind, text, read_name(text, body).title) for kind, text in names]
    good = [reading for reading in readings if reading[2]]
    if not good:
        return None
    # One bare word says less than the line that somebody wrote above the table.
    kind, text, title = next((r for r in good if r[0] == "notes" and len(content_words(good[0][2])) < 2), good[0])
    values = {"text": text[:200]}
    if kind == "notes":
        return Suggestion(value=title, code="suggest.title_from_notes", values=values)
    if kind == "sheet":
        return Suggestion(value=title, code="suggest.title_from_sheet", values=values)
    return Suggestion(value=title, code="suggest.title_from_file", values=values)


def suggest_local_part(title: str, taken: Sequence[str] | frozenset[str], place: str = "") -> Suggestion | None:
    """The name in the address: no version, no year, no extension. `taken` are the ones that are in use."""
    without, _span = take_spans(title)
    words = [word for word in split_words(without) if fold(word) not in words_of("connector")]
    slug = slugify(" ".join(words), limit=60)
    if not slug:
        return None
    others = [f"{slug}-{slugify(place)}"] if place else []
    free = next((name for name in (slug, *others) if name not in taken), None)
    if free is None:
        free = next(name for number in range(2, 10_000) if (name := f"{slug}-{number}") not in taken)
    return Suggestion(value=free, code="suggest.identifier")


def _without_traces(words: list[str]) -> list[str]:
    kept: list[str] = []
    number = 0
    while number < len(words):
        pair = tuple(map(fold, words[number : number + 2]))
        if pair in _PAIR_TRACES:
            number += 2
            continue
        if not _TRACE.fullmatch(fold(words[number])):
            kept.append(words[number])
        number += 1
    return kept


def _take_place(words: list[str], body: Body) -> tuple[str, list[str]]:
    """The place that the words begin with, and the rest; the place stays when nothing else is there."""
    offices = {"comune", "citta", "provincia", "regione"}
    start = 1 if words and fold(words[0]) in offices else 0
    if start and len(words) > 1 and fold(words[1]) in {"di", "del", "della", "dell", "d"}:
        start = 2
    for length in range(min(_LONGEST_PLACE, len(words) - start), 0, -1):
        name = " ".join(words[start : start + length])
        place = _place_named(name, body, is_said=start == 2)
        if place and len(words) > start + length:
            return place, words[start + length :]
    if inside := _place_inside(words, body):
        return inside, words
    return _take_last_place(words, body)


def _take_last_place(words: list[str], body: Body) -> tuple[str, list[str]]:
    """The place at the end, as in "elenco varchi Bologna", and the rest."""
    for length in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
        if place := _place_named(" ".join(words[-length:]), body, is_said=False):
            return place, words[:-length]
    return "", words


def _place_inside(words: list[str], body: Body) -> str:
    """A place after a preposition: "stranieri residenti a Palermo per quartiere"."""
    for start in range(1, len(words)):
        if fold(words[start - 1]) not in {"a", "di", "in", "della", "del", "citta", "comune"}:
            continue
        for length in range(min(_LONGEST_PLACE, len(words) - start), 0, -1):
            if place := _place_named(" ".join(words[start : start + length]), body, is_said=False):
                return place
    return ""


def _place_named(name: str, body: Body, *, is_said: bool) -> str:
    """The place with this name. A municipality of one word may be a common word (Sale, Scala, Ala): it counts when it
    is said to be one, or is the body's own."""
    if len(name) < 3:
        return ""
    if region := find_region(name):
        return region.name
    found: Municipality | None = find_municipality(name)
    if found and (is_said or " " in name or found.name == body.territory or find_province(name)):
        return found.name
    province = find_province(name) if len(name) > 3 else None
    return province.name if province else ""


def _trim(words: list[str]) -> list[str]:
    """Without the connectors that lost what they led to, and without a number at the end."""
    while words and (fold(words[-1]) in words_of("connector") or words[-1].isdigit() or len(words[-1]) == 1):
        words = words[:-1]
    while words and fold(words[0]) in words_of("connector") - {"un", "uno", "una"} and not _is_article(words[0]):
        words = words[1:]
    return words if any(carries_meaning(word) for word in words) else []


def _is_article(word: str) -> bool:
    return fold(word) in {"il", "lo", "la", "i", "gli", "le"}


def _sentence(words: list[str], body: Body) -> str:
    """The words as a sentence: small letters, capitals where names and acronyms have them."""
    said = [_spelled(word) for word in words]
    text = " ".join(_elided(_with_places(said, body)))[:_LONGEST_TITLE].strip()
    return text[:1].upper() + text[1:]


def _spelled(word: str) -> str:
    folded = fold(word)
    if folded in words_of("acronym"):
        return word.upper()
    if folded in written_out():
        return written_out()[folded]
    # `disponibilit`, `qualit`: an accented ending that an address has swallowed.
    is_broken = folded.endswith("it") and len(folded) > 5 and folded not in words_of("complete")
    return word.lower() + ("à" if is_broken else "")


def _with_places(words: list[str], body: Body) -> list[str]:
    """The names of places after a preposition with their capitals."""
    found = list(words)
    for start in range(1, len(words)):
        if fold(words[start - 1]) not in {"a", "di", "in", "da"}:
            continue
        for length in range(min(_LONGEST_PLACE, len(words) - start), 0, -1):
            name = " ".join(words[start : start + length])
            if place := _place_named(name, body, is_said=False):
                found[start : start + length] = place.split() if len(place.split()) == length else [name.title()]
                return found
    return found


def _elided(words: list[str]) -> list[str]:
    """`dell`, `all`, `d` with their apostrophe, joined to the next word."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].endswith("'"):
            joined[-1] += word
        else:
            is_elided = fold(word) in {"dell", "all", "dall", "nell", "sull", "d", "l", "un"} and word != words[-1]
            joined.append(f"{word}'" if is_elided and fold(word) != "un" else word)
    return joined
