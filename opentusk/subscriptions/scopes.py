"""What can be followed: is it there, what is it called, and which events belong to it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.kit.vocabularies import THEMES
from opentusk.notices.models import Event, EventQuerySet, Mention
from opentusk.notices.permissions import for_body, for_desk
from opentusk.notices.speakers import public_subject, speakers
from opentusk.search.question import read_question
from opentusk.subscriptions.errors import UnknownScope
from opentusk.subscriptions.models import Match, SavedQuery, ScopeKind, Subscription
from opentusk.tables.models import Table
from opentusk.ui.speech import label_of

Scope = tuple[str, str]
_FIELDS: dict[str, str] = {
    ScopeKind.DATASET: "dataset__identifier", ScopeKind.HOLDER: "holder__ipa_code", ScopeKind.SUBJECT: "subject",
}  # fmt: skip
_SAVED = (ScopeKind.SEARCH, ScopeKind.TABLE)


def scopes_of(event: Event) -> list[Scope]:
    """Everything whose followers hear of an event, saved queries apart."""
    found: list[Scope] = [(ScopeKind.PORTAL, "")]
    about, holder = event.payload.get("dataset"), event.payload.get("holder")
    if about:
        found.append((ScopeKind.DATASET, about["identifier"]))
    mentioned = event.mentions.values_list("dataset__identifier", flat=True) if event.subject else ()
    found += [(ScopeKind.DATASET, identifier) for identifier in mentioned]
    if holder:
        found.append((ScopeKind.HOLDER, holder["identifier"]))
    if event.subject:
        found.append((ScopeKind.SUBJECT, event.subject))
    found += [(ScopeKind.THEME, code) for code in event.themes]
    found += [(ScopeKind.PLACE, name) for name in event.places]
    return found


def work_scopes_of(event: Event) -> list[Scope]:
    """The roles that may hear of an event, public or not; who really does is asked when it is told."""
    found: list[Scope] = [(ScopeKind.DESK, "")] if event.type in for_desk() else []
    if event.type in for_body() and event.payload.get("holder"):
        found.append((ScopeKind.BODY, event.payload["holder"]["identifier"]))
    return found


def events_of(kind: str, key: str, events: EventQuerySet) -> EventQuerySet:
    """Those of the events that belong to a scope."""
    if kind == ScopeKind.DATASET and (told := _mentioning(key)):
        return events.filter(Q(dataset__identifier=key) | Q(seq__in=told))
    if kind in _FIELDS:
        return events.filter(**{_FIELDS[kind]: key})
    match kind:
        case ScopeKind.THEME:
            return events.of_theme(key)
        case ScopeKind.PLACE:
            return events.of_place(key)
        case ScopeKind.SEARCH | ScopeKind.TABLE:
            return events.filter(seq__in=Match.objects.filter(query__kind=kind, query__key=key).values("seq"))
    return events


def _mentioning(identifier: str) -> list[int]:
    """The events about other things that the followers of a dataset hear of: few or none."""
    return list(Mention.objects.filter(dataset__identifier=identifier).values_list("event", flat=True))


def checked_scope(kind: str, key: str) -> tuple[Scope, str]:
    """The scope in its one spelling, and its title. Raises UnknownScope: only what is public can be followed."""
    key = key.strip()[:1_000]
    title = ""
    match kind:
        case ScopeKind.PORTAL:
            key, title = "", _("Tutto il portale")
        case ScopeKind.DATASET:
            key = key.lower()
            title = Dataset.objects.published().filter(identifier=key).values_list("title", flat=True).first() or ""
        case ScopeKind.HOLDER:
            key = key.lower()
            title = Agent.objects.filter(ipa_code=key).values_list("name", flat=True).first() or ""
        case ScopeKind.THEME:
            term = THEMES.by_code(key)
            title = label_of(term) if term else ""
        case ScopeKind.PLACE:
            title = key
        case ScopeKind.SUBJECT:
            thing = public_subject(key)
            title = thing.title if thing else ""
        case ScopeKind.SEARCH:
            key, title = _search(key)
        case ScopeKind.TABLE:
            title = _table(key)
    if not title:
        raise UnknownScope(kind, key)
    return (kind, key), title


def address_of(subscription: Subscription) -> str:
    """Where the followed thing is, on this portal."""
    key = subscription.scope_key
    address = "/scrivania" if subscription.is_work else "/novita"
    match subscription.scope_kind:
        case ScopeKind.DATASET:
            address = f"/dataset/{key.replace(':', '-', 1)}"
        case ScopeKind.HOLDER:
            slug = Agent.objects.filter(ipa_code=key).values_list("slug", flat=True).first()
            address = f"/enti/{slug}" if slug else "/enti"
        case ScopeKind.THEME:
            address = f"/temi/{key}"
        case ScopeKind.SEARCH:
            address = f"/catalogo?{key}"
        case ScopeKind.TABLE:
            address = f"/api/v1/tables/{key.partition('?')[0]}/rows?{key.partition('?')[2]}"
        case ScopeKind.SUBJECT if thing := public_subject(key):
            address = thing.path
    return address


def kind_of(subscription: Subscription) -> str:
    """What sort of thing is followed, in words."""
    speaker = speakers().get(subscription.scope_key.partition(":")[0])
    if subscription.scope_kind == ScopeKind.SUBJECT and speaker:
        return str(speaker.label)
    return str(ScopeKind(subscription.scope_kind).label)


def needs_saved_query(kind: str) -> bool:
    """Whether a scope is a question that is asked again when something changes."""
    return kind in _SAVED


def saved_queries(kind: str) -> Iterable[SavedQuery]:
    """The questions of one kind that somebody follows."""
    return SavedQuery.objects.filter(kind=kind).order_by("pk")


def _search(raw: str) -> Scope:
    """A search in the spelling of its page, and what it asks."""
    question = read_question(QueryDict(raw.lstrip("?"))).at_page(1)
    query = question.query()
    words = " ".join([question.text, *(value for values in question.chosen.values() for value in values)]).strip()
    return query, (_("Ricerca: %(words)s") % {"words": words} if words else _("Ricerca: tutto il catalogo"))


def _table(key: str) -> str:
    number, _mark, query = key.partition("?")
    try:
        table = Table.objects.public().filter(uuid=number).select_related("distribution__dataset").first()
    except (ValueError, TypeError, ValidationError):
        return ""
    if table is None:
        return ""
    return _("Righe di %(title)s con %(query)s") % {"title": table.distribution.dataset.title, "query": query or "–"}
