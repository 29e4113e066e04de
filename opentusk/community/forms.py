"""Forms of the community room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent, AgentQuerySet
from opentusk.community.models import Document, Thread
from opentusk.files.refusals import words_for
from opentusk.files.upload_handler import RefusedFile


class ThreadForm(forms.Form):
    """A new thread."""

    category = forms.ChoiceField(label=_("Argomento"), choices=Thread.Category.choices)
    title = forms.CharField(label=_("Titolo"), max_length=200)
    body = forms.CharField(label=_("Testo"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 8}))


class AnswerForm(forms.Form):
    """Words under a thread."""

    body = forms.CharField(label=_("La tua risposta"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 4}))
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)


class _FileForm(forms.Form):
    file = forms.FileField(label=_("File"))

    def clean_file(self) -> Any:
        """A file that was stopped at the entrance says why."""
        file = self.cleaned_data["file"]
        if isinstance(file, RefusedFile):
            raise forms.ValidationError(words_for(file.refusal))
        return file


class DocumentForm(_FileForm):
    """A new document of the library."""

    owner = forms.ModelChoiceField(label=_("Ente che lo cura"), queryset=Agent.objects.none())
    kind = forms.ChoiceField(label=_("Genere"), choices=Document.Kind.choices)
    title = forms.CharField(label=_("Titolo"), max_length=200)
    summary = forms.CharField(
        label=_("A che cosa serve"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    access = forms.ChoiceField(label=_("Chi lo può scaricare"), choices=Document.Access.choices, initial="community")
    review_on = forms.DateField(
        label=_("Da rivedere entro"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("title", "kind", "summary", "owner", "access", "review_on", "file")

    def __init__(self, *typed: Any, owners: AgentQuerySet, **options: Any) -> None:
        super().__init__(*typed, **options)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class VersionForm(_FileForm):
    """The next version of a document, and by when it is looked at again."""

    note = forms.CharField(label=_("Che cosa cambia"), max_length=500, required=False)
    review_on = forms.DateField(
        label=_("Da rivedere entro"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("file", "note", "review_on")


class NewsletterForm(forms.Form):
    """A newsletter."""

    subject = forms.CharField(label=_("Oggetto"), max_length=200)
    body = forms.CharField(
        label=_("Testo"),
        max_length=20_000,
        help_text=_("Testo semplice: una riga vuota separa i paragrafi, gli indirizzi diventano collegamenti."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
