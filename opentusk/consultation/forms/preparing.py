"""What the desk writes: a consultation, the words of a theme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.consultation.models import Consultation, ThematicProposal
from opentusk.demand.models import Basket
from opentusk.programme.models import Edition

# Pages of the desk have these addresses: a consultation there could be opened by nobody, or take no step.
_TAKEN_BY_PAGES = frozenset({"nuova", "decidim", "datalab"})


def _edition_choices() -> list[tuple[str, str]]:
    """The editions of the programme, and those that have a basket only."""
    titles = dict(Edition.objects.order_by("-slug").values_list("slug", "title"))
    for slug in Basket.objects.order_by("-edition").values_list("edition", flat=True):
        titles.setdefault(slug, slug)
    return list(titles.items())


class _Moment(forms.DateTimeInput):
    """A day and an hour, as browsers ask for them; instants are those of the portal's clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ConsultationForm(forms.Form):
    """Words, instants and switches of a consultation; `slug` and `edition` are said once, when it is made."""

    title = forms.CharField(label=_("Titolo"), max_length=300)
    slug = forms.SlugField(
        label=_("Indirizzo"),
        max_length=120,
        help_text=_("Le parole dopo /consultazioni/, per esempio estate-2027. Poi non cambia."),
        error_messages={"invalid": _("Solo lettere senza accenti, cifre e trattini, per esempio estate-2027.")},
    )
    edition = forms.ChoiceField(label=_("Edizione"), choices=_edition_choices)
    intro = forms.CharField(label=_("Presentazione"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    afterwards = forms.CharField(
        label=_("Che cosa succede dopo, chi risponde ed entro quando"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    opens_at = forms.DateTimeField(label=_("Apre"), required=False, widget=_Moment())
    closes_at = forms.DateTimeField(label=_("Chiude"), required=False, widget=_Moment())
    allow_new = forms.BooleanField(label=_("Si possono proporre nuove voci"), required=False, initial=True)
    allow_comment = forms.BooleanField(label=_("Si può commentare"), required=False, initial=True)
    allow_endorse = forms.BooleanField(label=_("Si può sostenere"), required=False, initial=True)
    hide_counts = forms.BooleanField(label=_("I sostegni si vedono solo alla fine"), required=False)

    def __init__(self, *args: Any, consultation: Consultation | None = None, **options: Any) -> None:
        if consultation is not None:
            names = [name for name in self.base_fields if name not in {"slug", "edition"}]
            options["initial"] = {name: getattr(consultation, name) for name in names}
        super().__init__(*args, **options)
        self.consultation = consultation
        if consultation is not None:
            del self.fields["slug"], self.fields["edition"]

    def clean_slug(self) -> str:
        """An address that nobody has."""
        slug: str = self.cleaned_data["slug"]
        if slug in _TAKEN_BY_PAGES:
            raise forms.ValidationError(_("Questo indirizzo serve a una pagina della scrivania: scegline un altro."))
        if Consultation.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Un'altra consultazione ha già questo indirizzo."))
        return slug

    def clean(self) -> dict[str, Any]:
        """It opens before it closes; what is announced keeps its instants."""
        said = super().clean() or {}
        opens, closes = said.get("opens_at"), said.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("Deve chiudere dopo l'apertura."))
        if self.consultation is not None and self.consultation.state != Consultation.State.DRAFT:
            for name in ("opens_at", "closes_at"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Una consultazione annunciata ha sempre apertura e chiusura."))
        return said


class ThemeForm(forms.Form):
    """The words around a theme; the answer is seen by nobody until all are published together."""

    intro = forms.CharField(label=_("Presentazione del tema"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    answer = forms.CharField(
        label=_("Risposta ufficiale"),
        required=False,
        help_text=_("Resta una bozza finché non pubblichi le risposte di tutti i temi insieme."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, proposal: ThematicProposal, **options: Any) -> None:
        options["initial"] = {"intro": proposal.intro, "answer": proposal.answer}
        super().__init__(*args, **options)
        if proposal.answer_published_at is not None:
            del self.fields["answer"]
