"""From the cells of a row to a record, with a problem for each cell that says something we cannot use."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeVar

from opentusk.catalog.records import iris
from opentusk.kit import records as kit
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.harmonise.licences import licence_document
from opentusk.kit.messages import sentence
from opentusk.kit.problems import Severity
from opentusk.kit.sheets.columns import HEADERS
from opentusk.kit.values import repair_date
from opentusk.kit.vocabularies import FREQUENCIES, LICENCES, SUBTHEMES, THEMES, Term, Vocabulary

T = TypeVar("T", bound=Term)


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """A cell that must be mended, or is worth a look: `code` is a key of `kit.messages`."""

    column: str
    code: str
    severity: Severity = Severity.BLOCKS
    values: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """As the row keeps it, with its sentences."""
        values = {"column": HEADERS.get(self.column, self.column), **self.values}
        return {
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message_it": sentence(self.code, "it", values),
            "message_en": sentence(self.code, "en", values),
        }


class RowReader:
    """Reads the cells of one row; what is wrong with them is in `problems`."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.problems: list[CellProblem] = []

    def record(self, stored: kit.Dataset) -> kit.Dataset:
        """The stored record with what the cells say; an empty cell leaves what is there."""
        record = replace(
            stored,
            title=self._text(stored.title, "title"),
            description=self._text(stored.description, "description"),
            theme=self._terms(THEMES, "theme") or stored.theme,
            subject=self._terms(SUBTHEMES, "subtheme") or stored.subject,
            keyword={**stored.keyword, "it": words} if (words := self._words("keyword")) else stored.keyword,
            accrual_periodicity=next(iter(self._terms(FREQUENCIES, "frequency")), stored.accrual_periodicity),
            modified=self._date("modified") or stored.modified,
            temporal=self._period(stored.temporal),
            spatial=(kit.Location(geographic_name=self.cells["place"]),) if "place" in self.cells else stored.spatial,
            contact_point=self._contact(stored.contact_point),
        )
        return harmonise_dataset(record, Defaults(), iris())[0]

    def licence(self) -> kit.LicenseDocument | None:
        """The licence that the row asks for; CC BY 4.0 where it asks for none."""
        asked = self._terms(LICENCES, "license")
        term = LICENCES.by_iri(asked[0]) if asked else LICENCES.by_code("CC_BY_4_0")
        if term and term.openness != "A":
            self._wrong("license", "batch.closed_licence", value=term.it)
        return licence_document(term) if term else None

    def _text(self, stored: kit.Text, column: str) -> kit.Text:
        return {**stored, "it": self.cells[column]} if column in self.cells else stored

    def _words(self, column: str) -> tuple[str, ...]:
        words = (word.strip() for word in self.cells.get(column, "").replace(";", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))

    def _terms(self, vocabulary: Vocabulary[T], column: str) -> tuple[str, ...]:
        """The terms that a cell names, by code or by word."""
        texts = [text.strip() for text in self.cells.get(column, "").split(";") if text.strip()]
        return tuple(iri for text in texts if (iri := self._term(vocabulary, column, text)))

    def _term(self, vocabulary: Vocabulary[T], column: str, text: str) -> str | None:
        term = vocabulary.by_code(text.upper()) or vocabulary.find(text)
        if term:
            return term.iri
        words = [known.it for known in vocabulary.terms if known.it]
        near = next(iter(get_close_matches(text, words, n=1, cutoff=0.5)), words[0])
        self._wrong(column, "batch.unknown_term", value=text, near=near)
        return None

    def _date(self, column: str) -> str | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        # A year in a spreadsheet is a number.
        found = repair_date(text.removesuffix(".0")).value
        if found is None:
            self._wrong(column, "batch.bad_date", value=text)
        return found

    def _period(self, stored: tuple[kit.PeriodOfTime, ...]) -> tuple[kit.PeriodOfTime, ...]:
        start, end = self._date("start"), self._date("end")
        if start and end and end < start[: len(end)]:
            self._wrong("end", "batch.period_backwards", start=start, end=end)
        if end and not start:
            self._wrong("start", "batch.period_without_start")
        return (kit.PeriodOfTime(start_date=start, end_date=end),) if start or end else stored

    def _contact(self, stored: tuple[kit.ContactPoint, ...]) -> tuple[kit.ContactPoint, ...]:
        office, email = self.cells.get("office", ""), self.cells.get("email", "")
        if email and ("@" not in email or " " in email or "." not in email.rpartition("@")[2]):
            self._wrong("email", "batch.bad_email", value=email)
        if not office and not email:
            return stored
        first = next(iter(stored), kit.ContactPoint())
        return (kit.ContactPoint(fn=office or first.fn, has_email=email or first.has_email),)

    def _wrong(self, column: str, code: str, **values: str) -> None:
        self.problems.append(CellProblem(column=column, code=code, values=values))
