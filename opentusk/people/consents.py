"""What people may agree to: the texts, by version, and the answers given and taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.journal.actions import record
from opentusk.people.actors import actor_of
from opentusk.people.events import PeopleEvent
from opentusk.people.models import Consent, User

# The version of each text, and the text. A change of the words is a new version: whoever said yes to the former one
# said yes to the former one.
TEXTS: dict[Consent.Purpose, tuple[str, Promise]] = {
    Consent.Purpose.NEWSLETTER: (
        "2026-11",
        _("Voglio ricevere per e-mail la newsletter del programma. Posso smettere quando voglio, con un clic."),
    ),
    Consent.Purpose.PUBLIC_NAME: (
        "2026-11",
        _("Il nome pubblico che ho scelto può comparire accanto a ciò che scrivo. Se lo ritiro, il nome sparisce."),
    ),
    Consent.Purpose.PHOTO: (
        "2026-11",
        _("Posso comparire in foto e video degli eventi pubblicati dal portale."),
    ),
}


@transaction.atomic
def give_consent(user: User, purpose: Consent.Purpose) -> Consent:
    """Say yes to the text as it is now; yes twice to the same text is once, to a new text takes its place."""
    version = TEXTS[purpose][0]
    standing = Consent.objects.standing().filter(user=user, purpose=purpose).first()
    if standing is not None and standing.text_version == version:
        return standing
    if standing is not None:
        _end(standing)
    made = Consent.objects.create(user=user, purpose=purpose, text_version=version)
    facts = {"purpose": str(purpose), "version": version}
    record(PeopleEvent.CONSENT_GIVEN, user, by=actor_of(user), facts=facts)
    return made


@transaction.atomic
def withdraw_consent(user: User, purpose: Consent.Purpose) -> bool:
    """Take a yes back, as easily as it was given; whether there was one."""
    standing = Consent.objects.standing().filter(user=user, purpose=purpose).first()
    if standing is None:
        return False
    _end(standing)
    record(PeopleEvent.CONSENT_WITHDRAWN, user, by=actor_of(user), facts={"purpose": str(purpose)})
    return True


def _end(consent: Consent) -> None:
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
