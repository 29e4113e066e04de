"""What the desk says of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.consultation.models import Consultation
from opentusk.demand.forms.wishing import theme_choices
from opentusk.demand.models.items import TITLE_LENGTH
from opentusk.programme.states import EventKind


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them."""
        several = data if isinstance(data, list) else [data]
        return [super(_FilesField, self).clean(one, initial) for one in several or [None]]


class ImportForm(forms.Form):
    """Files of a Decidim; they are read and thrown away, so that they are chosen again to confirm."""

    consultation = forms.ModelChoiceField(label=_("Consultazione"), queryset=Consultation.objects.none())
    host = forms.CharField(
        label=_("Nome della piattaforma"),
        max_length=200,
        help_text=_(
            "Per esempio partecipazione.regione.puglia.it: con il numero di ogni cosa dice che cosa è già qui."
        ),
    )
    event_kind = forms.ChoiceField(
        label=_("Di che genere sono gli incontri"),
        choices=[("", _("non importarli")), *EventKind.choices],
        required=False,
    )
    body = forms.ModelChoiceField(
        label=_("Ente a cui assegnare le voci già avviate"), queryset=Agent.objects.none(), required=False
    )
    exports = _FilesField(label=_("File: ZIP dei dati aperti, CSV o JSON"), widget=_SeveralFiles())
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = Consultation.objects.exclude(state=Consultation.State.REPORTED).newest_first()
        self.fields["consultation"].queryset = found  # type: ignore[attr-defined]
        self.fields["body"].queryset = Agent.objects.active().by_name()  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """A line of a list as a wish."""

    title = forms.CharField(label=_("Dato"), max_length=TITLE_LENGTH)
    theme = forms.ChoiceField(label=_("Tema"), choices=theme_choices)
