"""What somebody wants: on a phone at a table, on a card, by request."""

import hashlib
import re
from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.demand.actions import Wish
from opentusk.demand.errors import DemandRefusal
from opentusk.demand.models import Basket, DatalabTable
from opentusk.demand.models.items import TITLE_LENGTH, WORDS_LENGTH
from opentusk.demand.refusals import field_of, words_for
from opentusk.demand.words import THEME_CODES
from opentusk.kit.vocabularies import THEMES
from opentusk.people.models import World
from opentusk.ui.pace import begun, is_begun, is_too_fast
from opentusk.ui.speech import label_of

_SAID = ("title", "use_case", "theme", "producers_text", "world")


def theme_choices(first: list[str] | None = None) -> list[tuple[str, str]]:
    """The thirteen themes, those of a table before the others."""
    codes = sorted(THEME_CODES, key=lambda code: code not in (first or ()))
    return [(code, label_of(term)) for code in codes if (term := THEMES.by_code(code))]


class WishForm(forms.Form):
    """Four fields and a tap. Nothing in it asks who somebody is."""

    title = forms.CharField(
        label=_("Quale dato vorresti?"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Scrivi quale dato vorresti: bastano poche parole.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use_case = forms.CharField(
        label=_("A cosa serve?"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    theme = forms.ChoiceField(label=_("Tema"), choices=theme_choices, required=False, widget=forms.RadioSelect)
    producers_text = forms.CharField(
        label=_("Chi potrebbe averlo?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    world = forms.ChoiceField(
        label=_("Tu sei…"),
        choices=[*World.choices, ("", _("preferisco non dirlo"))],
        required=False,
        widget=forms.RadioSelect,
    )
    client_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    # Left empty by people, who do not see it; filled in by programs that fill in everything.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    begun = forms.CharField(required=False, widget=forms.HiddenInput, initial=begun)

    def __init__(self, *args: Any, table: DatalabTable | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.is_bound and not is_begun(self.data.get("begun", "")):
            # Sent from no page of ours: it gets an instant of its own, and its time begins.
            said: Any = copy(self.data)
            said["begun"] = begun()
            self.data = said
        if table is not None:
            self.fields["theme"].choices = theme_choices(table.themes)  # type: ignore[attr-defined]

    def is_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def came_too_fast(self) -> bool:
        """Whether it came back sooner than people write; the form then says what to do, and keeps what was written."""
        if not is_too_fast(self.cleaned_data["begun"]):
            return False
        words = _("È arrivata così in fretta che sembra mandata da un programma: aspetta due secondi e premi di nuovo.")
        self.add_error(None, words)
        return True

    def wish(self) -> Wish:
        """What was said; bodies of the portal that are named in full are recognised."""
        said = {name: self.cleaned_data.get(name, "") for name in _SAID}
        return Wish(**said, producers=bodies_named(said["producers_text"]))

    def sending_key(self) -> str:
        """The key of this sending: the same words from the same page are one, other words are another wish.

        Who goes back in the browser, writes something else and sends again has a new wish, not a lost one.
        """
        key = self.cleaned_data.get("client_key", "")
        said = "\n".join([key, *(self.cleaned_data.get(name, "") for name in _SAID)])
        return hashlib.sha256(said.encode()).hexdigest() if key else ""

    def refuse(self, refusal: DemandRefusal) -> None:
        """Show what the room refused, beside the field that it is about."""
        name = field_of(refusal)
        self.add_error(name if name in self.fields else None, words_for(refusal))


class RequestForm(WishForm):
    """A request for data, with what helps whoever answers."""

    description = forms.CharField(
        label=_("Descrivilo meglio"),
        max_length=WORDS_LENGTH,
        required=False,
        help_text=_("Formato, dettaglio, anni: quello che serve per riconoscerlo."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    update_need = forms.CharField(label=_("Ogni quanto dovrebbe essere aggiornato?"), max_length=200, required=False)
    geographic_scope = forms.CharField(label=_("Di quale territorio?"), max_length=200, required=False)
    basket = forms.ModelChoiceField(label=_("Edizione"), queryset=Basket.objects.none(), empty_label=None)

    field_order = ("title", "description", "use_case", "theme", "producers_text", "update_need", "geographic_scope")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["world"]
        self.fields["basket"].queryset = Basket.objects.order_by("-edition")  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """What was said."""
        names = ("title", "use_case", "theme", "producers_text", "description", "update_need", "geographic_scope")
        said = {name: self.cleaned_data.get(name, "") for name in names}
        return Wish(**said, producers=bodies_named(said["producers_text"]))


def bodies_named(words: str) -> list[Agent]:
    """The bodies whose whole name stands between commas or semicolons."""
    names = {name.strip().lower() for name in re.split(r"[,;\n]", words) if name.strip()}
    return [agent for agent in Agent.objects.active().by_name() if agent.name.lower() in names] if names else []
