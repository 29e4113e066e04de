"""Forms of the desk's console."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.models import Hackathon
from opentusk.journal.subjects import cards_of

_CRITERIA = 8
_CHANGED = (
    "title", "event", "edition", "rules", "team_min", "team_max", "submit_opens_at", "submit_closes_at",
    "judging_opens_at", "judging_closes_at", "main_dataset_required", "min_sheets", "combination", "tables_declared",
    "participants_declared", "registrations_declared", "declared_source",
)  # fmt: skip


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything that differs from one hackathon to the next."""

    event = forms.ChoiceField(label=gettext_lazy("Evento del programma"), required=False)
    categories = forms.CharField(
        label=gettext_lazy("Categorie"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Una per riga; nessuna vuol dire una sola classifica."),
    )

    class Meta:
        model = Hackathon
        fields = _CHANGED
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in _CHANGED
            if name.endswith("_at")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((card.subject, card.title) for card in cards_of("programme.event"))]
        self.fields["event"].choices = choices  # type: ignore[attr-defined]
        self.initial["categories"] = "\n".join(self.instance.categories)

    def clean_categories(self) -> list[str]:
        """Each once."""
        lines = (line.strip()[:60] for line in self.cleaned_data["categories"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def clean(self) -> dict[str, Any]:
        """Sizes and times in order."""
        typed = super().clean() or {}
        if (typed.get("team_min") or 0) > (typed.get("team_max") or 0):
            self.add_error("team_max", _("Il massimo non può essere minore del minimo."))
        for name in ("submit", "judging"):
            opens, closes = typed.get(f"{name}_opens_at"), typed.get(f"{name}_closes_at")
            if opens and closes and opens >= closes:
                self.add_error(f"{name}_closes_at", _("Deve venire dopo l'inizio."))
        return typed

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in (*_CHANGED, "categories")}


class BeginForm(forms.Form):
    """A new hackathon."""

    title = forms.CharField(label=gettext_lazy("Titolo"), max_length=300)
    slug = forms.SlugField(
        label=gettext_lazy("Indirizzo"),
        max_length=120,
        help_text=gettext_lazy("Come hackathon-2026."),
        error_messages={
            "invalid": gettext_lazy("Solo lettere senza accenti, cifre e trattini, per esempio hackathon-2026.")
        },
    )

    def clean_slug(self) -> str:
        """Not taken."""
        slug = str(self.cleaned_data["slug"])
        if Hackathon.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("C'è già un hackathon con questo indirizzo."))
        return slug


class CriterionForm(forms.Form):
    """One criterion; an empty row is none."""

    label = forms.CharField(label=gettext_lazy("Criterio"), required=False, max_length=120)
    weight = forms.DecimalField(
        label=gettext_lazy("Peso"), required=False, min_value=0, max_value=100, decimal_places=2
    )
    help = forms.CharField(label=gettext_lazy("Che cosa si guarda"), required=False, max_length=500)
    max_score = forms.DecimalField(
        label=gettext_lazy("Voto più alto"), initial=Decimal(10), min_value=1, max_value=100, decimal_places=2
    )
    step = forms.DecimalField(
        label=gettext_lazy("Passo"), initial=Decimal(1), min_value=Decimal("0.01"), decimal_places=2
    )


CriteriaForms = forms.formset_factory(CriterionForm, extra=0)


def initial_criteria(hackathon: Hackathon) -> list[dict[str, Any]]:
    """The criteria as they are, and empty rows after them."""
    names = ("label", "weight", "help", "max_score", "step")
    rows = [{name: getattr(one, name) for name in names} for one in hackathon.criteria.all()]
    return rows + [{"max_score": Decimal(10), "step": Decimal(1)}] * max(2, _CRITERIA - len(rows))


def criteria_said(formset: Any) -> list[CriterionSaid]:
    """The rows that say something; codes come from the names, each once."""
    said: dict[str, CriterionSaid] = {}
    for row in formset.cleaned_data:
        if not row.get("label"):
            continue
        code = slugify(row["label"])[:34] or "criterio"
        code = code if code not in said else f"{code}-{len(said)}"
        said[code] = CriterionSaid(code=code, **(row | {"weight": row.get("weight") or Decimal(0)}))
    return list(said.values())


class MentorForm(forms.Form):
    """Somebody with an account."""

    email = forms.EmailField(label=gettext_lazy("E-mail dell'account"))
