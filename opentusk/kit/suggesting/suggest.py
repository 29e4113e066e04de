"""All suggestions together: what a form is filled with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opentusk.kit.records import ContactPoint
from opentusk.kit.suggesting.description import suggest_description
from opentusk.kit.suggesting.evidence import Found, columns_of
from opentusk.kit.suggesting.frequency import suggest_frequency
from opentusk.kit.suggesting.naming import read_name, suggest_local_part, suggest_title
from opentusk.kit.suggesting.period import suggest_period
from opentusk.kit.suggesting.place import suggest_place
from opentusk.kit.suggesting.shapes import Body, Habits, Suggestion
from opentusk.kit.suggesting.subjects import (
    match_topics,
    suggest_hvd,
    suggest_keywords,
    suggest_subject,
    suggest_theme,
)
from opentusk.kit.tables.shapes import Examination
from opentusk.kit.vocabularies import ACCESS_RIGHTS, LICENCES


@dataclass(frozen=True, kw_only=True)
class Circumstance:
    """What is known when something is about to be described. `title` is what a person has already called it, "" before;
    `made_at` the times of the file's versions so far; `taken` the local parts of identifiers that the body uses."""

    body: Body
    today: date
    file_name: str = ""
    title: str = ""
    habits: Habits = ()
    made_at: Sequence[datetime] = ()
    taken: Collection[str] = ()


def suggest_metadata(tables: Sequence[Examination], around: Circumstance) -> Mapping[str, Suggestion]:
    """A suggestion for each field of the form that something is known about, by the name of the field."""
    columns = list(columns_of(tables))
    title_said = suggest_title(_names(tables, around), around.body)
    title = around.title or (str(title_said.value) if title_said else "")
    named = read_name(around.file_name, around.body)
    period = suggest_period(columns, named.span, around.today)
    span = period[2] if period else None
    place = suggest_place(columns, named.place, around.body)
    found: dict[str, Suggestion | None] = {
        "title_it": title_said,
        "start_date": period[0] if period else None,
        "end_date": period[1] if period else None,
        "place": place,
        "local_part": suggest_local_part(title, frozenset(around.taken), around.body.territory),
        "description_it": suggest_description(title, tables, span, str(place.value) if place else ""),
        **_about(title, columns, around),
        **_from_habits(around),
    }
    theme = found["theme"]
    said = theme.value[0] if theme and theme.value else ""
    found["accrual_periodicity"] = suggest_frequency(around.made_at, title, said, span, around.habits)
    return {name: suggestion for name, suggestion in found.items() if suggestion and suggestion.value}


def _names(tables: Sequence[Examination], around: Circumstance) -> list[tuple[str, str]]:
    notes = [("notes", note) for table in tables for note in table.notes[:2] if 1 < len(note.split()) <= 15]
    sheets = [("sheet", table.source.label) for table in tables if table.source.key]
    return [("file", around.file_name), *notes, *sheets]


def _about(title: str, columns: Sequence[Found], around: Circumstance) -> dict[str, Suggestion | None]:
    matches = match_topics(title, [found.column.label for found in columns])
    return {
        "theme": suggest_theme(matches, title, around.habits),
        "subject": suggest_subject(matches, title, around.habits),
        "keyword_it": suggest_keywords(matches, title, around.habits),
        "hvd_category": suggest_hvd(matches, title, around.habits),
    }


def _from_habits(around: Circumstance) -> dict[str, Suggestion | None]:
    """Who answers and who publishes: the same as last time."""
    last = next((earlier for earlier in around.habits if earlier.contact), None)
    contact, code = (last.contact, "suggest.contact_last") if last else (around.body.contact, "suggest.contact_of_body")
    publisher = next((earlier for earlier in around.habits if earlier.publisher_name), None)
    name = publisher.publisher_name if publisher else around.body.name
    ipa_code = publisher.publisher_code if publisher else around.body.ipa_code
    by = "suggest.publisher_last" if publisher else "suggest.publisher_of_body"
    licence, rights = LICENCES.by_code("CC_BY_4_0"), ACCESS_RIGHTS.by_code("PUBLIC")
    return {
        **_contact(contact or ContactPoint(), code),
        "publisher_name": Suggestion(value=name, code=by),
        "publisher_code": Suggestion(value=ipa_code, code=by),
        "license": Suggestion(value=licence.iri, code="suggest.licence") if licence else None,
        "access_rights": Suggestion(value=rights.iri, code="suggest.access_rights") if rights else None,
    }


def _contact(contact: ContactPoint, code: str) -> dict[str, Suggestion | None]:
    said = {
        "contact_name": contact.fn,
        "contact_email": contact.has_email,
        "contact_phone": contact.has_telephone,
        "contact_url": contact.has_url,
    }
    return {name: Suggestion(value=text, code=code) for name, text in said.items()}
