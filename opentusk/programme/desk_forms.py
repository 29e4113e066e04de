"""Forms of the programme room for who prepares events."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms.models import fields_for_model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.files.refusals import words_for as words_of_files
from opentusk.files.upload_handler import RefusedFile
from opentusk.programme.actions.planning import MOST_QUESTIONS
from opentusk.programme.models import Edition, Event, Material

_WRITTEN = (
    "edition", "kind", "title", "abstract", "agenda", "starts_at", "ends_at", "has_times", "mode", "venue",
    "municipality", "audience", "join_policy", "join_url", "capacity", "reg_opens_at", "reg_closes_at",
)  # fmt: skip
_INSTANTS = ("starts_at", "ends_at", "reg_opens_at", "reg_closes_at")
_LONG = ("abstract", "agenda")
_MOST_PEOPLE = 1_000_000  # at one event: more is a slip of the hand
_HELP = {
    "join_url": gettext_lazy(
        "Se il collegamento è personale resta segreto: chi si è iscritto entra dal proprio biglietto."
    ),
    "capacity": gettext_lazy("Vuoto: senza limite. Chi arriva dopo va in lista d'attesa."),
    "reg_closes_at": gettext_lazy("Vuoto: fino all'inizio dell'evento."),
}


def _instant() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class EventForm(forms.Form):
    """Everything that the desk says of an event; the questions one for each line."""

    def __init__(self, data: Any = None, *, event: Event | None = None) -> None:
        initial = {name: getattr(event, name) for name in _WRITTEN} if event else {}
        initial["questions"] = "\n".join(event.questions) if event else ""
        super().__init__(data, initial=initial)
        widgets = {name: _instant() for name in _INSTANTS} | {name: forms.Textarea(attrs={"rows": 5}) for name in _LONG}
        self.fields.update(_asked(Event, _WRITTEN, {**widgets}))
        self.fields["questions"] = forms.CharField(
            label=gettext_lazy("Domande per chi si iscrive"),
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Una per riga, al massimo cinque; niente su salute o alimentazione."),
        )

    def clean_questions(self) -> list[str]:
        """The lines that say something."""
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Le domande sono al massimo cinque."))
        return lines

    def clean(self) -> dict[str, Any]:
        """Nothing ends before it begins."""
        said = self.cleaned_data
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if ends and (starts is None or ends < starts):
            self.add_error("ends_at", _("La fine viene dopo l'inizio."))
        opens, closes = said.get("reg_opens_at"), said.get("reg_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("reg_closes_at", _("Le iscrizioni si chiudono dopo che si sono aperte."))
        # Of an event whose times nobody knows yet, only the day counts.
        if opens and starts and (opens >= starts if said.get("has_times") else opens.date() > starts.date()):
            self.add_error("reg_opens_at", _("Le iscrizioni si aprono prima che l'evento cominci."))
        return said

    def said(self) -> dict[str, Any]:
        """The fields of the event."""
        return {name: self.cleaned_data[name] for name in (*_WRITTEN, "questions")}


def _asked(
    model: type[Event] | type[Material], names: tuple[str, ...], widgets: dict[str, type[forms.Widget] | forms.Widget]
) -> dict[str, forms.Field]:
    """The fields as the model says them, with widgets that phones know."""
    helps = {name: str(words) for name, words in _HELP.items() if name in names}
    made = fields_for_model(model, fields=names, widgets=widgets, help_texts=helps, formfield_callback=_field_of)
    return {name: field for name, field in made.items() if field is not None}


def _field_of(column: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    if isinstance(column, models.URLField):
        options["assume_scheme"] = "https"
    return column.formfield(**options)


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the desk says of an edition."""

    class Meta:
        model = Edition
        fields = ("title", "abstract", "starts_on", "ends_on", "state")
        widgets = {
            "abstract": forms.Textarea(attrs={"rows": 4}),
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")},
        }

    def clean(self) -> dict[str, Any]:
        """Nothing ends before it begins."""
        said = super().clean() or {}
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("La fine viene dopo l'inizio."))
        return said


class NewEditionForm(EditionForm):
    """A new edition, with the address that it keeps."""

    slug = forms.SlugField(
        label=gettext_lazy("Indirizzo, per esempio 2026"),
        max_length=60,
        error_messages={"invalid": gettext_lazy("Solo lettere senza accenti, cifre e trattini, per esempio 2026.")},
    )
    field_order = ("slug", "title", "state")

    def clean_slug(self) -> str:
        """One edition for each address."""
        slug: str = self.cleaned_data["slug"]
        if Edition.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Questa edizione c'è già."))
        return slug


class _OneOfMany(forms.Form):
    """A form of a page that has several: its labels lead to its own fields."""

    marks: ClassVar[str]

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id=self.marks, **options)


class CloneForm(_OneOfMany):
    """When the copy begins."""

    marks = "copia_%s"
    title = forms.CharField(label=gettext_lazy("Titolo della copia"), max_length=300)
    starts_at = forms.DateTimeField(label=gettext_lazy("Comincia"), widget=_instant())


class CancelForm(_OneOfMany):
    """Why an event does not take place; browsers would cut a longer reason in silence, so its length is said here."""

    marks = "annulla_%s"
    reason = forms.CharField(
        label=gettext_lazy("Motivo: lo legge chi si è iscritto"),
        error_messages={"required": gettext_lazy("Scrivi il motivo: lo legge chi si è iscritto.")},
        validators=[
            MaxLengthValidator(
                500,
                gettext_lazy("Il motivo ha %(show_value)s caratteri e ce ne stanno %(limit_value)s: accorcialo."),
            )
        ],
    )


class InviteForm(_OneOfMany):
    """Whom the desk registers."""

    marks = "invita_%s"
    name = forms.CharField(label=gettext_lazy("Nome e cognome"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"))


class DeclareForm(_OneOfMany):
    """Figures that were published elsewhere, with where."""

    marks = "dichiara_%s"
    attendance = forms.IntegerField(
        label=gettext_lazy("Presenze dichiarate"), required=False, min_value=0, max_value=_MOST_PEOPLE
    )
    registrations = forms.IntegerField(
        label=gettext_lazy("Iscritti dichiarati"), required=False, min_value=0, max_value=_MOST_PEOPLE
    )
    source = forms.CharField(label=gettext_lazy("Fonte dei numeri dichiarati"), required=False, max_length=500)


class MaterialForm(forms.Form):
    """A file, an address or a transcript, and for whom it is."""

    upload = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True)
    field_order = ("kind", "title", "access", "upload", "url", "licence", "has_captions", "transcript")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("kind", "title", "url", "licence", "access", "has_captions", "transcript")
        self.fields.update(_asked(Material, names, {"transcript": forms.Textarea(attrs={"rows": 4})}))
        self.order_fields(self.field_order)

    def clean_upload(self) -> Any:
        """Says why a file was refused."""
        given = self.cleaned_data["upload"]
        if isinstance(given, RefusedFile):
            raise forms.ValidationError(words_of_files(given.refusal))
        return given

    def clean(self) -> dict[str, Any]:
        """A material is something."""
        said = self.cleaned_data
        if not (said.get("upload") or said.get("url") or said.get("transcript")):
            raise forms.ValidationError(_("Dai un file, un indirizzo o una trascrizione."))
        return said


def free_slug(title: str) -> str:
    """An address that no event has yet."""
    first = slugify(title)[:100] or "evento"
    taken = {"nuovo", *Event.objects.filter(slug__startswith=first).values_list("slug", flat=True)}
    return next(slug for slug in _numbered(first, len(taken)) if slug not in taken)


def _numbered(first: str, most: int) -> list[str]:
    return [first, *(f"{first}-{number}" for number in range(2, most + 3))]
