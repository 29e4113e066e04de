"""Forms of the comments room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.comments.actions import MOST
from opentusk.comments.models import Comment, Flag


class CommentForm(forms.Form):
    """Words under a thing, or a reply; the room of the thing takes it and calls `actions.post`."""

    body = forms.CharField(
        label=_("Il tuo commento"),
        max_length=MOST,
        help_text=_("Aiuta dire: formato, dettaglio, aggiornamento, uso. Niente dati personali: lo leggono tutti."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    alignment = forms.TypedChoiceField(
        label=_("Posizione"), choices=Comment.Alignment.choices, coerce=int, initial=0, required=False
    )
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_alignment(self) -> int:
        """Whoever says nothing is neutral."""
        return int(self.cleaned_data["alignment"] or 0)

    def parent_row(self) -> Comment | None:
        """The comment that is answered."""
        number = self.cleaned_data.get("parent")
        return Comment.objects.filter(pk=number).first() if number else None


class FlagForm(forms.Form):
    """Why a comment should not be there."""

    reason = forms.ChoiceField(label=_("Che cosa non va"), choices=Flag.Reason.choices, widget=forms.RadioSelect)


class HideForm(forms.Form):
    """Why a comment is hidden, for everybody to read."""

    note = forms.CharField(label=_("Perché, per chi legge"), max_length=300)


class EditForm(forms.Form):
    """One's own words, changed."""

    body = forms.CharField(label=_("Il tuo commento"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 4}))
