"""What each step of joining needs, and what is wrong with what was given.

Every value says its own `faults`: field → code. The forms show them in words, the actions refuse on them, so the
page and a program are held to the same rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from stdnum.it import iva

from opentusk.joining.models import Accreditation, Obligation
from opentusk.kit.vocabularies.bodies import find_body

# Mailboxes that anybody may open prove nothing about a body.
_PUBLIC_MAILBOXES = frozenset(
    ("gmail.com", "libero.it", "hotmail.com", "hotmail.it", "outlook.com", "outlook.it", "live.it", "live.com",
     "yahoo.it", "yahoo.com", "icloud.com", "virgilio.it", "alice.it", "tiscali.it", "tim.it", "proton.me", "msn.com")
)  # fmt: skip
# What the desk looks at when it takes a request in hand.
CHECKS_OF_IPA = ("tax_code_and_pec", "not_suppressed", "catalogues_searched")
CHECKS_OF_OTHERS = ("legal_title", "public_interest", "catalogues_searched")

Faults = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class JoinRequest:
    """Who asks to join, for which body. `code` is an IPA code, or a VAT number when the body is not in the index."""

    code: str
    is_in_ipa: bool
    name: str
    requester_name: str
    requester_email: str
    requester_function: str
    has_body_email: bool = False
    delegated_by: str = ""
    public_interest: str = ""

    def faults(self) -> Faults:
        """What is missing or wrong."""
        faults = _missing(self, ("name", "requester_name", "requester_email", "requester_function"))
        if self.is_in_ipa:
            if find_body(self.code) is None:
                faults["code"] = "not_in_ipa"
        else:
            faults |= _missing(self, ("public_interest",))
            if not iva.is_valid(self.code):
                faults["code"] = "wrong_vat"
        domain = self.requester_email.rpartition("@")[2].lower()
        if self.has_body_email and domain in _PUBLIC_MAILBOXES:
            faults["has_body_email"] = "public_mailbox"
        if not self.has_body_email and not self.delegated_by.strip():
            faults["delegated_by"] = "no_delegator"
        return faults

    def subject_code(self) -> str:
        """The code as it is kept: of the index, in its spelling; or the bare figures of the VAT number."""
        if self.is_in_ipa and (body := find_body(self.code)):
            return body.code
        return str(iva.compact(self.code))


@dataclass(frozen=True, kw_only=True)
class Act:
    """The act by which the body's governing organ decides to join."""

    number: str
    adopted_on: date
    organ: str

    def faults(self, today: date) -> Faults:
        """What is missing or wrong."""
        faults = _missing(self, ("number", "organ"))
        if self.adopted_on > today:
            faults["adopted_on"] = "in_future"
        return faults


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """The signed scheme: who signed, when, which version, and which obligations (by number) were ticked."""

    signer: str
    role: str
    signed_on: date
    version: str = ""
    ticked: frozenset[int] = frozenset()

    def faults(self, accreditation: Accreditation, obligations: Iterable[Obligation], today: date) -> Faults:
        """What is missing or wrong; the signature cannot be older than the act that authorises it."""
        faults = _missing(self, ("signer", "role"))
        if self.signed_on > today:
            faults["signed_on"] = "in_future"
        elif accreditation.act_date and self.signed_on < accreditation.act_date:
            faults["signed_on"] = "before_act"
        if {obligation.pk for obligation in obligations} - self.ticked:
            faults["ticked"] = "obligations_missing"
        return faults


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """Under which number and day the region's register has the transmission."""

    number: str
    registered_on: date

    def faults(self, accreditation: Accreditation, today: date) -> Faults:
        """What is missing or wrong."""
        faults = _missing(self, ("number",))
        if self.registered_on > today:
            faults["registered_on"] = "in_future"
        elif accreditation.signed_on and self.registered_on < accreditation.signed_on:
            faults["registered_on"] = "before_signature"
        return faults


@dataclass(frozen=True, kw_only=True)
class People:
    """Who will answer for the body. The RTD's and the DPO's addresses are invited to sign in; they may be left out."""

    referente_name: str
    referente_email: str
    rtd_name: str
    contact_name: str
    contact_email: str
    rtd_email: str = ""
    dpo_email: str = ""

    def faults(self) -> Faults:
        """What is missing."""
        return _missing(self, ("referente_name", "referente_email", "rtd_name", "contact_name", "contact_email"))

    def columns(self) -> Mapping[str, str]:
        """The values under the names of the row; addresses in lower case."""
        values = {field.name: str(getattr(self, field.name)).strip() for field in fields(self)}
        return {name: value.lower() if name.endswith("email") else value for name, value in values.items()}


def checks_for(accreditation: Accreditation) -> tuple[str, ...]:
    """What the desk must have looked at before it takes this request in hand."""
    return CHECKS_OF_IPA if accreditation.is_in_ipa else CHECKS_OF_OTHERS


def _missing(value: object, names: Iterable[str]) -> Faults:
    return {name: "missing" for name in names if not str(getattr(value, name)).strip()}
