"""What who leads a table fills in: a card of paper, the tables of an event."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.demand.forms.wishing import WishForm, theme_choices
from opentusk.demand.words import THEME_CODES
from opentusk.journal.subjects import cards_of
from opentusk.people.models import World

# The groups of the datalabs of the programme, two themes at each table.
_GROUPS = "ENER ECON\nTECH EDUC\nTRAN INTR\nAGRI SOCI\nHEAL ENVI\nGOVE REGI JUST"


class CardForm(WishForm):
    """A card of paper, typed in with the keyboard alone."""

    theme = forms.ChoiceField(label=_("Tema"), choices=lambda: [("", "–"), *theme_choices()], required=False)
    world = forms.ChoiceField(label=_("Mondo"), choices=[("", "–"), *World.choices], required=False)
    field_order = ("title", "use_case", "theme", "producers_text", "world")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].widget.attrs["autofocus"] = True
        # One line, so that Enter sends the card.
        self.fields["use_case"].widget = forms.TextInput()


class TablesForm(forms.Form):
    """The tables of an event."""

    event = forms.ChoiceField(label=_("Evento"))
    place = forms.CharField(label=_("Luogo, come si dice: Lecce"), max_length=120, required=False)
    tables = forms.CharField(
        label=_("Tavoli"),
        initial=_GROUPS,
        help_text=_("Una riga per tavolo, con i codici dei suoi temi."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    opens_at = forms.DateTimeField(label=_("Aprono"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    closes_at = forms.DateTimeField(label=_("Chiudono"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    checks_first = forms.BooleanField(label=_("Le voci compaiono dopo un controllo"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cards = {card.subject: card for card in cards_of("programme.event")}
        self.fields["event"].choices = [(name, card.title) for name, card in self.cards.items()]  # type: ignore[attr-defined]

    def clean_tables(self) -> list[list[str]]:
        """The themes of each table."""
        rows = [line.upper().split() for line in self.cleaned_data["tables"].splitlines() if line.strip()]
        if unknown := {code for row in rows for code in row} - set(THEME_CODES):
            known = ", ".join(THEME_CODES)
            raise forms.ValidationError(
                _("Temi sconosciuti: %(unknown)s. I tredici sono %(known)s."),
                params={"unknown": ", ".join(sorted(unknown)), "known": known},
            )
        return rows

    def clean(self) -> dict[str, Any]:
        """They open before they close."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("opens_at") and said.get("closes_at") and said["opens_at"] > said["closes_at"]:
            self.add_error("closes_at", _("I tavoli non possono chiudere prima di aprire."))
        return said


def end_of_today() -> Any:
    """Midnight: until then a table opened by hand takes wishes."""
    return timezone.localtime().replace(hour=23, minute=59, second=59)
