"""The form of a source."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.harvest.actions import SourceSettings
from opentusk.harvest.models import HarvestSource, SourceQuerySet
from opentusk.harvest.permissions import can_add
from opentusk.harvest.sources import source_kinds
from opentusk.journal.actors import Actor
from opentusk.kit.mapping.ckan_sources import LONGEST_ADDRESS
from opentusk.kit.vocabularies import FREQUENCIES, LANGUAGES, LICENCES, THEMES, Vocabulary

_EVERY = (("", _("solo quando lo chiedi")), (6, _("ogni 6 ore")), (24, _("ogni giorno")), (168, _("ogni settimana")))
_QUERY_FILTERS = ("fq", "organization", "q", "query")
_HOLDER_FILTERS = ("only_holders", "except_holders")
_DEFAULTS: dict[str, Vocabulary[Any]] = {
    "theme": THEMES,
    "license": LICENCES,
    "language": LANGUAGES,
    "frequency": FREQUENCIES,
}


class SourceListForm(forms.Form):
    """What narrows the list of sources."""

    q = forms.CharField(label=_("Cerca"), required=False)
    tipo = forms.ChoiceField(label=_("Tipo"), required=False)
    stato = forms.ChoiceField(
        label=_("Stato"),
        required=False,
        choices=(
            ("", _("tutti")),
            ("active", _("attive")),
            ("paused", _("in pausa")),
            ("trouble", _("in difficoltà")),
            ("never", _("mai raccolte")),
        ),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked)
        kinds = self.fields["tipo"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [("", _("tutti")), *((kind.name, kind.label) for kind in source_kinds().values())]

    def chosen(self) -> SourceQuerySet:
        """The sources asked for; a choice that does not exist narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        found = HarvestSource.objects.about(asked.get("q", "")).in_state(asked.get("stato", ""))
        return found.filter(kind=asked["tipo"]) if asked.get("tipo") else found


class ImportForm(forms.Form):
    """The list of the sources of another catalogue."""

    file = forms.FileField(
        label=_("Elenco delle sorgenti"),
        help_text=_("Il file JSON di harvest_source_list, come lo dà dati.gov.it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )


class SourceForm(forms.Form):
    """What people decide about a source."""

    name = forms.CharField(label=_("Nome"), max_length=200)
    kind = forms.ChoiceField(label=_("Tipo"), widget=forms.RadioSelect)
    url = forms.URLField(label=_("Indirizzo"), max_length=LONGEST_ADDRESS, assume_scheme="https")
    role = forms.ChoiceField(label=_("Ruolo"), choices=HarvestSource.Role.choices)
    agent = forms.ModelChoiceField(
        label=_("Titolare"),
        queryset=Agent.objects.none(),
        required=False,
        help_text=_("Il titolare dei dataset che non ne dicono uno. Per il catalogo di un ente è obbligatorio."),
    )
    frequency_hours = forms.TypedChoiceField(
        label=_("Quando"), choices=_EVERY, coerce=int, empty_value=None, required=False
    )
    fq = forms.CharField(
        label=_("Filtro della sorgente"),
        required=False,
        help_text=_(
            "Il valore di fq, per esempio organization:lecce; per un CSW una condizione CQL, per Opendatasoft una "
            "condizione where."
        ),
    )
    organization = forms.CharField(label=_("Organizzazione (CKAN, udata)"), required=False)
    q = forms.CharField(
        label=_("Parole cercate (RNDT, Socrata)"),
        required=False,
        help_text=_("Per raccogliere solo i dataset che la sorgente trova con queste parole."),
    )
    query = forms.CharField(
        label=_("Interrogazione (SPARQL)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Una CONSTRUCT che dà dcat:Dataset. Con {limit} e {offset} viene fatta una pagina alla volta."),
    )
    only_holders = forms.CharField(
        label=_("Solo questi titolari"), required=False, help_text=_("Codici IPA separati da spazi.")
    )
    except_holders = forms.CharField(
        label=_("Senza questi titolari"),
        required=False,
        help_text=_("Codici IPA separati da spazi: gli enti che hanno una sorgente propria."),
    )
    theme = forms.ChoiceField(label=_("Tema, se manca"), required=False)
    license = forms.ChoiceField(label=_("Licenza, se manca"), required=False)
    language = forms.ChoiceField(label=_("Lingua, se manca"), required=False)
    frequency = forms.ChoiceField(label=_("Frequenza, se manca"), required=False)

    def __init__(self, posted: Mapping[str, Any] | None, *, by: Actor, source: HarvestSource | None = None) -> None:
        super().__init__(posted, initial=_initial(source) if source else None)
        self._by = by
        self._choices("kind").choices = [
            (kind.name, format_html('<strong>{}</strong><br><span class="text-break">{}</span>', kind.label, kind.help))
            for kind in source_kinds().values()
        ]
        allowed = [agent.pk for agent in Agent.objects.active() if can_add(by, agent, HarvestSource.Role.BODY)]
        agents = self.fields["agent"]
        assert isinstance(agents, forms.ModelChoiceField)
        agents.queryset = Agent.objects.filter(pk__in=allowed).by_name()
        for name, vocabulary in _DEFAULTS.items():
            self._choices(name).choices = _terms(vocabulary)

    def clean(self) -> dict[str, Any]:
        """A body's catalogue names its body; a body's people add their own only."""
        cleaned = super().clean() or {}
        role, agent = cleaned.get("role"), cleaned.get("agent")
        if role == HarvestSource.Role.BODY and agent is None and "agent" not in self.errors:
            self.add_error("agent", _("Scegli l'ente di cui questo è il catalogo."))
        elif role and not can_add(self._by, agent, role):
            self.add_error("role", _("Solo la redazione regionale aggiunge cataloghi di più enti."))
        kind = source_kinds().get(cleaned.get("kind", ""))
        for name in _QUERY_FILTERS:
            if kind and cleaned.get(name) and name not in kind.filters:
                self.add_error(name, _("Il tipo di sorgente che hai scelto non conosce questo filtro: svuotalo."))
        return cleaned

    def chosen(self) -> SourceSettings:
        """The settings of a valid form."""
        cleaned = self.cleaned_data
        filters = {name: cleaned[name] for name in _QUERY_FILTERS if cleaned[name]}
        holders = {name: cleaned[name].lower().replace(",", " ").split() for name in _HOLDER_FILTERS if cleaned[name]}
        return SourceSettings(
            **{name: cleaned[name] for name in ("name", "kind", "url", "agent", "role", "frequency_hours")},
            filters={**filters, **holders},
            defaults={name: cleaned[name] for name in _DEFAULTS if cleaned[name]},
        )

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


def _terms(vocabulary: Vocabulary[Any]) -> list[tuple[str, str]]:
    return [("", "—"), *((term.iri, term.it) for term in vocabulary.terms)]


def _initial(source: HarvestSource) -> dict[str, Any]:
    own = {name: getattr(source, name) for name in ("name", "kind", "url", "role", "agent", "frequency_hours")}
    filters = {name: " ".join(value) if isinstance(value, list) else value for name, value in source.filters.items()}
    return {**own, **filters, **source.defaults}
