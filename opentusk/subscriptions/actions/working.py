"""What comes with a role: who works for a body, or at the desk, hears of that work until the role ends."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from opentusk.bodies.models import Membership
from opentusk.people.models import User
from opentusk.subscriptions.actions.following import subscriber_for
from opentusk.subscriptions.models import WORK_KINDS, Rhythm, ScopeKind, Subscription
from opentusk.subscriptions.rhythms import next_week

_Place = tuple[int, str, str, str]
# What presses is in the inbox at once; the letter of the morning has everything, that of Monday the week.
_CHANNELS = {"inbox": Rhythm.AT_ONCE, "mail": Rhythm.DAILY}


@transaction.atomic
def follow_work() -> None:
    """Give everybody the notices of their roles, and end those of roles that have ended. What they tuned stays."""
    places = _places()
    known: dict[_Place, int] = {}
    for row in Subscription.objects.filter(scope_kind__in=WORK_KINDS).select_related("subscriber"):
        known[(row.subscriber.user_id or 0, row.scope_kind, row.scope_key, row.channel)] = row.pk
    Subscription.objects.filter(pk__in=[pk for place, pk in known.items() if place not in places]).delete()
    people = User.objects.in_bulk([place[0] for place in places if place not in known])
    for place in places.keys() - known.keys():
        user, kind, key, channel = place
        is_week, now = kind == ScopeKind.WEEK, timezone.now()
        rhythm = Rhythm.WEEKLY if is_week else _CHANNELS[channel]
        Subscription.objects.create(
            subscriber=subscriber_for("", people[user]), scope_kind=kind, scope_key=key, channel=channel,
            title=places[place], rhythm=rhythm, confirmed_at=now, due_at=next_week(now) if is_week else None,
        )  # fmt: skip


def _places() -> dict[_Place, str]:
    """Person, scope and channel of every role, with the title of its notices."""
    found: dict[_Place, str] = {}
    members = Membership.objects.current().values_list("user", "agent__ipa_code", "agent__name").distinct()
    for user, code, name in members:
        title = _("Il lavoro per %(name)s") % {"name": name}
        found |= {(user, ScopeKind.BODY.value, code, channel): title[:500] for channel in _CHANNELS}
        week = _("La settimana: %(name)s") % {"name": name}
        found[(user, ScopeKind.WEEK.value, code, "mail")] = week[:500]
    desk = User.objects.active().exclude(desk_role=User.DeskRole.NONE).values_list("pk", flat=True)
    for user in desk:
        found |= {(user, ScopeKind.DESK.value, "", channel): _("La redazione regionale") for channel in _CHANNELS}
    return found
