"""The form of bulk publishing: a spreadsheet, and its files in a ZIP or one by one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bulk.readiness import Draft
from opentusk.editorial.forms import DeclarationForm
from opentusk.editorial.signing import subject_of
from opentusk.files.forms import FileForm
from opentusk.files.upload_handler import RefusedFile
from opentusk.publishing.forms.starting import HolderForm


class SeveralFilesInput(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, or none."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file, checked."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]


class BatchForm(HolderForm, FileForm):
    """A spreadsheet of descriptions and its files."""

    sheet = forms.FileField(
        label=_("Il foglio"), help_text=_("Il modello compilato, in Excel, ODS o CSV.")
    )  # fmt: skip
    several = SeveralFilesField(
        label=_("Oppure i file, uno per uno"),
        required=False,
        help_text=_("Al posto dello ZIP: puoi sceglierne molti insieme dalla stessa cartella."),
    )
    field_order = ("agent", "sheet", "file", "several")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("Lo ZIP con i file")
        self.fields["file"].help_text = _(
            "Non serve se nel foglio hai scritto solo indirizzi, o se li scegli qui sotto."
        )

    def clean(self) -> dict[str, Any]:
        """The ZIP may be missing: some spreadsheets only hold addresses."""
        typed = forms.Form.clean(self) or {}
        for name in ("file", "sheet"):
            if isinstance(typed.get(name), RefusedFile):
                super().clean()
        return typed

    @property
    def has_archive(self) -> bool:
        """Whether a ZIP was given."""
        return bool(self.cleaned_data.get("file") or self.cleaned_data.get("upload"))


_SHOWN = "shown_"


class SigningForm(DeclarationForm):
    """One declaration for several drafts."""

    rows = forms.TypedMultipleChoiceField(
        label=_("Per quali dataset?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le risposte valgono per tutti quelli scelti. Se per uno sono diverse, toglilo e firmalo da solo."),
        error_messages={"required": _("Scegli almeno un dataset.")},
    )

    def __init__(self, *args: Any, drafts: list[Draft], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.row.number, one.row.dataset.title) for one in drafts if one.is_ready and one.row.dataset]
        field = self.fields["rows"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = choices
        self.initial["rows"] = [number for number, _title in choices]
        for one in drafts:
            if one.is_ready and one.row.dataset:
                seal = subject_of(one.row.dataset).seal
                self.fields[f"{_SHOWN}{one.row.number}"] = forms.CharField(
                    widget=forms.HiddenInput, initial=seal, required=False
                )

    def seals(self) -> list[forms.BoundField]:
        """What each draft held when it was shown, sent back with the answers."""
        return [self[name] for name in self.fields if name.startswith(_SHOWN)]

    def chosen(self) -> dict[int, str]:
        """The seal that was shown for each chosen row, by its number."""
        typed = self.cleaned_data
        return {number: typed.get(f"{_SHOWN}{number}", "") for number in typed["rows"]}
