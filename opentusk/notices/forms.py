"""The form of an announced change."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AnnouncementForm(forms.Form):
    """What will be different, from when, in which columns."""

    text = forms.CharField(
        label=_("Che cosa cambierà"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Con parole semplici: «La colonna comune conterrà il codice ISTAT invece del nome»."),
    )
    on = forms.DateField(
        label=_("Dal giorno"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Chi usa i dati ha bisogno di almeno una settimana per adeguarsi."),
    )
    columns = forms.CharField(
        label=_("Colonne interessate"), required=False, max_length=1000, help_text=_("Separate da virgole.")
    )

    def clean_on(self) -> object:
        """An announcement speaks of the future."""
        day = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Questo giorno è già passato: annuncia una modifica che deve ancora venire."))
        return day

    def clean_columns(self) -> list[str]:
        """The names, one by one."""
        return [name.strip() for name in self.cleaned_data["columns"].split(",") if name.strip()]
