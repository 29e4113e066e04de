"""Forms of the reuse room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.bodies.models import Agent
from opentusk.files.refusals import words_for as words_of_files
from opentusk.files.upload_handler import RefusedFile
from opentusk.kit.personal import names_somebody
from opentusk.kit.vocabularies import THEMES
from opentusk.reuse.errors import BadImage
from opentusk.reuse.images import MOST_BYTES
from opentusk.reuse.models import Work
from opentusk.reuse.picker import read_elsewhere
from opentusk.reuse.refusals import words_for
from opentusk.reuse.states import WorkKind
from opentusk.ui.speech import label_of

_PERSONAL = gettext_lazy(
    "C'è un dato personale (codice fiscale, IBAN, e-mail privata o numero di cellulare): toglilo, perché lo"
    " leggerebbero tutti."
)


class BeginForm(forms.Form):
    """A name is enough to begin."""

    title = forms.CharField(label=gettext_lazy("Come si chiama"), max_length=200)
    # People do not see it and leave it empty; programs that fill in every field do not.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Refuses what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Questo campo resta vuoto."))
        return ""


class SayingForm(forms.Form):
    """What a work is, with its picture: for whoever proposes a reuse, and for a team of a hackathon."""

    title = forms.CharField(label=gettext_lazy("Come si chiama"), max_length=200)
    abstract = forms.CharField(
        label=gettext_lazy("Che cos'è e a chi serve"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Niente dati personali: lo leggono tutti."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Genere"), choices=WorkKind.choices, initial=WorkKind.OTHER)
    url = forms.URLField(label=gettext_lazy("Indirizzo web"), required=False, max_length=1_000, assume_scheme="https")
    repo_url = forms.URLField(
        label=gettext_lazy("Codice sorgente"), required=False, max_length=1_000, assume_scheme="https"
    )
    licence = forms.CharField(label=gettext_lazy("Licenza"), required=False, max_length=200)
    image = forms.FileField(
        label=gettext_lazy("Immagine"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG o WebP, al massimo 4 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    image_alt = forms.CharField(
        label=gettext_lazy("Che cosa si vede nell'immagine"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Obbligatorio se c'è un'immagine: lo legge chi non la vede."),
    )
    elsewhere = forms.CharField(
        label=gettext_lazy("Dati di altri portali"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Uno per riga: titolo; indirizzo; chi lo pubblica."),
    )
    said: tuple[str, ...] = ("title", "abstract", "kind", "url", "repo_url", "licence", "image_alt")

    def __init__(self, *args: Any, work: Work | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work

    def clean_title(self) -> str:
        """Nobody is named in it."""
        return _unnamed(self.cleaned_data["title"])

    def clean_abstract(self) -> str:
        """Nobody is named in it."""
        return _unnamed(self.cleaned_data["abstract"])

    def clean_elsewhere(self) -> str:
        """Every line is a dataset with its address."""
        _good, bad = read_elsewhere(self.cleaned_data["elsewhere"])
        if bad:
            raise forms.ValidationError(
                _("Questa riga non ha titolo e indirizzo separati da un punto e virgola: %(line)s")
                % {"line": bad[0][:100]}
            )
        return str(self.cleaned_data["elsewhere"])

    def clean(self) -> dict[str, Any]:
        """A picture is whole, not too large and described."""
        typed = super().clean() or {}
        image = typed.get("image")
        if isinstance(image, RefusedFile):
            self.add_error("image", words_of_files(image.refusal))
        elif image and image.size > MOST_BYTES:
            self.add_error("image", words_for(BadImage("too_large")))
        has_image = bool(image) or bool(self.work and self.work.image_id)
        if has_image and not str(typed.get("image_alt", "")).strip():
            self.add_error("image_alt", _("Descrivi l'immagine, per chi non la vede."))
        return typed

    def words(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.said if name in self.cleaned_data}


class WorkForm(SayingForm):
    """A reuse that somebody proposes."""

    authors_label = forms.CharField(
        label=gettext_lazy("Autori, come li leggono tutti"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Il nome di un gruppo, di un'impresa, o il tuo se vuoi che si legga."),
    )
    said = (*SayingForm.said, "authors_label")
    field_order = ("title", "abstract", "kind", "authors_label")


class ReasonForm(forms.Form):
    """Why the desk says no, or takes a work out of the gallery."""

    reason = forms.CharField(label=gettext_lazy("Motivo, per chi lo ha proposto"), max_length=500)


class GalleryForm(forms.Form):
    """The filters of the gallery; what is not understood is ignored."""

    q = forms.CharField(label=gettext_lazy("Parole"), required=False, max_length=200)
    genere = forms.ChoiceField(label=gettext_lazy("Genere"), required=False)
    tema = forms.ChoiceField(label=gettext_lazy("Tema dei dati"), required=False)
    ente = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    dataset = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genere"].choices = [("", _("tutti")), *WorkKind.choices]  # type: ignore[attr-defined]
        themes = sorted((label_of(term), term.code) for term in THEMES.terms)
        self.fields["tema"].choices = [("", _("tutti")), *((code, label) for label, code in themes)]  # type: ignore[attr-defined]

    def holder(self) -> Agent | None:
        """The body whose data are reused."""
        return Agent.objects.filter(ipa_code=self.cleaned_data.get("ente") or "-").first()


def _unnamed(text: str) -> str:
    if names_somebody(text):
        raise forms.ValidationError(str(_PERSONAL))
    return text
