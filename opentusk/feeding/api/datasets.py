"""Datasets: described, published, withdrawn by a program."""

from django.http import HttpRequest
from ninja import Router, Status

from opentusk.bodies.models import Agent
from opentusk.bodies.permissions import writable_agents
from opentusk.catalog import actions
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.models import Dataset
from opentusk.catalog.records import to_record
from opentusk.editorial.actions.declaring import sign_declaration
from opentusk.editorial.questions import QUESTIONS
from opentusk.feeding.api.auth import Caller, caller_of
from opentusk.feeding.api.describing import described
from opentusk.feeding.api.shapes import AnswersIn, DescriptionIn, MeOut, QuestionOut, ReasonIn, StateOut
from opentusk.feeding.api.state import state_of
from opentusk.feeding.errors import UnknownDataset

router = Router()


@router.get("/me", response=MeOut, summary="Di chi è la chiave, e per quali enti vale")
def me(request: HttpRequest) -> MeOut:
    """The account of the key, what the key may do, and for which bodies."""
    caller = caller_of(request)
    agents = [agent for agent in writable_agents(caller.actor) if caller.token.may_touch(agent.ipa_code)]
    return MeOut(
        account=caller.token.user.email,
        scope=caller.token.scope,
        bodies=[{"ipa_code": agent.ipa_code, "name": agent.name} for agent in agents],
    )


@router.put(
    "/datasets/{identifier}",
    response={200: StateOut, 201: StateOut},
    summary="Crea un dataset, o cambia la sua descrizione",
)
def put_dataset(request: HttpRequest, identifier: str, said: DescriptionIn) -> Status[StateOut]:
    """Create a draft, or change what is said; the same call made twice changes nothing.

    `identifier` is `<IPA code>:<name>`, lower case, and never changes. With `If-Match: "<checksum>"` the change is
    refused (409) when somebody else has changed the description meanwhile.
    """
    caller = caller_of(request)
    existing = Dataset.objects.filter(identifier=identifier.lower()).exists()
    if existing:
        dataset = caller.dataset_to_change(identifier)
        record, repairs = described(to_record(dataset), said)
        expected = request.headers.get("If-Match", "").strip('W/"') or dataset.checksum
        dataset = actions.change_record(dataset, record, by=caller.actor, expected=expected)
        return Status(200, state_of(dataset, repairs))
    holder = _holder(caller, identifier)
    record, repairs = described(first_record(holder, identifier=identifier.lower(), title=""), said)
    dataset = actions.create_draft(record, holder=holder, by=caller.actor)
    return Status(201, state_of(dataset, repairs))


@router.get("/datasets/{identifier}", response=StateOut, summary="Lo stato di un dataset del tuo ente")
def get_dataset(request: HttpRequest, identifier: str) -> StateOut:
    """What is wrong, what it waits for, its files and their versions."""
    return state_of(caller_of(request).dataset(identifier))


@router.get("/declaration", response=list[QuestionOut], summary="Le domande della dichiarazione")
def questions(request: HttpRequest) -> list[QuestionOut]:
    """What the owner of the key answers for, before anything is public: rights, personal data, secrets."""
    return [
        QuestionOut(
            code=one.code,
            text=str(one.text),
            help=str(one.help),
            usual=one.usual,
            otherwise=one.otherwise.value,
            way_out=str(one.way_out),
        )
        for one in QUESTIONS
    ]


@router.post("/datasets/{identifier}/declaration", response=StateOut, summary="Firma la dichiarazione")
def declare(request: HttpRequest, identifier: str, said: AnswersIn) -> StateOut:
    """Sign the check-list in the name of the owner of the key, who answers for it; 422 names what is missing, 409 says
    that it is not what `shown` spoke of any more.
    """
    caller = caller_of(request)
    caller.require_publishing()
    answers = {code: {"answer": one.answer, "note": one.note} for code, one in said.answers.items()}
    dataset = caller.dataset(identifier)
    sign_declaration(dataset, answers, by=caller.actor, shown=said.shown)
    return state_of(caller.dataset(identifier))


@router.post("/datasets/{identifier}/publish", response=StateOut, summary="Pubblica")
def publish(request: HttpRequest, identifier: str) -> StateOut:
    """Make it public; 409 with the problems, or with what it waits for."""
    caller = caller_of(request)
    caller.require_publishing()
    return state_of(actions.publish(caller.dataset(identifier), by=caller.actor))


@router.post("/datasets/{identifier}/withdraw", response=StateOut, summary="Ritira, con un motivo")
def withdraw(request: HttpRequest, identifier: str, said: ReasonIn) -> StateOut:
    """Take it away; a page with the description, the reason and the date stays at its address."""
    caller = caller_of(request)
    caller.require_publishing()
    return state_of(actions.withdraw(caller.dataset(identifier), by=caller.actor, reason=said.reason))


def _holder(caller: Caller, identifier: str) -> Agent:
    """The body of the identifier, if it is one of the caller's."""
    code = identifier.partition(":")[0].lower()
    holder = writable_agents(caller.actor).filter(ipa_code=code).first()
    if holder is None:
        raise UnknownDataset(identifier)
    caller.require_body(holder)
    return holder
