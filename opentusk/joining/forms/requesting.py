"""The form by which a body asks to join."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.joining.forms.fields import FaultForm, text_field
from opentusk.joining.steps import Faults, JoinRequest


class JoinForm(FaultForm):
    """Who asks, and who sent them; the body itself is chosen before, or described here when IPA does not know it."""

    name = forms.CharField(label=_("Denominazione dell'ente"), max_length=300)
    code = forms.CharField(label=_("Partita IVA"), max_length=40)
    public_interest = text_field(
        _("Quale attività di interesse pubblico svolge"),
        help_text=_("In due righe: per esempio «trasporto pubblico locale nel Comune di …»."),
    )
    requester_name = forms.CharField(
        label=_("Il tuo nome e cognome"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    requester_function = forms.CharField(
        label=_("La tua funzione"), max_length=200, help_text=_("Per esempio: responsabile dei sistemi informativi.")
    )
    requester_email = forms.EmailField(
        label=_("La tua e-mail"),
        help_text=_("Ti mandiamo qui il collegamento per confermare e poi per seguire la richiesta."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    has_body_email = forms.BooleanField(label=_("Questa casella è dell'ente"), required=False)
    delegated_by = forms.CharField(
        label=_("Chi ti incarica"),
        max_length=300,
        required=False,
        help_text=_("Obbligatorio se la casella non è dell'ente: nome e carica di chi ti ha dato l'incarico."),
    )
    # Left empty by people, who do not see it; filled in by programs that fill in everything.
    website = forms.CharField(label=_("Lascia vuoto questo campo"), required=False)

    def __init__(self, *args: Any, is_in_ipa: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_in_ipa = is_in_ipa
        if is_in_ipa:
            del self.fields["public_interest"]
            self.fields["code"].widget = forms.HiddenInput()
            self.fields["name"].help_text = _(
                "Come deve apparire sul portale: l'indice IPA scrive le maiuscole a caso."
            )

    @property
    def is_of_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def value(self) -> JoinRequest:
        """What was asked."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "website"}
        return JoinRequest(is_in_ipa=self.is_in_ipa, **values)

    def faults(self) -> Faults:
        """What the request itself finds wrong."""
        return self.value().faults()
