"""A new wish in a consultation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.demand.forms.wishing import RequestForm, theme_choices


class ProposalForm(RequestForm):
    """What somebody wants that is not in the basket; `is_different` is said after the wishes like it were shown."""

    is_different = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["basket"]
        self.fields["theme"] = forms.ChoiceField(
            label=_("Tema"),
            choices=[("", _("scegli un tema")), *theme_choices()],
            error_messages={"required": _("Scegli uno dei tredici temi.")},
        )

    def words(self) -> str:
        """The words by which wishes like it are found."""
        return f"{self.cleaned_data['title']} {self.cleaned_data['use_case']}"
