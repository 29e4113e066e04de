"""The forms of the producer's pages: how a file is written, and what its columns are."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.kit.tables.shapes import Column
from opentusk.tables.display import TYPE_WORDS
from opentusk.tables.models import Table

ENCODINGS = (
    ("", _("decide il portale")),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("iso8859-15", "ISO-8859-15"),
    ("cp850", "DOS 850"),
    ("cp437", "DOS 437"),
    ("mac_roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
)
DELIMITERS = (
    ("", _("decide il portale")),
    (";", _("punto e virgola")),
    (",", _("virgola")),
    ("\t", _("tabulazione")),
    ("|", _("barra verticale")),
)
_TYPE = "type."
_FIELDS = ("title", "description", "unit")


class ReadingForm(forms.Form):
    """How a file is written, where the portal guessed otherwise. One choice of type per column."""

    encoding = forms.ChoiceField(label=_("Codifica dei caratteri"), choices=ENCODINGS, required=False)
    delimiter = forms.ChoiceField(
        label=_("Separatore"), choices=DELIMITERS, required=False, help_text=_("Vale per i file di testo.")
    )

    def __init__(self, *args: object, columns: Sequence[Column], **options: object) -> None:
        """With the columns of the table."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [("", _("decide il portale")), *((kind.value, words) for kind, words in TYPE_WORDS.items())]
        for column in columns:
            self.fields[f"{_TYPE}{column.name}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=False
            )

    @property
    def types(self) -> dict[str, str]:
        """The chosen types, by column."""
        chosen = {
            name.removeprefix(_TYPE): value for name, value in self.cleaned_data.items() if name.startswith(_TYPE)
        }
        return {name: value for name, value in chosen.items() if value}


def reading_initial(table: Table) -> dict[str, str]:
    """What was chosen so far."""
    choices = table.choices
    types = {f"{_TYPE}{name}": value for name, value in choices.get("types", {}).items()}
    return {"encoding": choices.get("encoding", ""), "delimiter": choices.get("delimiter", ""), **types}


class DictionaryForm(forms.Form):
    """Title, description and unit of every column."""

    def __init__(self, *args: object, columns: Sequence[Column], **options: object) -> None:
        """With the columns of the table."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.columns = columns
        for column in columns:
            self.fields[f"title.{column.name}"] = forms.CharField(label=_("Titolo"), max_length=200, required=False)
            self.fields[f"description.{column.name}"] = forms.CharField(
                label=_("Descrizione"),
                max_length=2_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"unit.{column.name}"] = forms.CharField(
                label=_("Unità di misura"), max_length=60, required=False
            )

    def rows(self) -> list[tuple[Column, list[forms.BoundField]]]:
        """The fields of each column."""
        return [(column, [self[f"{name}.{column.name}"] for name in _FIELDS]) for column in self.columns]

    @property
    def dictionary(self) -> dict[str, dict[str, str]]:
        """What was written, by column."""
        return {
            column.name: {name: self.cleaned_data[f"{name}.{column.name}"] for name in _FIELDS}
            for column in self.columns
        }


def dictionary_initial(columns: Sequence[Column]) -> dict[str, str]:
    """What is known of every column; where nobody wrote a title, the label without its underscores is a draft."""
    initial = {}
    for column in columns:
        initial[f"title.{column.name}"] = column.title or spoken_label(column.label)
        initial[f"description.{column.name}"] = column.description
        initial[f"unit.{column.name}"] = column.unit
    return initial


def spoken_label(label: str) -> str:
    """`DATA_NASCITA` is «Data nascita»."""
    words = " ".join(label.replace("_", " ").split())
    return words.capitalize() if words.isupper() or words.islower() else words
