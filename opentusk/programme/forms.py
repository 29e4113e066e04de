"""Forms of the programme room for who comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.people.models import World
from opentusk.programme.actions import Person
from opentusk.programme.models import Event


class RegisterForm(forms.Form):
    """Name and address, one's world, the event's questions; nothing on health or food."""

    name = forms.CharField(
        label=_("Nome e cognome"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    world = forms.ChoiceField(
        label=_("A quale mondo appartieni"),
        required=False,
        choices=[("", _("Preferisco non dirlo")), *World.choices],
    )
    body_name = forms.CharField(
        label=_("Ente o organizzazione"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    needs = forms.CharField(
        label=_("Esigenze di accessibilità"),
        required=False,
        max_length=500,
        help_text=_("Che cosa ti serve per partecipare bene. Dopo l'evento lo cancelliamo."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [f"question_{number}" for number in range(len(event.questions))]
        for name, question in zip(self.questions, event.questions, strict=True):
            self.fields[name] = forms.CharField(label=question, max_length=1_000)

    def clean_website(self) -> str:
        """Refuses what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Questo campo resta vuoto."))
        return ""

    def person(self, language: str) -> Person:
        """Who wants to come."""
        said = self.cleaned_data
        return Person(
            email=said["email"],
            name=said["name"],
            world=said["world"],
            body_name=said["body_name"],
            needs=said["needs"],
            answers=[said[name] for name in self.questions],
            language=language,
        )


class FeedbackForm(forms.Form):
    """The three questions, the same for every event."""

    _MARKS = [(number, str(number)) for number in range(1, 6)]
    useful = forms.TypedChoiceField(
        label=_("È stato utile? (1 per niente, 5 molto)"), choices=_MARKS, coerce=int, widget=forms.RadioSelect
    )
    clear = forms.TypedChoiceField(
        label=_("È stato chiaro? (1 per niente, 5 molto)"), choices=_MARKS, coerce=int, widget=forms.RadioSelect
    )
    again = forms.TypedChoiceField(
        label=_("Lo consiglieresti? (1 per niente, 5 molto)"), choices=_MARKS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Che cosa miglioreresti"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
