"""The forms of the steps of joining; each knows the request it is about."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.joining.forms.fields import MISSING_FILE, EmptyFileMixin, FaultForm, date_field, file_field, text_field
from opentusk.joining.models import Accreditation, AccreditationDocument, Obligation, TemplateDocument
from opentusk.joining.steps import Act, Faults, People, Protocol, Scheme, checks_for

CHECK_WORDS = {
    "tax_code_and_pec": _("Codice fiscale e dominio PEC concordano con l'indice IPA"),
    "not_suppressed": _("L'ente non risulta soppresso"),
    "legal_title": _("La denominazione e la partita IVA corrispondono al soggetto"),
    "public_interest": _("Svolge attività di interesse pubblico"),
    "catalogues_searched": _("Ho cercato cataloghi che l'ente ha già (sul suo sito, su dati.gov.it)"),
}


class StepForm(EmptyFileMixin, FaultForm):
    """A step of one request."""

    def __init__(self, *args: Any, accreditation: Accreditation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.accreditation = accreditation
        self.prepare()

    def prepare(self) -> None:
        """Set choices and initial values from the request."""


class ReviewForm(StepForm):
    """What the desk looked at before taking the request in hand."""

    checks = forms.MultipleChoiceField(label=_("Controlli"), widget=forms.CheckboxSelectMultiple)
    catalogues = text_field(
        _("Catalogo esistente"),
        required=False,
        help_text=_("Indirizzi dei cataloghi trovati, uno per riga: serviranno a decidere se raccoglierli o unirli."),
    )

    def prepare(self) -> None:
        """The checks of this kind of body."""
        field = self.fields["checks"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, CHECK_WORDS[code]) for code in checks_for(self.accreditation)]

    def faults(self) -> Faults:
        """All of them are needed."""
        is_whole = set(checks_for(self.accreditation)) <= set(self.cleaned_data["checks"])
        return {} if is_whole else {"checks": "checks_missing"}


class CataloguesForm(StepForm):
    """Which catalogues the body has already."""

    text = text_field(_("Catalogo esistente"), required=False, help_text=_("Un indirizzo per riga."))

    def prepare(self) -> None:
        """What is noted already."""
        self.initial.setdefault("text", self.accreditation.existing_catalogues)


class MessageForm(StepForm):
    """What the other party must know."""

    message = text_field(_("Messaggio"), help_text=_("Lo leggerà per e-mail chi ha chiesto l'adesione."))


class AnswerForm(StepForm):
    """What the desk asked for."""

    message = text_field(_("La tua risposta"))
    file = file_field(_("Documento (PDF o P7M)"), required=False)


class ActForm(StepForm):
    """The act of the governing organ."""

    number = forms.CharField(label=_("Numero dell'atto"), max_length=60)
    adopted_on = date_field(_("Data dell'atto"))
    organ = forms.CharField(
        label=_("Organo che lo ha adottato"), max_length=200, help_text=_("Per esempio: Giunta comunale.")
    )
    file = file_field(_("Il file dell'atto (PDF o P7M)"), error_messages=MISSING_FILE)

    def value(self) -> Act:
        """The act."""
        return Act(**{name: self.cleaned_data[name] for name in ("number", "adopted_on", "organ")})

    def faults(self) -> Faults:
        """What the act itself finds wrong."""
        return self.value().faults(timezone.localdate())


class SchemeForm(StepForm):
    """The signed scheme, and the obligations one by one."""

    signer = forms.CharField(label=_("Chi ha firmato"), max_length=200)
    role = forms.CharField(label=_("Carica di chi ha firmato"), max_length=200)
    signed_on = date_field(_("Data della firma"))
    version = forms.ChoiceField(label=_("Modello usato"), required=False)
    ticked = forms.MultipleChoiceField(
        label=_("Gli impegni dell'ente"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file = file_field(_("Lo schema firmato (PDF o P7M)"), error_messages=MISSING_FILE)

    def prepare(self) -> None:
        """The obligations and the templates of today."""
        self._obligations = list(Obligation.objects.in_force().of_the_body())
        ticked, version = self.fields["ticked"], self.fields["version"]
        assert isinstance(ticked, forms.MultipleChoiceField) and isinstance(version, forms.ChoiceField)
        ticked.choices = [(str(obligation.pk), obligation.text) for obligation in self._obligations]
        templates = [str(template) for template in TemplateDocument.objects.offered()]
        version.choices = [("", "—"), *((name[:40], name) for name in templates)]
        for name, needless in (("ticked", not self._obligations), ("version", not templates)):
            if needless:
                del self.fields[name]

    def value(self) -> Scheme:
        """The scheme."""
        cleaned = self.cleaned_data
        return Scheme(
            signer=cleaned["signer"],
            role=cleaned["role"],
            signed_on=cleaned["signed_on"],
            version=cleaned.get("version", ""),
            ticked=frozenset(int(number) for number in cleaned.get("ticked", ())),
        )

    def faults(self) -> Faults:
        """What the scheme itself finds wrong."""
        return self.value().faults(self.accreditation, self._obligations, timezone.localdate())


class ProtocolForm(StepForm):
    """The transmission in the region's register."""

    number = forms.CharField(label=_("Numero di protocollo"), max_length=60)
    registered_on = date_field(_("Data di protocollo"))
    receipt = file_field(_("Ricevuta (PDF o P7M)"), required=False)

    def value(self) -> Protocol:
        """The registration."""
        return Protocol(number=self.cleaned_data["number"], registered_on=self.cleaned_data["registered_on"])

    def faults(self) -> Faults:
        """What the registration itself finds wrong."""
        return self.value().faults(self.accreditation, timezone.localdate())


class PeopleForm(StepForm):
    """Who will answer for the body."""

    referente_name = forms.CharField(label=_("Referente open data: nome e cognome"), max_length=200)
    referente_email = forms.EmailField(
        label=_("Referente open data: e-mail"), help_text=_("Qui arriverà il collegamento per entrare.")
    )
    rtd_name = forms.CharField(
        label=_("Responsabile per la transizione digitale (RTD): nome e cognome"), max_length=200
    )
    rtd_email = forms.EmailField(
        label=_("RTD: e-mail"), required=False, help_text=_("Facoltativa: se la scrivi, riceverà un invito.")
    )
    dpo_email = forms.EmailField(
        label=_("Responsabile della protezione dei dati (DPO): e-mail"),
        required=False,
        help_text=_("Facoltativa: riceverà un invito, e deciderà quando nei dati ci sono persone."),
    )
    contact_name = forms.CharField(label=_("Punto di contatto: l'ufficio che risponde al pubblico"), max_length=200)
    contact_email = forms.EmailField(
        label=_("Punto di contatto: e-mail dell'ufficio"), help_text=_("Sarà pubblica: una casella d'ufficio.")
    )

    def prepare(self) -> None:
        """The names that are there already."""
        for name in self.fields:
            self.initial.setdefault(name, getattr(self.accreditation, name))

    def value(self) -> People:
        """The names."""
        return People(**self.cleaned_data)

    def faults(self) -> Faults:
        """What the names themselves find wrong."""
        return self.value().faults()


class DocumentForm(StepForm):
    """A better copy of a document, or one more."""

    kind = forms.ChoiceField(label=_("Che documento è"), choices=AccreditationDocument.Kind.choices)
    file = file_field(_("Il file (PDF o P7M)"), error_messages=MISSING_FILE)
