"""Fields and the shape that the forms of the room share."""

from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from opentusk.joining.refusals import fault_words
from opentusk.joining.store import ACTS, ENDINGS, Upload


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A day of the calendar, picked or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


def file_field(label: Any, **options: Any) -> forms.FileField:
    """A file of the kinds that prove something."""
    accept = ",".join(ENDINGS[kind] for kind in options.pop("allowed", ACTS))
    return forms.FileField(label=label, widget=forms.FileInput(attrs={"accept": accept}), **options)


def text_field(label: Any, **options: Any) -> forms.CharField:
    """Some lines of text."""
    rows = options.pop("rows", 3)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=2000, **options)


class FaultForm(forms.Form):
    """A form whose value knows its own faults: they are shown at their fields, in words."""

    def faults(self) -> Mapping[str, str]:
        """Field → code, once every field could be read."""
        return {}

    def clean(self) -> dict[str, Any]:
        """What the fields alone cannot know."""
        typed = super().clean() or {}
        if not self.errors:
            for name, code in self.faults().items():
                self.add_error(name if name in self.fields else None, fault_words(code))
        return typed

    def upload(self, name: str = "file") -> Upload | None:
        """The file of a field, if one was chosen."""
        chosen = self.cleaned_data.get(name)
        return Upload(chosen.name or "", cast(BinaryIO, chosen)) if isinstance(chosen, UploadedFile) else None


class EmptyFileMixin(forms.Form):
    """A file with nothing in it is refused with the words of the room, by the action."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):
                field.allow_empty_file = True


MISSING_FILE = {"required": _("Scegli il file.")}
