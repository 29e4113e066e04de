"""Forms that take a file: whole, as any form does, or as an upload that came in pieces before the form was sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent, AgentQuerySet
from opentusk.files import actions
from opentusk.files.errors import FileRefusal
from opentusk.files.models import Upload
from opentusk.files.refusals import words_for
from opentusk.files.upload_handler import RefusedFile
from opentusk.journal.actors import Actor


class ResumableInput(forms.FileInput):
    """A file input that `files/upload.js` makes resumable; its words go along, in the language of the page."""

    class Media:
        js = ("files/upload.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the words for what the script shows."""
        words = {
            "data-resumable": "",
            "data-word-sending": _("Caricamento in corso"),
            "data-word-of": _("di"),
            "data-word-resumed": _("Riprendo da dove eri rimasto"),
            "data-word-paused": _("In pausa: puoi riprendere quando vuoi, anche domani, scegliendo lo stesso file."),
            "data-word-lost": _("Connessione persa: riprovo da solo. Puoi anche chiudere e riprendere più tardi."),
            "data-word-checking": _("Arrivato tutto: controllo il file"),
            "data-word-done": _("File caricato"),
            "data-word-failed": _("Il caricamento non è riuscito: riprova."),
            "data-word-pause": _("Pausa"),
            "data-word-resume": _("Riprendi"),
            "data-word-cancel": _("Annulla il caricamento"),
        }
        return super().get_context(name, value, {**words, **(attrs or {})})


class FileForm(forms.Form):
    """A form with a file. `take` gives the upload; call it when the form is valid."""

    file = forms.FileField(label=_("File"), required=False, widget=ResumableInput, allow_empty_file=True)
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        typed = super().clean() or {}
        file = typed.get("file")
        if isinstance(file, RefusedFile):
            self.add_error("file", words_for(file.refusal))
        elif not file and not typed.get("upload") and "file" not in self.errors:
            self.add_error("file", _("Scegli un file."))
        return typed

    def take(self, *, agent: Agent, by: Actor) -> Upload | None:
        """The upload, done; None when the file is refused, with the reason beside its field."""
        try:
            return self._take(agent, by)
        except FileRefusal as refusal:
            self.add_error("file", words_for(refusal))
        return None

    def _take(self, agent: Agent, by: Actor) -> Upload | None:
        file = self.cleaned_data.get("file")
        if file:
            return actions.take_whole(file.chunks(), name=file.name, agent=agent, by=by)
        mine = Upload.objects.of_user(by.user_id).filter(uuid=self.cleaned_data["upload"], agent=agent)
        upload = mine.select_related("agent", "stored").first()
        if upload is None or not upload.is_done:
            self.add_error("file", _("Questo caricamento non c'è più: scegli di nuovo il file."))
            return None
        return upload


class UploadForm(FileForm):
    """A file for one of one's bodies."""

    agent = forms.ModelChoiceField(label=_("Ente"), queryset=Agent.objects.none(), to_field_name="ipa_code")
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("agent", "file")

    def __init__(self, *args: Any, agents: AgentQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agent"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agents
        if agents.count() == 1:
            field.initial = agents.get().ipa_code

    def clean_next(self) -> str:
        """Where to go on: a page of this portal, or nowhere."""
        path: str = self.cleaned_data["next"]
        if path and (not path.startswith("/") or path.startswith(("//", "/\\"))):
            raise ValidationError(_("Indirizzo non valido."))
        return path
