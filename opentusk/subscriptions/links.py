"""The addresses that are sent to a person: signed, useless to anybody else, and all useless after the key changed."""

from django.conf import settings
from django.core import signing

from opentusk.subscriptions.errors import BadLink
from opentusk.subscriptions.models import Subscriber, Subscription

_SALT = "opentusk.subscriptions"


def token_of(subscriber: Subscriber) -> str:
    """The person's own word: opens the page of their notices."""
    return signing.dumps([subscriber.pk, subscriber.key], salt=_SALT)


def subscriber_of(token: str) -> Subscriber:
    """Whose word it is. Raises BadLink."""
    try:
        number, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise BadLink from fault
    found = Subscriber.objects.filter(pk=number, key=key).first()
    if found is None:
        raise BadLink
    return found


def manage_address(subscriber: Subscriber) -> str:
    """The page where everything that a person follows can be changed, without signing in."""
    return f"{settings.SITE_URL}/avvisi/{token_of(subscriber)}"


def confirm_address(subscription: Subscription) -> str:
    """The page that confirms a subscription."""
    token = token_of(subscription.subscriber)
    return f"{settings.SITE_URL}/avvisi/{token}/conferma/{subscription.uuid}"


def unsubscribe_address(subscriber: Subscriber) -> str:
    """The address that ends everything in one POST, without signing in (RFC 8058)."""
    return f"{settings.SITE_URL}/avvisi/{token_of(subscriber)}/annulla"
