"""Who answers for the catalogue, and which bodies are registered on their own already."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.federation.registering import Contact


class RegistrationForm(forms.Form):
    """What the message needs; nothing of it is kept."""

    name = forms.CharField(label=_("Nome e cognome del referente"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telefono"), max_length=40)
    alone = forms.MultipleChoiceField(
        label=_("Enti già registrati per conto proprio"),
        help_text=_("Escono dall'indirizzo da registrare, altrimenti i loro dataset compaiono due volte."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: object, bodies: Sequence[tuple[Agent, int]] = (), **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["alone"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(agent.slug, f"{agent.name} ({count})") for agent, count in bodies]
        if not bodies:
            del self.fields["alone"]

    def contact(self) -> Contact:
        """The contact as typed; asks for a valid form."""
        facts = self.cleaned_data
        return Contact(facts["name"], facts["email"], facts["phone"])
