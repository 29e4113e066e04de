"""The fields of the guide with what we would write in them, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms

from opentusk.kit.suggesting.shapes import Suggestion, Value
from opentusk.publishing.forms.guided import GuidedForm
from opentusk.ui import speech

_TERMS = {
    "theme": "theme",
    "subject": "subtheme",
    "accrual_periodicity": "frequency",
    "license": "licence",
    "access_rights": "access",
    "hvd_category": "hvd",
}
_DATES = frozenset({"start_date", "end_date", "modified", "issued"})
_LONGEST = 160


@dataclass(frozen=True)
class ShownField:
    """A field; `why` says where its value comes from, `proposal` what we would write where it says something else."""

    field: forms.BoundField
    why: str = ""
    proposal: str = ""


def shown_fields(fields: Iterable[forms.BoundField], suggestions: Mapping[str, Suggestion]) -> list[ShownField]:
    """The fields with the reasons of what is in them."""
    return [_shown(field, suggestions.get(field.name)) for field in fields]


def said_values(suggestions: Mapping[str, Suggestion]) -> dict[str, str]:
    """Each suggestion in words, for the buttons that use it."""
    return {name: say_value(name, suggestion.value) for name, suggestion in suggestions.items()}


def say_value(name: str, value: Value) -> str:
    """A value as people say it."""
    if not isinstance(value, str):
        return ", ".join(say_value(name, one) for one in value)
    if name in _TERMS:
        return speech.term_label(value, _TERMS[name]) or value
    if name in _DATES:
        return speech.spoken_date(value)
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST].rstrip()}…"


def with_suggestion(form: GuidedForm, name: str, suggestions: Mapping[str, Suggestion]) -> dict[str, list[str]]:
    """What the form says, with our suggestion in one field and in those that belong to it."""
    typed = {field: sent(form[field].value()) for field in form.fields}
    for field in together_with(name):
        if field in suggestions:
            typed[field] = sent(form.fields[field].prepare_value(suggestions[field].value))
    return typed


def together_with(name: str) -> tuple[str, ...]:
    """The fields that are filled in one click."""
    pairs = {
        "start_date": ("start_date", "end_date"),
        "contact_name": ("contact_name", "contact_email", "contact_phone", "contact_url"),
        "publisher_name": ("publisher_name", "publisher_code"),
    }
    return pairs.get(name, (name,))


def sent(value: object) -> list[str]:
    """The value of a field as a browser sends it."""
    if value is None:
        return [""]
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _shown(field: forms.BoundField, suggestion: Suggestion | None) -> ShownField:
    if suggestion is None:
        return ShownField(field)
    reason = suggestion.reason_en if speech.is_english() else suggestion.reason_it
    is_there = _plain(sent(field.value())) == _plain(sent(field.field.prepare_value(suggestion.value)))
    return ShownField(field, reason, "" if is_there else say_value(field.name, suggestion.value))


def _plain(values: list[str]) -> list[str]:
    return sorted(" ".join(value.split()) for value in values if value.strip())
