"""Files and answers that a body gives when it joins."""

from datetime import date
from io import BytesIO
from pathlib import Path

from opentusk.joining.steps import Act, JoinRequest, People, Protocol, Scheme
from opentusk.joining.store import Upload

SAMPLES = Path(__file__).parent / "samples"
PDF = (SAMPLES / "atto.pdf").read_bytes()
# The same PDF inside a CAdES signature made for the tests by a certificate of no authority.
SIGNED = (SAMPLES / "atto.pdf.p7m").read_bytes()
# Correct by its check figure, and nobody's.
VAT = "99999999990"


def upload(content: bytes = PDF, name: str = "atto.pdf") -> Upload:
    return Upload(name, BytesIO(content))


def request_of(code: str = "c_e506", **changes: object) -> JoinRequest:
    values = {
        "code": code,
        "is_in_ipa": True,
        "name": "Comune di Lecce",
        "requester_name": "Persona A",
        "requester_email": "Ufficio@comune.example",
        "requester_function": "Segretario generale",
        "has_body_email": True,
    }
    return JoinRequest(**{**values, **changes})  # type: ignore[arg-type]


ACT = Act(number="12/2024", adopted_on=date(2024, 2, 10), organ="Giunta comunale")
SCHEME = Scheme(signer="Persona B", role="Sindaco", signed_on=date(2024, 2, 12), version="1")
PROTOCOL = Protocol(number="AOO_123", registered_on=date(2024, 2, 20))
PEOPLE = People(
    referente_name="Persona C",
    referente_email="Referente@comune.example",
    rtd_name="Persona D",
    rtd_email="rtd@comune.example",
    dpo_email="dpo@comune.example",
    contact_name="Ufficio statistica",
    contact_email="dati@comune.example",
)
