"""The forms of the editorial room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.forms import choices
from opentusk.catalog.models import Dataset
from opentusk.editorial.errors import Unanswered
from opentusk.editorial.questions import NO, QUESTIONS, YES, Question, question
from opentusk.files.forms import FileForm

# The rule for new data (AgID requirement 20).
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_SHORT = forms.Textarea(attrs={"rows": 3})


class Asked(NamedTuple):
    """A question with its two fields."""

    question: Question
    answer: forms.BoundField
    note: forms.BoundField


class DeclarationForm(forms.Form):
    """The legal check-list: an answer to each question, and words where the answer asks for them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in QUESTIONS:
            self.fields[f"answer_{one.code}"] = forms.ChoiceField(
                label=one.text,
                help_text=one.help,
                choices=[(YES, _("Sì")), (NO, _("No"))],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note_{one.code}"] = forms.CharField(
                label=_("Spiegazione"), help_text=one.way_out, required=False, max_length=2000, widget=_SHORT
            )

    def asked(self) -> list[Asked]:
        """The questions in their order."""
        return [Asked(one, self[f"answer_{one.code}"], self[f"note_{one.code}"]) for one in QUESTIONS]

    def answers(self) -> dict[str, dict[str, str]]:
        """As the declaration keeps them."""
        typed = self.cleaned_data
        return {
            one.code: {"answer": typed[f"answer_{one.code}"], "note": typed[f"note_{one.code}"]} for one in QUESTIONS
        }

    def show_refused(self, refusal: Unanswered) -> None:
        """Say beside each question what keeps the declaration from being signed."""
        for code in refusal.missing:
            self.add_error(f"answer_{code}", _("Rispondi sì o no."))
        for code in refusal.unexplained:
            self.add_error(f"note_{code}", _("Con questa risposta serve una spiegazione."))
        for code in refusal.forbidding:
            self.add_error(f"answer_{code}", _("Così non si può pubblicare. %s") % question(code).way_out)

    @staticmethod
    def initial_of(answers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """What the form shows of answers that were given before."""
        found = {f"answer_{code}": given.get("answer", "") for code, given in answers.items()}
        return found | {f"note_{code}": given.get("note", "") for code, given in answers.items()}


class NewFileForm(FileForm):
    """A file for a dataset."""

    title = forms.CharField(
        label=_("Nome"), required=False, max_length=500, help_text=_("Per esempio: Alberi monumentali, anno 2026.")
    )
    license = forms.ChoiceField(
        label=_("Licenza"),
        required=False,
        choices=choices.licences,
        initial=CC_BY,
        help_text=_("CC BY 4.0 è la regola: chi usa i dati cita l'ente. Per un'altra serve un motivo."),
    )
    field_order = ("file", "title", "license")


class NewVersionForm(FileForm):
    """The next version of a file."""

    note = forms.CharField(
        label=_("Che cosa è cambiato"), required=False, max_length=1000, widget=_SHORT, help_text=_("Facoltativo.")
    )


class ReasonForm(forms.Form):
    """Why something is taken away or sent back."""

    reason = forms.CharField(label=_("Motivo"), max_length=500, widget=_SHORT)


class NoteForm(forms.Form):
    """A word to the colleague."""

    note = forms.CharField(
        label=_("Messaggio per il collega"), required=False, max_length=1000, widget=_SHORT, help_text=_("Facoltativo.")
    )


class ScheduleForm(forms.Form):
    """When a draft becomes public by itself."""

    at = forms.DateTimeField(
        label=_("Giorno e ora"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        help_text=_("Ora italiana. Per esempio 31/12/2026 08:00."),
        error_messages={"invalid": _("Scrivi giorno e ora, per esempio 31/12/2026 08:00.")},
    )

    def clean_at(self) -> datetime:
        """A time to come."""
        at: datetime = self.cleaned_data["at"]
        if at <= timezone.now():
            raise ValidationError(_("È già passato: scegli un momento futuro."))
        return at


class ReserveForm(forms.Form):
    """What is limited in the data, and by when it will be overcome."""

    limits = forms.CharField(
        label=_("Limiti dei dati"),
        required=False,
        max_length=2000,
        widget=_SHORT,
        help_text=_("Per esempio: mancano tre quartieri su dieci. Lo leggono tutti; lascia vuoto quando è risolto."),
    )
    until = forms.DateField(
        label=_("Saranno superati entro il"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Scrivi una data, per esempio 31/12/2026.")},
    )

    def clean(self) -> dict[str, Any]:
        """Limits have an end: somebody must know when to look again."""
        typed = super().clean() or {}
        if typed.get("limits") and not typed.get("until") and "until" not in self.errors:
            self.add_error("until", _("Scrivi entro quando saranno superati: serve a chi usa i dati."))
        return typed


class SeriesForm(forms.Form):
    """The name of a series."""

    title = forms.CharField(
        label=_("Nome della serie"),
        max_length=500,
        help_text=_("Senza l'anno: per esempio «Incidenti stradali». Ogni anno è un dataset della serie."),
    )


class WithdrawForm(forms.Form):
    """Why a dataset goes, and what takes its place."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo leggerà chi apre il vecchio indirizzo: per esempio «Sostituito dai dati del censimento 2026»."),
    )
    successor = forms.CharField(
        label=_("Indirizzo del dataset che lo sostituisce"),
        required=False,
        max_length=500,
        help_text=_("Facoltativo: l'indirizzo della sua pagina o il suo identificativo."),
    )

    def clean_successor(self) -> Dataset | None:
        """The published dataset that was named."""
        text = self.cleaned_data["successor"].strip().rstrip("/").rpartition("/")[2]
        if not text:
            return None
        found = Dataset.objects.published().named(text).first()
        if found is None:
            raise ValidationError(_("Non c'è nessun dataset pubblicato con questo indirizzo."))
        return found
