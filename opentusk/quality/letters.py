"""The letters about suspicions of personal data: kinds and columns, never a value."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent, Membership
from opentusk.kit.personal import tell_finding
from opentusk.people.models import User
from opentusk.quality.models import PrivacyCase


@dataclass(frozen=True)
class Letter:
    """One letter: its readers, one by one, so that none sees another's address."""

    to: tuple[str, ...]
    subject: str
    text: str


def letter_of(name: str, case: PrivacyCase) -> Letter:
    """The letter of this name about a case: `opened` goes to who decides, `decided` to who gave the file."""
    return _opened(case) if name == "opened" else _decided(case)


def deciders_of(agent: Agent) -> list[str]:
    """The addresses of those who decide for a body: its data protection officers, else its referenti, else the desk."""
    valid = Membership.objects.valid()
    for members in (valid.dpos_of(agent), valid.filter(agent=agent, role=Membership.Role.REFERENTE)):
        if found := list(members.order_by("user__email").values_list("user__email", flat=True).distinct()):
            return found
    admins = User.objects.active().filter(desk_role=User.DeskRole.ADMIN)
    return list(admins.order_by("email").values_list("email", flat=True))


def address_of(case: PrivacyCase) -> str:
    """Where the case is read and decided."""
    return f"{settings.SITE_URL}/scrivania/privacy/{case.pk}"


def _opened(case: PrivacyCase) -> Letter:
    values = {"title": case.dataset.title, "number": case.version.number}
    words = [
        _("In un file del dataset «%(title)s» (versione %(number)s) potrebbero esserci dati personali.") % values,
        _("Il file non è pubblico e non lo sarà finché non decidi tu. Che cosa si sospetta:"),
        "\n".join(f"– {tell_finding(finding, 'it')}" for finding in case.found),
        _("Leggi il caso e decidi da qui:"),
        address_of(case),
    ]
    subject = _("Possibili dati personali da valutare: %(title)s") % values
    return Letter(tuple(deciders_of(case.dataset.rights_holder)), subject, _signed(words))


def _decided(case: PrivacyCase) -> Letter:
    values = {"title": case.dataset.title, "number": case.version.number, "decision": case.get_decision_display()}
    words = [
        _("Per il dataset «%(title)s» (versione %(number)s del file) è stato deciso: %(decision)s.") % values,
        _("Il motivo e che cosa fare ora sono qui:"),
        address_of(case),
    ]
    giver = case.version.made_by
    is_told = giver is not None and giver.is_active and giver.pk != case.decided_by_id
    subject = _("Decisione sui dati personali: %(title)s") % values
    return Letter((giver.email,) if giver and is_told else (), subject, _signed(words))


def _signed(words: Iterable[str]) -> str:
    return "\n\n".join([*words, f"{settings.PORTAL_TITLE}\n{settings.SITE_URL}"])
