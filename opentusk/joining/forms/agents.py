"""What is said of a body, and closing and opening it."""

from collections.abc import Mapping

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.joining.forms.fields import FaultForm, date_field, text_field

FIELDS = (
    "name", "kind", "territory", "istat_code", "description", "site", "contact_name", "contact_email", "contact_phone",
)  # fmt: skip


class AgentForm(forms.Form):
    """The data of a body; its IPA code is nobody's to change."""

    name = forms.CharField(label=_("Nome"), max_length=300)
    kind = forms.ChoiceField(label=_("Tipo"), choices=Agent.Kind.choices)
    territory = forms.CharField(label=_("Territorio"), max_length=120, required=False)
    istat_code = forms.RegexField(
        r"^[0-9]{0,10}$",
        label=_("Codice ISTAT del territorio"),
        required=False,
        help_text=_("Sei cifre per un Comune, con gli zeri davanti."),
        error_messages={"invalid": _("Solo cifre.")},
    )
    description = forms.CharField(
        label=_("Presentazione"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Che cosa fa l'ente, in poche righe: si legge sulla sua pagina."),
    )
    site = forms.URLField(label=_("Sito"), max_length=500, required=False, assume_scheme="https")
    contact_name = forms.CharField(label=_("Ufficio che risponde al pubblico"), max_length=200, required=False)
    contact_email = forms.EmailField(label=_("E-mail dell'ufficio"), required=False)
    contact_phone = forms.CharField(label=_("Telefono dell'ufficio"), max_length=60, required=False)

    @classmethod
    def of(cls, agent: Agent) -> "AgentForm":
        """The form with what is known."""
        return cls(initial={name: getattr(agent, name) for name in FIELDS})


class StateForm(FaultForm):
    """Why and since when a body changes its state."""

    reason = text_field(_("Motivo"), help_text=_("Lo leggono la redazione e i referenti dell'ente, non il pubblico."))
    on = date_field(_("Dal"))

    def faults(self) -> Mapping[str, str]:
        """A state begins today or began before."""
        return {"on": "in_future"} if self.cleaned_data["on"] > timezone.localdate() else {}
