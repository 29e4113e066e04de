"""What those who came say of an event, put together: nothing in it says who."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from opentusk.programme.models import Event, Feedback

# Of fewer answers one could guess whose they are, at the door having seen who came.
FEWEST = 3
_QUESTIONS = ("useful", "clear", "again")
_MARKS = range(1, 6)


@dataclass(frozen=True)
class Answers:
    """One question: the mean, and how many gave each mark from 1 to 5."""

    question: str
    mean: Decimal
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Opinions:
    """How many answered; the questions and the words, when they are enough."""

    number: int
    questions: tuple[Answers, ...] = ()
    words: tuple[str, ...] = ()


def opinions_of(event: Event) -> Opinions:
    """The answers about an event; the words in the order of the alphabet, which is not that of the answers."""
    given = list(event.feedback.values(*_QUESTIONS, "words"))
    if len(given) < FEWEST:
        return Opinions(len(given))
    words = tuple(sorted(said for one in given if (said := one["words"].strip())))
    return Opinions(len(given), tuple(_answers(name, given) for name in _QUESTIONS), words)


def _answers(name: str, given: list[dict[str, Any]]) -> Answers:
    marks = Counter(one[name] for one in given)
    mean = Decimal(sum(mark * number for mark, number in marks.items())) / len(given)
    question = next(str(field.verbose_name) for field in Feedback._meta.fields if field.name == name)
    return Answers(question, mean.quantize(Decimal("0.1"), ROUND_HALF_UP), tuple(marks[mark] for mark in _MARKS))
