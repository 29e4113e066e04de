"""The short forms at the beginning: a file, an address, a service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent, AgentQuerySet
from opentusk.catalog.forms import choices
from opentusk.catalog.forms.fields import AddressField
from opentusk.files.forms import FileForm

_FILE_HELP = _("CSV, Excel, ODS, JSON, GeoJSON, Shapefile in zip… anche così com'è: lo controlliamo noi.")


class HolderForm(forms.Form):
    """Whose data they are: asked only of those who write for several bodies."""

    agent = forms.ModelChoiceField(
        label=_("Di quale ente sono i dati?"), queryset=Agent.objects.none(), to_field_name="ipa_code"
    )

    def __init__(self, *args: Any, agents: AgentQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agent"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agents
        if agents.count() == 1:
            self.initial["agent"] = agents.get().ipa_code
            field.widget = forms.HiddenInput()


class NewFileForm(HolderForm, FileForm):
    """Beginning with a file."""

    field_order = ("agent", "file")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = _FILE_HELP


class AnotherFileForm(FileForm):
    """One more file for a dataset, whose body is known."""

    def __init__(self, *args: Any, agent: Agent, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].widget.attrs["data-agent"] = agent.ipa_code
        self.fields["file"].help_text = _FILE_HELP


class AddressForm(HolderForm):
    """Beginning with the address of a file."""

    address = AddressField(
        label=_("Indirizzo del file"),
        help_text=_("Quello che fa partire lo scaricamento. Per esempio https://www.comune.esempio.it/alberi.csv"),
    )
    is_copied = forms.TypedChoiceField(
        label=_("Che cosa ne facciamo?"),
        coerce=lambda value: value == "copy",
        choices=(
            ("copy", _("Copialo nel portale: lo controlliamo, e i dati si potranno esplorare (consigliato)")),
            ("link", _("Lascialo dov'è: il portale rimanda lì e controlla che risponda")),
        ),
        initial="copy",
        widget=forms.RadioSelect,
    )


class ServiceForm(HolderForm):
    """Beginning with a service."""

    title = forms.CharField(
        label=_("Che cosa offre il servizio?"),
        max_length=200,
        help_text=_("Per esempio: Orari degli autobus in tempo reale."),
    )
    endpoint = AddressField(label=_("Indirizzo a cui risponde"))
    page = AddressField(label=_("Pagina che spiega come usarlo"), required=False)
    format = forms.ChoiceField(
        label=_("In che formato risponde?"), required=False, choices=choices.formats, help_text=_("Di solito JSON.")
    )
