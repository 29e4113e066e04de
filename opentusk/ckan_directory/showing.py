"""Bodies, themes and persons as CKAN shows them, many at once with a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import md5
from typing import Any

from django.db.models import Count

from opentusk.bodies.models import Agent, AgentQuerySet, Membership
from opentusk.catalog.events import CatalogEvent
from opentusk.catalog.models import Dataset
from opentusk.ckan.showing import group_brief, organization_brief
from opentusk.ckan_directory.capacities import capacity_of
from opentusk.ckan_directory.models import Organization
from opentusk.ckan_directory.people import number_of_reference, user_id, user_name
from opentusk.ckan_directory.permissions import Sight
from opentusk.journal.models import Entry
from opentusk.kit.ckan_packages.spelling import moment
from opentusk.kit.vocabularies import Theme
from opentusk.people.models import User
from opentusk.search.finding import count_hits
from opentusk.search.question import Question
from opentusk.subscriptions.counts import followers_by_key
from opentusk.subscriptions.models import ScopeKind

Json = dict[str, Any]


def organization_dicts(agents: Sequence[Agent]) -> list[Json]:
    """Bodies as organizations, with how many public datasets and how many followers they have."""
    counts = organization_sizes(agents)
    followers = followers_by_key(ScopeKind.HOLDER, [agent.ipa_code for agent in agents])
    return [
        {
            **organization_brief(agent),
            "display_name": agent.name,
            "image_display_url": agent.image_url,
            "package_count": counts.get(agent.pk, 0),
            "num_followers": followers.get(agent.ipa_code, 0),
            "identifier": agent.ipa_code,
            "site": agent.site,
            "email": agent.contact_email,
            "telephone": agent.contact_phone,
        }
        for agent in agents
    ]


def organization_sizes(agents: Collection[Agent] | AgentQuerySet) -> Mapping[int, int]:
    """How many public datasets bodies have, by their row; what has none is not in it."""
    return _counted(Dataset.objects.published().filter(rights_holder__in=agents), "rights_holder")


def organization_extras(agents: Collection[Agent]) -> Mapping[int, list[Json]]:
    """The extras of bodies by their row; what has none is not in it."""
    return dict(Organization.objects.filter(agent__in=agents).values_list("agent", "extras"))


def group_dicts(themes: Sequence[Theme]) -> list[Json]:
    """Themes as groups."""
    followers = followers_by_key(ScopeKind.THEME, [theme.code for theme in themes])
    return [
        {
            **group_brief(theme),
            "type": "group",
            "state": "active",
            "approval_status": "approved",
            "is_organization": False,
            "image_url": "",
            "created": None,
            "uri": theme.iri,
            "package_count": group_size(theme),
            "num_followers": followers.get(theme.code, 0),
        }
        for theme in themes
    ]


def group_size(theme: Theme) -> int:
    """How many public datasets a theme has, as the search knows it."""
    return count_hits(Question(chosen={"theme": (theme.code,)}))


def member_dicts(agent: Agent, sight: Sight) -> list[Json]:
    """The people of a body, each with the highest capacity that their roles give."""
    roles = roles_in(agent)
    users = User.objects.filter(pk__in=roles).select_related("ckan_account")
    shown = user_dicts(sorted(users, key=user_name), sight)
    by_number = {user_id(user): user.pk for user in users}
    return [{**one, "capacity": capacity_of(roles[by_number[one["id"]]])} for one in shown]


def roles_in(agent: Agent) -> dict[int, list[str]]:
    """The roles that each person has in a body now."""
    found: dict[int, list[str]] = {}
    for user, role in Membership.objects.current().filter(agent=agent).values_list("user", "role"):
        found.setdefault(user, []).append(role)
    return found


def user_dicts(users: Sequence[User], sight: Sight) -> list[Json]:
    """Accounts as users. A stranger is a name made of a number: the rest is for oneself, colleagues and the desk."""
    made = _packages_made(users)
    return [_user(user, sight, made.get(user.pk, 0)) for user in users]


def user_dict(user: User, sight: Sight) -> Json:
    """One account."""
    return user_dicts([user], sight)[0]


def _user(user: User, sight: Sight, made: int) -> Json:
    account = getattr(user, "ckan_account", None)
    knows = sight.knows(user)
    name = user_name(user)
    fullname = user.name if knows else ""
    image = account.image_url if account and knows else ""
    shown = {
        "id": user_id(user),
        "name": name,
        "fullname": fullname or None,
        "display_name": fullname or name,
        "about": (account.about or None) if account and knows else None,
        "created": moment(user.joined_at),
        "state": "active" if user.is_active else "deleted",
        "sysadmin": user.is_admin,
        "image_url": image or None,
        "image_display_url": image or None,
        "number_created_packages": made,
        "email_hash": "",
        "activity_streams_email_notifications": False,
        "last_active": moment(user.last_login) if knows and user.last_login else None,
    }
    if sight.knows_address(user):
        # The hash is CKAN's own key to a picture service; it gives the address away, so it goes where that goes.
        shown |= {"email": user.email, "email_hash": md5(user.email.encode(), usedforsecurity=False).hexdigest()}
    return shown


def _packages_made(users: Sequence[User]) -> dict[int, int]:
    references = [f"{User._meta.label_lower}:{user.pk}" for user in users]
    entries = Entry.objects.filter(event=CatalogEvent.DATASET_CREATED, actor__in=references)
    made = {number_of_reference(actor): count for actor, count in _counted(entries, "actor").items()}
    return {number: count for number, count in made.items() if number is not None}


def _counted(rows: Any, field: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(field).annotate(rows=Count("pk")))
