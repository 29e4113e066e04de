"""Rows of the subscriptions room."""

from opentusk.subscriptions.models.delivering import (
    Delivery,
    DeliveryQuerySet,
    InboxNotice,
    InboxNoticeQuerySet,
    Mark,
    Pause,
)
from opentusk.subscriptions.models.following import (
    ALL_FAMILIES,
    FAMILY_BITS,
    PUBLIC_KINDS,
    WORK_KINDS,
    Match,
    Rhythm,
    SavedQuery,
    ScopeKind,
    Subscriber,
    SubscriberQuerySet,
    Subscription,
    SubscriptionQuerySet,
)
from opentusk.subscriptions.models.webhooks import (
    SECRET_OF_WEBHOOK,
    MessageQuerySet,
    Webhook,
    WebhookMessage,
    WebhookQuerySet,
)

__all__ = [
    "ALL_FAMILIES",
    "FAMILY_BITS",
    "PUBLIC_KINDS",
    "SECRET_OF_WEBHOOK",
    "WORK_KINDS",
    "Delivery",
    "DeliveryQuerySet",
    "InboxNotice",
    "InboxNoticeQuerySet",
    "Mark",
    "Match",
    "MessageQuerySet",
    "Pause",
    "Rhythm",
    "SavedQuery",
    "ScopeKind",
    "Subscriber",
    "SubscriberQuerySet",
    "Subscription",
    "SubscriptionQuerySet",
    "Webhook",
    "WebhookMessage",
    "WebhookQuerySet",
]
