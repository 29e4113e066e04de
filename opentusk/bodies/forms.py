"""Inviting somebody, and asking to be let in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Membership

ROLE_WORDS = _(
    "Il referente decide chi lavora per l'ente; redattore e RTD pubblicano; il revisore approva il lavoro dei "
    "colleghi; il DPO decide quando nei dati ci sono persone."
)


class InviteForm(forms.Form):
    """Whom to invite, and what for."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Ruolo"), choices=Membership.Role.choices, initial=Membership.Role.REDATTORE, help_text=ROLE_WORDS
    )


class AskForm(forms.Form):
    """What somebody wants to do for a body."""

    role = forms.ChoiceField(
        label=_("Ruolo"), choices=Membership.Role.choices, initial=Membership.Role.REDATTORE, help_text=ROLE_WORDS
    )
    message = forms.CharField(
        label=_("Messaggio per il referente"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
