"""Forms by which the desk leads the jury to the ranking."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.hackathon.models import Entry, Hackathon
from opentusk.hackathon.states import JurorState


class JurorForm(forms.Form):
    """A juror, named by office."""

    office = forms.CharField(label=gettext_lazy("In quale veste"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    language = forms.ChoiceField(label=gettext_lazy("Lingua della lettera"), choices=settings.LANGUAGES)
    is_president = forms.BooleanField(label=gettext_lazy("Presiede la giuria"), required=False)

    def __init__(self, *args: Any, hackathon: Hackathon, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hackathon = hackathon

    def clean_is_president(self) -> bool:
        """Nobody else presides."""
        presides = bool(self.cleaned_data["is_president"])
        in_office = self._hackathon.jurors.exclude(state=JurorState.REPLACED)
        if presides and in_office.filter(is_president=True).exists():
            raise forms.ValidationError(_("C'è già chi presiede: sostituiscilo prima."))
        return presides


class DecisionForm(forms.Form):
    """How the president orders equal entries."""

    order = forms.CharField(
        label=gettext_lazy("Ordine"), max_length=200, help_text=gettext_lazy("I numeri dei progetti, dal primo: 12, 7")
    )
    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    category = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hackathon: Hackathon, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hackathon = hackathon

    def clean_order(self) -> list[int]:
        """Numbers of entries in the game."""
        parts = [part.strip() for part in str(self.cleaned_data["order"]).split(",") if part.strip()]
        known = set(self.hackathon.entries.in_the_game().values_list("pk", flat=True))
        wrong = [part for part in parts if not part.isdigit() or int(part) not in known]
        if wrong:
            raise forms.ValidationError(_("Non è il numero di un progetto in gara: %(part)s") % {"part": wrong[0]})
        return [int(part) for part in parts]


class AwardForm(forms.Form):
    """A prize or a mention."""

    entry = forms.ModelChoiceField(label=gettext_lazy("Progetto"), queryset=Entry.objects.none())
    label = forms.CharField(label=gettext_lazy("Premio"), max_length=200)
    motivation = forms.CharField(
        label=gettext_lazy("Motivazione"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, hackathon: Hackathon, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entry"]
        field.queryset = hackathon.entries.in_the_game().in_order()
        field.label_from_instance = lambda entry: f"{entry.work.title} · {entry.team.name}"


class MinutesForm(forms.Form):
    """The minutes, that come with the ranking."""

    minutes = forms.CharField(label=gettext_lazy("Verbale"), widget=forms.Textarea(attrs={"rows": 8}))
