"""The steps of joining as pages offer them: which form, whose turn, in which states, and the action behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from opentusk.bodies.permissions import is_desk
from opentusk.joining import actions
from opentusk.joining.forms import steps as forms
from opentusk.joining.forms.steps import StepForm
from opentusk.joining.machine import Party
from opentusk.joining.models import Accreditation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.permissions import can_bring
from opentusk.journal.actors import Actor

Take = Callable[[Accreditation, Any, Actor], object]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One form on the page of a request. `slug` is the end of its address."""

    slug: str
    title: Any
    help: Any
    button: Any
    done: Any
    form: type[StepForm]
    take: Take
    states: tuple[S, ...]
    party: Party
    # A step that leads on is shown open; the others are at hand, folded.
    is_next: bool = True
    is_done: Callable[[Accreditation], bool] = lambda _row: False

    def leads_on(self, accreditation: Accreditation) -> bool:
        """Whether the request goes on with this step; one that was taken already can be taken again, folded."""
        return self.is_next and not self.is_done(accreditation)

    def is_offered(self, accreditation: Accreditation, by: Actor) -> bool:
        """Whether this actor may take the step now."""
        if accreditation.confirmed_at is None or accreditation.status not in self.states:
            return False
        return is_desk(by) or (self.party is Party.BODY and can_bring(by, accreditation))


def _review(row: Accreditation, form: forms.ReviewForm, by: Actor) -> None:
    actions.begin_review(row, checks=form.cleaned_data["checks"], catalogues=form.cleaned_data["catalogues"], by=by)


def _answer(row: Accreditation, form: forms.AnswerForm, by: Actor) -> None:
    upload = form.upload()
    message = form.cleaned_data["message"]
    actions.answer_integration(row, message=message, uploads=[upload] if upload else [], by=by)


def _act(row: Accreditation, form: forms.ActForm, by: Actor) -> None:
    upload = form.upload()
    assert upload, "the form asks for the file"
    actions.upload_act(row, form.value(), upload=upload, by=by)


def _scheme(row: Accreditation, form: forms.SchemeForm, by: Actor) -> None:
    upload = form.upload()
    assert upload, "the form asks for the file"
    actions.upload_scheme(row, form.value(), upload=upload, by=by)


def _document(row: Accreditation, form: forms.DocumentForm, by: Actor) -> None:
    upload = form.upload()
    assert upload, "the form asks for the file"
    actions.add_document(row, form.cleaned_data["kind"], upload=upload, by=by)


STEPS = (
    Step(
        slug="istruttoria",
        title=_("Prendi in carico la richiesta"),
        help=_("Dopo i controlli la richiesta passa in istruttoria e chi l'ha fatta può caricare l'atto."),
        button=_("Prendi in carico"),
        done=_("La richiesta è in istruttoria."),
        form=forms.ReviewForm,
        take=_review,
        states=(S.REQUESTED,),
        party=Party.DESK,
    ),
    Step(
        slug="rispondi",
        title=_("Rispondi alla richiesta di integrazione"),
        help=_("Scrivi la risposta e, se serve, aggiungi un documento."),
        button=_("Manda la risposta"),
        done=_("La risposta è arrivata alla redazione."),
        form=forms.AnswerForm,
        take=_answer,
        states=(S.INTEGRATION_REQUESTED,),
        party=Party.BODY,
    ),
    Step(
        slug="atto",
        title=_("Carica l'atto di adesione"),
        help=_("L'atto con cui l'organo di governo approva lo schema di adesione e autorizza la firma."),
        button=_("Carica l'atto"),
        done=_("L'atto è stato caricato."),
        form=forms.ActForm,
        take=_act,
        states=(S.UNDER_REVIEW, S.INTEGRATION_REQUESTED),
        party=Party.BODY,
    ),
    Step(
        slug="schema",
        title=_("Carica lo schema firmato"),
        help=_("Lo schema di adesione firmato da chi l'atto autorizza, non prima della data dell'atto."),
        button=_("Carica lo schema"),
        done=_("Lo schema è stato caricato."),
        form=forms.SchemeForm,
        take=_scheme,
        states=(S.ACT_UPLOADED,),
        party=Party.BODY,
    ),
    Step(
        slug="protocollo",
        title=_("Registra la trasmissione"),
        help=_("Quando atto e schema sono arrivati per PEC, scrivi il protocollo."),
        button=_("Registra"),
        done=_("La trasmissione è registrata."),
        form=forms.ProtocolForm,
        take=lambda row, form, by: actions.note_transmission(row, form.value(), receipt=form.upload("receipt"), by=by),
        states=(S.SCHEME_SIGNED,),
        party=Party.DESK,
    ),
    Step(
        slug="persone",
        title=_("Indica le persone"),
        help=_("Chi lavorerà ai dati e quale ufficio risponde. Senza, l'ente non si può attivare."),
        button=_("Salva le persone"),
        done=_("Le persone sono state salvate."),
        form=forms.PeopleForm,
        take=lambda row, form, by: actions.name_people(row, form.value(), by=by),
        states=(S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED),
        party=Party.BODY,
        is_done=lambda row: row.has_people,
    ),
    Step(
        slug="attiva",
        title=_("Attiva l'ente"),
        help=_("L'ente potrà pubblicare; il referente riceve un collegamento per entrare, RTD e DPO un invito."),
        button=_("Attiva l'ente"),
        done=_("L'ente è attivo."),
        form=StepForm,
        take=lambda row, form, by: actions.activate(row, by=by),
        states=(S.TRANSMITTED,),
        party=Party.DESK,
    ),
    Step(
        slug="integrazione",
        title=_("Chiedi un'integrazione"),
        help=_("Scrivi che cosa manca: chi ha fatto la richiesta risponderà dalla sua pagina."),
        button=_("Chiedi l'integrazione"),
        done=_("L'integrazione è stata chiesta."),
        form=forms.MessageForm,
        take=lambda row, form, by: actions.request_integration(row, by=by, **form.cleaned_data),
        states=(S.UNDER_REVIEW,),
        party=Party.DESK,
        is_next=False,
    ),
    Step(
        slug="respingi",
        title=_("Respingi la richiesta"),
        help=_("Scrivi il motivo. L'ente potrà presentare un'altra richiesta."),
        button=_("Respingi la richiesta"),
        done=_("La richiesta è respinta."),
        form=forms.MessageForm,
        take=lambda row, form, by: actions.reject(row, by=by, **form.cleaned_data),
        states=(S.UNDER_REVIEW,),
        party=Party.DESK,
        is_next=False,
    ),
    Step(
        slug="documento",
        title=_("Aggiungi o sostituisci un documento"),
        help=_("Una copia migliore si aggiunge alla precedente, che resta."),
        button=_("Carica il documento"),
        done=_("Il documento è stato caricato."),
        form=forms.DocumentForm,
        take=_document,
        states=(S.UNDER_REVIEW, S.INTEGRATION_REQUESTED, S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED),
        party=Party.BODY,
        is_next=False,
    ),
    Step(
        slug="cataloghi",
        title=_("Annota i cataloghi esistenti"),
        help=_("Serviranno a decidere se raccoglierli o unirli."),
        button=_("Salva l'annotazione"),
        done=_("L'annotazione è salvata."),
        form=forms.CataloguesForm,
        take=lambda row, form, by: actions.note_catalogues(row, by=by, **form.cleaned_data),
        states=tuple(S),
        party=Party.DESK,
        is_next=False,
    ),
    Step(
        slug="indirizzo",
        title=_("Manda un nuovo indirizzo segreto"),
        help=_("A chi ha chiesto l'adesione, per e-mail; l'indirizzo di prima non vale più."),
        button=_("Manda un nuovo indirizzo"),
        done=_("Il nuovo indirizzo è partito."),
        form=StepForm,
        take=lambda row, form, by: actions.renew_address(row, by=by),
        states=tuple(S),
        party=Party.DESK,
        is_next=False,
    ),
)


def step_named(slug: str) -> Step | None:
    """The step with this address."""
    return next((step for step in STEPS if step.slug == slug), None)
