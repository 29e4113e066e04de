"""The requests to join of the demonstration: invented bodies, one in each state that is worth a look.

Real bodies appear in none of them: no request of theirs is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.db import transaction

from opentusk.demo.pdf import one_page_pdf
from opentusk.joining import actions
from opentusk.joining.models import Accreditation, Obligation
from opentusk.joining.models import AccreditationStatus as S
from opentusk.joining.steps import Act, JoinRequest, People, Protocol, Scheme, checks_for
from opentusk.joining.store import Upload
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import Task
from opentusk.people.models import User

_LABEL = "dati dimostrativi"


@dataclass(frozen=True)
class DemoRequest:
    """One request: an invented body with a VAT number that is nobody's, and the state it is brought to."""

    name: str
    vat: str
    interest: str
    status: S


REQUESTS = (
    DemoRequest("Consorzio dimostrativo dei trasporti", "99999990015", "Trasporto pubblico locale", S.REQUESTED),
    DemoRequest("Fondazione dimostrativa per la lettura", "99999990023", "Biblioteche aperte a tutti", S.UNDER_REVIEW),
    DemoRequest("Parco dimostrativo delle lame", "99999990031", "Tutela del territorio", S.INTEGRATION_REQUESTED),
    DemoRequest("Agenzia dimostrativa per la casa", "99999990049", "Edilizia sociale", S.ACT_UPLOADED),
    DemoRequest("Azienda dimostrativa dei rifiuti", "99999990056", "Igiene urbana", S.SCHEME_SIGNED),
    DemoRequest("Istituto dimostrativo per la musica", "99999990064", "Formazione musicale", S.TRANSMITTED),
    DemoRequest("Museo dimostrativo del mare", "99999990072", "Cultura e ricerca", S.ACTIVE),
    DemoRequest("Società dimostrativa delle terme", "99999990080", "Cure termali", S.SUSPENDED),
    DemoRequest("Circolo dimostrativo dei viaggiatori", "99999990098", "Turismo", S.REJECTED),
)
_ORDER = (S.REQUESTED, S.UNDER_REVIEW, S.ACT_UPLOADED, S.SCHEME_SIGNED, S.TRANSMITTED, S.ACTIVE, S.SUSPENDED)


@transaction.atomic
def load_requests(*, today: date) -> int:
    """Make the requests that are not there yet, without writing to anybody; how many."""
    before = Task.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    waiting = [asked for asked in REQUESTS if not Accreditation.objects.of_subject(asked.vat).exists()]
    for asked in waiting:
        _bring(asked, today)
    if not Obligation.objects.exists() and waiting:
        for side in Obligation.Side.values:
            actions.add_obligation(text=f"Impegno di esempio ({_LABEL})", side=side, by=SYSTEM)
    # Nobody lives at the invented addresses.
    Task.objects.filter(pk__gt=before, function="opentusk.joining.tasks.send_letter").delete()
    Task.objects.filter(pk__gt=before, function="opentusk.bodies.tasks.send_letter").delete()
    return len(waiting)


def remove_requests() -> None:
    """Take the requests and the example obligations away; their files follow by the clock."""
    Accreditation.objects.filter(is_demo=True).delete()
    Obligation.objects.filter(text__endswith=f"({_LABEL})").delete()


def referente_addresses() -> list[str]:
    """The addresses for which accounts were made."""
    return [_people(asked).referente_email for asked in REQUESTS]


def _bring(asked: DemoRequest, today: date) -> None:
    row = actions.request_accreditation(
        JoinRequest(
            code=asked.vat,
            is_in_ipa=False,
            name=asked.name,
            public_interest=f"{asked.interest} ({_LABEL})",
            requester_name="Persona dimostrativa",
            requester_email=f"ufficio.{asked.vat}@example.org",
            requester_function="Ufficio di esempio",
            delegated_by="Chi la rappresenta (esempio)",
        ),
        is_demo=True,
    )
    actions.confirm_request(row)
    for status in _way_to(asked.status):
        _step(row, status, asked, today)
    User.objects.filter(email=_people(asked).referente_email).update(is_demo=True)


def _way_to(status: S) -> tuple[S, ...]:
    if status in {S.INTEGRATION_REQUESTED, S.REJECTED}:
        return (S.UNDER_REVIEW, status)
    return _ORDER[1 : _ORDER.index(status) + 1]


def _step(row: Accreditation, status: S, asked: DemoRequest, today: date) -> None:
    day = today - timedelta(days=30)
    match status:
        case S.UNDER_REVIEW:
            actions.begin_review(row, checks=checks_for(row), by=SYSTEM)
        case S.INTEGRATION_REQUESTED:
            actions.request_integration(row, message="Manca lo statuto (esempio dimostrativo).", by=SYSTEM)
        case S.REJECTED:
            actions.reject(row, message="Non è titolare di dati (esempio dimostrativo).", by=SYSTEM)
        case S.ACT_UPLOADED:
            act = Act(number="1", adopted_on=day, organ="Organo di esempio")
            actions.upload_act(row, act, upload=_document("Atto dimostrativo"), by=SYSTEM)
        case S.SCHEME_SIGNED:
            promises = frozenset(Obligation.objects.in_force().of_the_body().values_list("pk", flat=True))
            role = "Legale rappresentante (esempio)"
            signed = Scheme(signer="Persona dimostrativa", role=role, signed_on=day, ticked=promises)
            actions.upload_scheme(row, signed, upload=_document("Schema dimostrativo"), by=SYSTEM)
        case S.TRANSMITTED:
            actions.note_transmission(row, Protocol(number="DEMO-1", registered_on=day), by=SYSTEM)
            actions.name_people(row, _people(asked), by=SYSTEM)
        case S.ACTIVE:
            actions.activate(row, by=SYSTEM)
        case S.SUSPENDED:
            assert row.agent
            actions.suspend(row.agent, reason="Esempio dimostrativo", on=today, by=SYSTEM)


def _people(asked: DemoRequest) -> People:
    return People(
        referente_name="Persona dimostrativa",
        referente_email=f"referente.{asked.vat}@example.org",
        rtd_name="Persona dimostrativa",
        contact_name="Ufficio di esempio",
        contact_email=f"dati.{asked.vat}@example.org",
    )


def _document(title: str) -> Upload:
    return Upload(f"{title}.pdf", BytesIO(one_page_pdf(f"{title} - {_LABEL}")))
