"""Having an account and leaving: with as little as possible, and with everything back."""

import json
import zipfile
from collections.abc import Collection
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import ForeignObjectRel
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.journal.actions import record
from opentusk.journal.actors import ANONYMOUS
from opentusk.people.actions import limit_attempts, sign_in_path
from opentusk.people.actors import actor_of
from opentusk.people.consents import give_consent
from opentusk.people.errors import LastAdmin
from opentusk.people.events import PeopleEvent
from opentusk.people.models import Consent, SignInLink, User, World, new_person_key
from opentusk.people.personal import Rows, everything_about, forget_everywhere

# An account that nobody confirmed by opening the letter is forgotten after so long.
UNCONFIRMED_FOR = timedelta(days=7)


@transaction.atomic
def register(
    email: str,
    *,
    address: str,
    world: str = "",
    public_name: str = "",
    language: str = "it",
    consents: Collection[Consent.Purpose] = (),
) -> None:
    """Make an account and send the link that opens it; who has one gets the link. The answer never tells which.

    Consents of a new account hold only because its mailbox opens the link. Raises TooManyAttempts.
    """
    limit_attempts(f"register:{email.strip().lower()}", address=address)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(
            email, world=World(world) if world else "", public_name=public_name.strip(), language=language
        )
        record(PeopleEvent.REGISTERED, user, by=ANONYMOUS, facts={"world": world})
        for purpose in consents:
            give_consent(user, purpose)
    if user.is_active:
        context = {"link": settings.SITE_URL + sign_in_path(user), "minutes": 15, "portal": settings.PORTAL_TITLE}
        subject = _("Il tuo account su %(portal)s") % {"portal": settings.PORTAL_TITLE}
        body = render_to_string("people/registered.txt", context)
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])


@transaction.atomic
def change_profile(user: User, *, world: str, public_name: str) -> None:
    """Say to which world one belongs, and what others read."""
    user.world, user.public_name = (World(world) if world else ""), public_name.strip()
    user.save(update_fields=["world", "public_name"])
    record(PeopleEvent.PROFILE_CHANGED, user, by=actor_of(user), facts={"world": world})


@transaction.atomic
def leave(user: User) -> None:
    """Leave at once: name and address go, contributions stay without a signature, counts are what they were.

    The row stays as a tombstone of no one, so that what names it still stands; nobody can sign in with it.
    Raises LastAdmin.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    others = User.objects.active().filter(desk_role=User.DeskRole.ADMIN).exclude(pk=person.pk)
    if person.is_admin and not others.exists():
        raise LastAdmin
    tombstone = new_person_key()
    forget_everywhere(person, tombstone)
    SignInLink.objects.filter(user=person).delete()
    person.tokens.all().delete()
    person.consents.all().delete()
    person.roles.all().delete()
    person.email, person.name, person.public_name = f"{tombstone.lower()}@cancellato.invalid", "", ""
    person.person_key, person.totp_secret, person.is_active = tombstone, "", False
    person.set_unusable_password()
    person.save()
    record(PeopleEvent.LEFT, person, by=ANONYMOUS)


def forget_unconfirmed() -> int:
    """Delete accounts whose letter nobody opened in a week and that nothing names; how many."""
    limit = timezone.now() - UNCONFIRMED_FOR
    waiting = User.objects.filter(confirmed_at__isnull=True, last_login__isnull=True, joined_at__lt=limit)
    unused = [user for user in waiting if not user.has_usable_password() and not _is_named(user)]
    for user in unused:
        user.delete()
    return len(unused)


def everything_zipped(user: User) -> bytes:
    """What the portal knows of a person: a ZIP with JSON for programs and a page for people."""
    rows = account_rows(user) | everything_about(user) | named_rows(user)
    page = render_to_string("people/my_data.html", {"tables": rows, "portal": settings.PORTAL_TITLE})
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dati.json", json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        archive.writestr("dati.html", page)
    return packed.getvalue()


def account_rows(user: User) -> Rows:
    """The account itself, consents, roles and keys."""
    return {
        "account": [
            {
                "e-mail": user.email,
                "nome": user.name,
                "nome pubblico": user.public_name,
                "mondo": user.world,
                "lingua": user.language,
                "iscritto": user.joined_at.isoformat(),
            }
        ],
        "consensi": [
            {"scopo": one.purpose, "testo": one.text_version, "dato": one.given_at, "ritirato": one.withdrawn_at}
            for one in Consent.objects.of(user)
        ],
        "incarichi": [{"ruolo": one.role, "per": one.scope, "dal": one.granted_at} for one in user.roles.all()],
        "chiavi per programmi": [
            {"nome": one.name, "inizio": one.start, "creata": one.created_at} for one in user.tokens.all()
        ],
    }


def named_rows(user: User) -> Rows:
    """Every other row of the portal that names the account, whatever its room: table, row and in which capacity."""
    named = [
        {"tabella": str(relation.related_model._meta.verbose_name), "riga": str(row), "come": relation.field.name}
        for relation in _relations()
        for row in relation.related_model._default_manager.filter(**{relation.field.name: user})
    ]
    return {"altre righe che ti nominano": named} if named else {}


def _relations() -> list[ForeignObjectRel]:
    """Every column of the portal that points at an account."""
    found = [field for field in User._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel)]
    return [relation for relation in found if not relation.many_to_many]


def _is_named(user: User) -> bool:
    own = {Consent, SignInLink}
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: user}).exists()
        for relation in _relations()
        if relation.related_model not in own
    )
