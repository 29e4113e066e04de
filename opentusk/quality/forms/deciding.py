"""What a person decides about a suspicion, and what the decision rests on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.kit.personal import shown_name
from opentusk.quality.errors import AlreadyDecided, MissingEvidence, NamesSomebody, QualityRefusal
from opentusk.quality.evidence import DPIA, FIELDS, METHODS, Draft, lacking
from opentusk.quality.models import PrivacyCase
from opentusk.ui.speech import is_english

_EMPTY = ("", gettext_lazy("scegli"))
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(name: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=FIELDS[name], required=False, max_length=500, help_text=help_text)


def _date(name: str, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=FIELDS[name], required=False, widget=_DATE, help_text=help_text)


class DecisionForm(forms.Form):
    """One decision. Which fields are needed depends on it: the action says so, and `explain` puts its words here."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Che cosa decidi?"), choices=PrivacyCase.Decision.choices, widget=forms.RadioSelect
    )
    excluded_columns = forms.MultipleChoiceField(
        label=gettext_lazy("Colonne da togliere"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Il file originale non sarà mai pubblico; al suo posto il portale pubblica una copia senza queste colonne."
        ),
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Su quale base si può pubblicare?"),
        required=False,
        choices=PrivacyCase.Basis.choices,
        widget=forms.RadioSelect,
    )
    norm = _text("norm", gettext_lazy("Per esempio «D.Lgs. 33/2013, art. 15». Tutti la leggeranno."))
    consent_document = _text("consent_document", gettext_lazy("Ufficio e protocollo, senza nomi di chi ha firmato."))
    method = forms.ChoiceField(label=FIELDS["method"], required=False, choices=(_EMPTY, *METHODS))
    document = _text("document", gettext_lazy("Titolo e protocollo."))
    document_date = _date("document_date")
    dpia = forms.ChoiceField(label=FIELDS["dpia"], required=False, choices=(_EMPTY, *DPIA))
    dpo_opinion = _text("dpo_opinion", gettext_lazy("Protocollo del parere."))
    dpo_opinion_date = _date("dpo_opinion_date")
    purpose = _text("purpose", gettext_lazy("Perché l'elenco è pubblicato e per quali usi. Tutti la leggeranno."))
    valid_until = _date(
        "valid_until",
        gettext_lazy("Facoltativo: dopo questo giorno, per un nuovo file, la decisione ti sarà chiesta di nuovo."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Perché decidi così. Non scrivere i dati delle persone."),
    )

    def __init__(self, *args: Any, case: PrivacyCase, is_dpo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.is_dpo = case, is_dpo
        language = "en" if is_english() else "it"
        columns = dict.fromkeys(column for finding in case.found for column in finding.columns)
        excluded = self.fields["excluded_columns"]
        if isinstance(excluded, forms.MultipleChoiceField):
            excluded.choices = [(name, shown_name(name, language)) for name in columns]
        if not columns:
            # What is suspected is in the title: there is nothing to take away.
            self._drop("excluded_columns")
            decisions = [choice for choice in PrivacyCase.Decision.choices if choice[0] != "exclude"]
            self.fields["decision"] = forms.ChoiceField(
                label=self.fields["decision"].label, choices=decisions, widget=forms.RadioSelect
            )
            self.order_fields(["decision"])
        if is_dpo:
            self._drop("dpo_opinion", "dpo_opinion_date")
        if not any(finding.rule == "P6" for finding in case.found):
            self._drop("purpose")

    def clean(self) -> dict[str, Any]:
        """Everything that this decision needs is asked at once."""
        typed = super().clean() or {}
        draft = self.draft
        if draft.decision:
            missing = lacking(draft, self.case.found, is_dpo=self.is_dpo)
            self._add(
                [name for name in missing if name not in self.errors], _("Serve per questa decisione: compilalo.")
            )
        return typed

    @property
    def draft(self) -> Draft:
        """The decision as typed."""
        typed = self.cleaned_data
        return Draft(
            decision=typed.get("decision", ""),
            basis=typed.get("basis", ""),
            reason=typed.get("reason", ""),
            evidence={name: _as_text(typed[name]) for name in FIELDS if typed.get(name)},
            excluded_columns=typed.get("excluded_columns", ()),
        )

    def explain(self, refusal: QualityRefusal) -> None:
        """Put what the action refused beside the fields that it concerns."""
        match refusal:
            case MissingEvidence(fields=names):
                self._add(names, _("Serve per questa decisione: compilalo."))
            case NamesSomebody(fields=names):
                self._add(names, _("Contiene dati di una persona (codice fiscale, e-mail, telefono o IBAN): toglili."))
            case AlreadyDecided():
                self.add_error(None, _("Qualcuno ha già deciso, o il file è stato sostituito: ricarica la pagina."))
            case _:
                self.add_error(None, _("Non hai il permesso di farlo per questo ente."))

    def _add(self, names: Sequence[str], words: str) -> None:
        for name in names:
            self.add_error(name if name in self.fields else None, words)

    def _drop(self, *names: str) -> None:
        for name in names:
            del self.fields[name]


def _as_text(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
