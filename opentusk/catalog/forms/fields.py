"""Form fields for the kinds of value that metadata have."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opentusk.kit.values import repair_date, repair_url

# Wider than the 200 characters of a form: real titles and addresses are long.
_LONGEST_LINE = 2000


class IsoDateField(forms.CharField):
    """A date as exact as it is known: a year, a month, a day or a moment; Italian writing is understood."""

    widget = forms.TextInput(attrs={"placeholder": "2026-05-31", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """The ISO date; "" when nothing was typed."""
        text = super().clean(value)
        if not text:
            return ""
        repaired = repair_date(text).value
        if repaired is None:
            raise ValidationError(
                _("«%(text)s» non è una data: scrivila così: 2026-05-31, oppure 2026-05 o 2026.") % {"text": text}
            )
        return repaired


class AddressField(forms.CharField):
    """One address of the web."""

    widget = forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=_LONGEST_LINE, **options)

    def clean(self, value: Any) -> str:
        """The address with its illegal characters encoded; "" when nothing was typed."""
        return read_address(super().clean(value))


class LinesField(forms.CharField):
    """Several values, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """A stored tuple is shown one value on each line."""
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> Any:
        """The lines that hold something, each once, in their order."""
        lines = (line.strip() for line in super().clean(value).splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class AddressesField(LinesField):
    """Several addresses, one on each line."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """The addresses."""
        return tuple(read_address(line) for line in super().clean(value))


class WordsField(LinesField):
    """Words separated by commas or lines."""

    def prepare_value(self, value: Any) -> Any:
        """A stored tuple is shown on one line."""
        return value if isinstance(value, str) or value is None else ", ".join(value)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The words, each once."""
        return tuple(super().clean((value or "").replace(",", "\n")))


class PairsField(LinesField):
    """Pairs, one on each line, their halves separated by a bar: `Nome | codice`."""

    def prepare_value(self, value: Any) -> Any:
        """Stored pairs are shown as they are typed."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(" | ".join(filter(None, pair)) for pair in value)

    def clean(self, value: Any) -> tuple[tuple[str, str], ...]:
        """The pairs; the second half may be missing."""
        halves = (line.partition("|") for line in super().clean(value))
        return tuple((first.strip(), second.strip()) for first, _bar, second in halves)


def read_address(text: str) -> str:
    """The address, if it is one of the web."""
    if not text:
        return ""
    address = repair_url(text).value or ""
    if not address.startswith(("http://", "https://")):
        raise ValidationError(_("«%(text)s» non è un indirizzo del web: comincia con https://") % {"text": text})
    return address


def keep_unknown_choices(form: forms.Form) -> None:
    """Offer the stored values that a list does not know too: an old value must not be lost by saving the rest."""
    for name, field in form.fields.items():
        if not isinstance(field, forms.ChoiceField):
            continue
        stored = form.get_initial_for_field(field, name) or ()
        values: Sequence[str] = (stored,) if isinstance(stored, str) else stored
        choices = list(cast(Iterable[tuple[str, str]], field.choices))
        known = {value for value, _label in choices}
        field.choices = choices + [(value, value) for value in values if value not in known]
