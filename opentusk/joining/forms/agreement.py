"""What the desk says about joining."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opentusk.joining.forms.fields import MISSING_FILE, EmptyFileMixin, FaultForm, file_field, text_field
from opentusk.joining.models import Agreement, Obligation
from opentusk.joining.store import FORMS

FIELDS = ("summary", "who", "sending", "duties", "duration", "pec", "reminder_days")


class AgreementForm(forms.Form):
    """The texts of the public page; what stays empty is shown as still to be written."""

    summary = text_field(_("Che cos'è l'adesione"), rows=5, required=False)
    who = text_field(_("Chi può aderire"), rows=4, required=False)
    sending = text_field(_("Come si trasmettono gli atti"), rows=4, required=False)
    duties = text_field(_("Gli impegni, in parole"), rows=4, required=False)
    duration = text_field(_("Durata e rinnovo"), rows=3, required=False)
    pec = forms.EmailField(label=_("PEC a cui trasmettere gli atti"), required=False)
    reminder_days = forms.IntegerField(
        label=_("Giorni prima di un sollecito"),
        min_value=1,
        max_value=3650,
        help_text=_("Quanto può aspettare un passo."),
    )

    @classmethod
    def of(cls, agreement: Agreement) -> "AgreementForm":
        """The form with the texts of today."""
        return cls(initial={name: getattr(agreement, name) for name in FIELDS})


class ObligationForm(forms.Form):
    """One promise of the agreement."""

    text = text_field(_("Impegno"))
    side = forms.ChoiceField(label=_("Di chi è"), choices=Obligation.Side.choices)
    position = forms.IntegerField(label=_("Posizione"), min_value=0, max_value=999, initial=0)
    is_active = forms.BooleanField(label=_("In vigore"), required=False, initial=True)


class TemplateForm(EmptyFileMixin, FaultForm):
    """A document to download and fill in."""

    title = forms.CharField(label=_("Titolo"), max_length=200)
    version = forms.CharField(label=_("Versione"), max_length=40, help_text=_("Per esempio la data: 2026-05."))
    file = file_field(_("Il file (PDF, ODT o DOCX)"), allowed=FORMS, error_messages=MISSING_FILE)
