"""What a dataset is about: European theme, EuroVoc sub-theme, keywords, high-value sub-category, each with its why.

Evidence is counted: a word of the title is worth more than a header, a header more than nothing. The words are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from opentusk.kit.suggesting.shapes import Earlier, Habits, Suggestion
from opentusk.kit.suggesting.words import content_words, find_phrase, fold, folded_words, likeness, read_rows, words_of
from opentusk.kit.vocabularies import HVD_CATEGORIES, SUBTHEMES, THEMES

_IN_TITLE, _IN_COLUMN, _MOST_COLUMNS = 10, 3, 4
_ALIKE = 0.6
_MOST_KEYWORDS = 6


@dataclass(frozen=True)
class Topic:
    """One line of our table of subjects."""

    title: tuple[str, ...]
    columns: tuple[str, ...]
    theme: str
    subtheme: str
    hvd: str
    keyword: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A subject that the words point to. `said` are the words of the title, `headers` the columns, as written."""

    topic: Topic
    points: int
    said: tuple[str, ...]
    headers: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Every subject we know words for."""
    return tuple(_topic(row) for row in read_rows("topic"))


def match_topics(title: str, labels: Sequence[str]) -> list[Match]:
    """The subjects that the title and the headers speak of, the likeliest first."""
    words = folded_words(title)
    headers = [(label, folded_words(label)) for label in labels]
    found = (_match(topic, title, words, headers) for topic in topics())
    return sorted((match for match in found if match.points), key=lambda match: -match.points)


def suggest_theme(matches: Sequence[Match], title: str, habits: Habits) -> Suggestion | None:
    """The theme, as the IRI in a list of one."""
    if (earlier := like_before(title, habits)) and earlier.theme:
        return Suggestion(value=earlier.theme, code="suggest.as_before", values={"title": earlier.title})
    if not matches:
        return None
    theme = THEMES.by_code(matches[0].topic.theme)
    return _because(matches[0], (theme.iri,)) if theme else None


def suggest_subject(matches: Sequence[Match], title: str, habits: Habits) -> Suggestion | None:
    """The EuroVoc sub-theme of the suggested theme."""
    if (earlier := like_before(title, habits)) and earlier.subject:
        return Suggestion(value=earlier.subject, code="suggest.as_before", values={"title": earlier.title})
    if not matches or not matches[0].topic.subtheme:
        return None
    term = SUBTHEMES.by_code(matches[0].topic.subtheme)
    return _because(matches[0], (term.iri,)) if term else None


def suggest_keywords(matches: Sequence[Match], title: str, habits: Habits) -> Suggestion | None:
    """Words that people would look for: the subject's, the title's, those of the same data last year."""
    if (earlier := like_before(title, habits)) and earlier.keyword:
        return Suggestion(value=earlier.keyword, code="suggest.as_before", values={"title": earlier.title})
    subject = list(matches[0].topic.keyword) if matches else []
    covered = {word for phrase in subject for word in folded_words(phrase)}
    own = [word for word in _head(title, subject) if fold(word) not in covered]
    found = tuple(dict.fromkeys([*subject, *own]))[:_MOST_KEYWORDS]
    return Suggestion(value=found, code="suggest.keywords") if found else None


def suggest_hvd(matches: Sequence[Match], title: str, habits: Habits) -> Suggestion | None:
    """The high-value sub-category to ask about: a question to a person, never an answer."""
    if (earlier := like_before(title, habits)) and earlier.hvd_category:
        return Suggestion(value=earlier.hvd_category, code="suggest.as_before", values={"title": earlier.title})
    match = next((match for match in matches[:1] if match.topic.hvd), None)
    term = HVD_CATEGORIES.by_code(match.topic.hvd) if match else None
    return _because(match, (term.iri,)) if match and term else None


def like_before(title: str, habits: Habits) -> Earlier | None:
    """What the body published before under nearly the same title, the likest and newest."""
    scored = [(likeness(title, earlier.title), -number, earlier) for number, earlier in enumerate(habits)]
    best = max(scored, key=lambda line: line[:2], default=None)
    return best[2] if best and best[0] >= _ALIKE else None


def _match(topic: Topic, title: str, words: list[str], headers: list[tuple[str, list[str]]]) -> Match:
    places = [place for phrase in topic.title if (place := find_phrase(phrase, words))]
    said = [" ".join(_written(title)[start:end]) for start, end in places]
    labels = [label for label, own in headers if any(find_phrase(phrase, own) for phrase in topic.columns)]
    points = 0
    if places:
        # A longer phrase says more than a word, and what stands first is what the rest only limits.
        longest = max(end - start for start, end in places)
        points = _IN_TITLE * longest + (len(words) - min(start for start, _end in places))
    points += _IN_COLUMN * min(len(labels), _MOST_COLUMNS)
    whole = [words for words in said if not any(words != other and words in other for other in said)]
    return Match(topic, points, tuple(dict.fromkeys(whole)), tuple(labels))


def _head(title: str, subject: Sequence[str]) -> list[str]:
    """The words of the title that name the thing; what comes after "per", "nella"… only limits it."""
    words = title.split()
    limits = [number for number, word in enumerate(words) if number and fold(word) in words_of("connector")]
    head = " ".join(words[: limits[0]]) if limits and subject else title
    return [word if word.isupper() else word.lower() for word in content_words(head)]


def _because(match: Match, value: tuple[str, ...]) -> Suggestion:
    if match.said:
        said = "», «".join(match.said[:2])
        return Suggestion(value=value, code="suggest.because_of_title", values={"words": said})
    columns = "», «".join(match.headers[:3])
    return Suggestion(value=value, code="suggest.because_of_columns", values={"columns": columns})


def _written(title: str) -> list[str]:
    from_words = title.replace("'", " ").split()
    return from_words if len(from_words) == len(folded_words(title)) else folded_words(title)


def _topic(row: dict[str, str]) -> Topic:
    def many(name: str) -> tuple[str, ...]:
        return tuple(filter(None, row[name].split("|")))

    return Topic(many("title"), many("columns"), row["theme"], row["subtheme"], row["hvd"], many("keyword"))
