"""Who hears of what is not public: the people of a body by their role, the regional desk. Asked again at send time."""

from collections.abc import Iterable

from django.db.models import QuerySet

from opentusk.bodies.models import Agent, Membership
from opentusk.catalog.models import Dataset
from opentusk.journal.models import Entry
from opentusk.notices.catalogue import all_rules
from opentusk.notices.models import Event
from opentusk.notices.rules import DESK
from opentusk.people.models import User
from opentusk.quality.models import DatasetScore

_ROLE = Membership.Role
# Of datasets: for who answers for the body all of them, for who writes those that they touched.
_OF_DATASETS = frozenset(
    {
        "dataset.late", "dataset.due_soon", "dataset.back_on_time", "link.broken", "link.restored", "realtime.silent",
        "realtime.back", "quality.changed", "file.schema_changed", "file.change_waiting",
    }
)  # fmt: skip
_OF_HARVEST = frozenset({"harvest.failed", "harvest.recovered", "harvest.to_confirm"})
_OF_PEOPLE = frozenset({"membership.requested", "membership.decided"})
_OF_PRIVACY = frozenset({"personal_data.suspected"})
_FOR_BODY = _OF_DATASETS | _OF_HARVEST | _OF_PEOPLE | _OF_PRIVACY
_FOR_DESK = _OF_HARVEST | {"file.change_waiting"}
# Their rooms write letters of their own about these.
HAVE_LETTERS = _OF_PEOPLE | _OF_PRIVACY
# Told to a body before readers hear; the second time is for readers only.
_TOLD_BEFORE = frozenset({"dataset.late", "link.broken"})
_BY_ROLE = {
    _ROLE.REFERENTE: _FOR_BODY, _ROLE.RTD: _OF_DATASETS | _OF_HARVEST, _ROLE.REDATTORE: _OF_DATASETS,
    _ROLE.REVISORE: _OF_DATASETS, _ROLE.DPO: _OF_PRIVACY,
}  # fmt: skip
_ONLY_TOUCHED = frozenset({_ROLE.REDATTORE, _ROLE.REVISORE})
_BANDS = list(DatasetScore.Band.values)


def for_body() -> frozenset[str]:
    """The types that somebody who works for a body may hear of by role."""
    return _FOR_BODY | {rule.type for rule in all_rules() if rule.heard_by - {DESK}}


def for_desk() -> frozenset[str]:
    """The types that the regional desk hears of."""
    return _FOR_DESK | _heard_by(DESK)


def _heard_by(role: str) -> frozenset[str]:
    return frozenset(rule.type for rule in all_rules() if role in rule.heard_by)


def heard_at_work(user_id: int, agent: Agent, events: Iterable[Event]) -> list[Event]:
    """Those of a body's events that this person may and should hear of now; never what they did themselves."""
    whole, touched_types = _types_of(user_id, agent)
    if not whole | touched_types:
        return []
    ours = [event for event in events if event.holder_id == agent.pk and _is_work(event, user_id)]
    touched = _touched(user_id, ours) if touched_types else frozenset()
    return [
        event for event in ours if event.type in whole or (event.type in touched_types and _thing(event) in touched)
    ]


def datasets_heard_of(user_id: int, agent: Agent, type_: str) -> QuerySet[Dataset]:
    """The datasets of a body of which this person hears of events of a type, by their roles of now."""
    ours, (whole, touched_types) = Dataset.objects.filter(rights_holder=agent), _types_of(user_id, agent)
    if type_ in whole:
        return ours
    if type_ not in touched_types:
        return ours.none()
    kind = Dataset._meta.label_lower
    done = Entry.objects.filter(actor=f"{User._meta.label_lower}:{user_id}", subject__startswith=f"{kind}:")
    return ours.filter(pk__in={int(subject.rpartition(":")[2]) for subject in done.values_list("subject", flat=True)})


def _types_of(user_id: int, agent: Agent) -> tuple[frozenset[str], frozenset[str]]:
    """What somebody hears of whatever it is about, and what only of things that they touched."""
    memberships = Membership.objects.valid().filter(user=user_id, agent=agent)
    roles = set(memberships.values_list("role", flat=True))
    whole = frozenset().union(*(_BY_ROLE[_ROLE(role)] | _heard_by(role) for role in roles - _ONLY_TOUCHED))
    touched = frozenset().union(*(_BY_ROLE[_ROLE(role)] | _heard_by(role) for role in roles & _ONLY_TOUCHED))
    return whole, touched


def heard_at_desk(user_id: int, events: Iterable[Event]) -> list[Event]:
    """Those of the events that the regional desk hears of, if this person works there now."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is None or not user.is_editor:
        return []
    return [event for event in events if event.type in for_desk() and _is_work(event, user_id)]


def _is_work(event: Event, user_id: int) -> bool:
    if event.caused_by == user_id or (event.type in _TOLD_BEFORE and event.is_public):
        return False
    return event.type != "quality.changed" or _is_worse(event)


def _is_worse(event: Event) -> bool:
    before, after = event.payload.get("before"), event.payload.get("after")
    return before in _BANDS and after in _BANDS and _BANDS.index(after) > _BANDS.index(before)


def _touched(user_id: int, events: Iterable[Event]) -> frozenset[str]:
    """The things of these events on which the person has ever done something."""
    subjects = {_thing(event) for event in events} - {""}
    done = Entry.objects.filter(actor=f"{User._meta.label_lower}:{user_id}", subject__in=subjects)
    return frozenset(done.values_list("subject", flat=True))


def _thing(event: Event) -> str:
    """What an event is about, in the journal's naming."""
    return event.subject or (f"{Dataset._meta.label_lower}:{event.dataset_id}" if event.dataset_id else "")
