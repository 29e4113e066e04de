"""Forms of teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.hackathon.models import Hackathon
from opentusk.reuse.forms import SayingForm


class _NewcomerForm(forms.Form):
    """What is asked of whoever comes into a team: nothing else."""

    school = forms.CharField(
        label=_("Scuola o università"),
        required=False,
        max_length=120,
        help_text=_("Facoltativo: serve solo a contare, per esempio «ITS» o «università»."),
    )
    adult_declared = forms.BooleanField(
        label=_("Dichiaro di essere maggiorenne"), required=False, help_text=_("Non ti chiediamo la data di nascita.")
    )


class TeamForm(_NewcomerForm):
    """A new team."""

    name = forms.CharField(label=_("Nome della squadra"), max_length=120)
    field_order = ("name", "school", "adult_declared")


class JoinForm(_NewcomerForm):
    """Into a team that is there."""

    code = forms.CharField(
        label=_("Codice della squadra"),
        max_length=6,
        help_text=_("Sei caratteri: te lo dice chi ha creato la squadra."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    field_order = ("code", "school", "adult_declared")


class EntryForm(SayingForm):
    """What a team hands in."""

    category = forms.ChoiceField(label=_("Categoria"), required=False)
    field_order = ("title", "category", "abstract", "kind")

    def __init__(self, *args: Any, hackathon: Hackathon, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((name, name) for name in hackathon.categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        if not hackathon.categories:
            del self.fields["category"]
