"""Every write of the people room: signing in and its keys."""

import hashlib
import secrets
from datetime import timedelta

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.journal.actions import record
from opentusk.people.actors import actor_of
from opentusk.people.errors import TooManyAttempts, WrongCredentials
from opentusk.people.events import PeopleEvent
from opentusk.people.models import SignInFailure, SignInLink, User

LINK_LIFE = timedelta(minutes=15)
_FAILURES_ALLOWED = 8
_FAILURE_WINDOW = timedelta(minutes=15)


def check_sign_in(email: str, password: str, *, address: str) -> User:
    """The account that these credentials open. Raises WrongCredentials, TooManyAttempts.

    An unknown address costs as much time as a wrong password, so that the time tells nobody who has an account.
    """
    keys = _keys(email, address)
    _refuse_when_too_many(keys)
    user = User.objects.active().filter(email=email.strip().lower()).first()
    stored = user.password if user else make_password(None)
    if user is None or not check_password(password, stored):
        _note_failure(keys)
        raise WrongCredentials
    return user


@transaction.atomic
def send_sign_in_link(email: str, *, address: str) -> None:
    """Send a one-time link to an account; silently nothing for an unknown address. Raises TooManyAttempts."""
    keys = _keys(email, address)
    _refuse_when_too_many(keys)
    # Asking counts too: otherwise anybody could fill somebody's mailbox.
    _note_failure(keys)
    user = User.objects.active().filter(email=email.strip().lower()).first()
    if user is None:
        return
    context = {
        "link": settings.SITE_URL + sign_in_path(user),
        "minutes": 15,
        "portal": settings.PORTAL_TITLE,
    }
    send_mail(
        _("Il tuo collegamento per entrare in %(portal)s") % {"portal": settings.PORTAL_TITLE},
        render_to_string("people/sign_in_link.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )


@transaction.atomic
def sign_in_path(user: User, *, life: timedelta = LINK_LIFE) -> str:
    """A path of the portal that signs this person in, once; only for whoever is known to read their mailbox."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_hash=_hash(token), expires_at=timezone.now() + life)
    return f"/accedi/collegamento/{token}"


@transaction.atomic
def limit_attempts(what: str, *, address: str) -> None:
    """Count one more try of what strangers may do; the ninth in a while is refused. Raises TooManyAttempts."""
    keys = _keys(what, address)
    _refuse_when_too_many(keys)
    _note_failure(keys)


@transaction.atomic
def use_sign_in_link(token: str) -> User:
    """The account a one-time link opens; the link is used up. Raises WrongCredentials."""
    links = SignInLink.objects.usable(timezone.now()).select_related("user").select_for_update(no_key=True)
    link = links.filter(token_hash=_hash(token)).first()
    if link is None:
        raise WrongCredentials
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    if link.user.confirmed_at is None:
        link.user.confirmed_at = link.used_at
        link.user.save(update_fields=["confirmed_at"])
    return link.user


def check_code(user: User, code: str, *, address: str) -> None:
    """Accept the six figures of the second factor. Raises WrongCredentials, TooManyAttempts."""
    keys = _keys(f"code:{user.pk}", address)
    _refuse_when_too_many(keys)
    if not pyotp.TOTP(user.totp_secret).verify(code.replace(" ", ""), valid_window=1):
        _note_failure(keys)
        raise WrongCredentials


@transaction.atomic
def note_sign_in(user: User) -> None:
    """Write in the journal that somebody came in."""
    record(PeopleEvent.SIGNED_IN, user, by=actor_of(user))


@transaction.atomic
def change_password(user: User, password: str) -> None:
    """Give the account a new password, already validated by the form."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(PeopleEvent.PASSWORD_CHANGED, user, by=actor_of(user))


@transaction.atomic
def turn_on_second_factor(user: User, secret: str, code: str) -> None:
    """Ask for a code from now on. Raises WrongCredentials when the code does not prove that the app has the secret."""
    if not pyotp.TOTP(secret).verify(code.replace(" ", ""), valid_window=1):
        raise WrongCredentials
    user.totp_secret = secret
    user.save(update_fields=["totp_secret"])
    record(PeopleEvent.SECOND_FACTOR_ON, user, by=actor_of(user))


@transaction.atomic
def turn_off_second_factor(user: User) -> None:
    """Stop asking for a code."""
    user.totp_secret = ""
    user.save(update_fields=["totp_secret"])
    record(PeopleEvent.SECOND_FACTOR_OFF, user, by=actor_of(user))


def forget_old_attempts() -> None:
    """Delete failures and links that no longer count."""
    now = timezone.now()
    SignInFailure.objects.filter(at__lt=now - timedelta(days=1)).delete()
    SignInLink.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()


def _keys(email: str, address: str) -> list[str]:
    return [_hash(f"account:{email.strip().lower()}"), _hash(f"address:{address}")]


def _hash(text: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{text}".encode()).hexdigest()


def _refuse_when_too_many(keys: list[str]) -> None:
    since = timezone.now() - _FAILURE_WINDOW
    for key in keys:
        if SignInFailure.objects.filter(key=key, at__gt=since).count() >= _FAILURES_ALLOWED:
            raise TooManyAttempts(minutes=int(_FAILURE_WINDOW.total_seconds() // 60))


def _note_failure(keys: list[str]) -> None:
    SignInFailure.objects.bulk_create(SignInFailure(key=key) for key in keys)
