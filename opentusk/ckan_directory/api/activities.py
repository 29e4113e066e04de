"""Activities: what happened to packages and organizations, from the journal, each as far as the caller may know."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import context_diff, unified_diff
from html import escape
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from opentusk.catalog.models import Dataset
from opentusk.ckan import finding
from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.permissions import may_edit
from opentusk.ckan.protocol import Call
from opentusk.ckan_directory.activities import (
    TYPES,
    Activity,
    events_of,
    package_then,
    readable,
    references_of,
    shown,
    told_entries,
)
from opentusk.ckan_directory.api.groups import group
from opentusk.ckan_directory.api.organizations import visible
from opentusk.ckan_directory.api.users import known_user
from opentusk.ckan_directory.people import user_name
from opentusk.ckan_directory.permissions import require_sysadmin, sight_of, signed_in
from opentusk.ckan_directory.showing import Json
from opentusk.journal.models import Entry, EntryQuerySet, reference_of
from opentusk.kit.vocabularies import THEMES
from opentusk.notices.models import EVENTS_PER_ENTRY
from opentusk.people.models import User
from opentusk.subscriptions.actions import mark_done
from opentusk.subscriptions.models import InboxNotice, InboxNoticeQuerySet, ScopeKind, Subscription

_USUAL, _MOST, _FURTHEST = 31, 100, 1_000
_DIFFS = ("unified", "context", "html")
_GONE = "Activity was not found."


def package_activity_list(call: Call) -> Any:
    """Return what happened to the dataset `id`, the latest first.

    `limit` (31, at most 100) and `offset` (at most 1000), `before` and `after` (seconds since 1970) choose a part;
    `activity_types` or `exclude_activity_types` the kinds. The latest 5000 entries are looked at; `before` leads on.
    What happened before it was public is told to its own people.
    """
    found = finding.package(call, call.required("id"))
    return _listed(call, told_entries().about(found))


def organization_activity_list(call: Call) -> Any:
    """Return what happened to the organization `id` and to its datasets, as `package_activity_list` does."""
    agent = visible(call, call.required("id"))
    of_datasets = Q(subject__in=references_of(Dataset.objects.of(agent)))
    return _listed(call, told_entries().filter(of_datasets | Q(subject=reference_of(agent))))


def group_activity_list(call: Call) -> Any:
    """Return what happened to the datasets of the group `id`, as `package_activity_list` does."""
    theme = group(call.required("id"))
    return _listed(call, told_entries().filter(subject__in=references_of(Dataset.objects.about_theme(theme.iri))))


def user_activity_list(call: Call) -> Any:
    """Return what the account `id` did, as `package_activity_list` does: to themselves, colleagues and the desk."""
    asker = signed_in(call, "user_activity_list")
    user = known_user(call, call.required("id"))
    if not sight_of(call).knows(user):
        raise NotAuthorizedFault(f"User {user_name(asker)} not authorized to read what {user_name(user)} did")
    return _listed(call, told_entries().filter(actor=reference_of(user)))


def recently_changed_packages_activity_list(call: Call) -> Any:
    """Return what happened lately to datasets, as `package_activity_list` does."""
    packages = told_entries().filter(event__startswith="catalog.")
    return _listed(call, packages)


def dashboard_activity_list(call: Call) -> Any:
    """Return what happened to what the caller follows, and what the caller did; `is_new` is what was not read yet."""
    user = signed_in(call, "dashboard_activity_list")
    new = {seq // EVENTS_PER_ENTRY for notice in _unread(user) for seq in notice.events}
    found = _chosen(call, told_entries().filter(_followed(user) | Q(actor=reference_of(user))))
    return [
        {**one, "is_new": activity.entry.seq in new} for one, activity in zip(shown(found, call), found, strict=True)
    ]


def dashboard_new_activities_count(call: Call) -> Any:
    """Return how many lines of the caller's inbox were not read yet."""
    return _unread(signed_in(call, "dashboard_new_activities_count")).count()


def dashboard_mark_activities_old(call: Call) -> Any:
    """Mark every line of the caller's inbox as read."""
    mark_done(list(_unread(signed_in(call, "dashboard_mark_activities_old"))))


def activity_show(call: Call) -> Any:
    """Return the activity `id`, with the package as it was then unless `include_data` is false."""
    activity = _activity(call)
    found = shown([activity], call)[0]
    if activity.dataset and call.boolean("include_data", True):
        found["data"]["package"] = _then(call, activity)
    return found


def activity_data_show(call: Call) -> Any:
    """Return the package, or the organization, of the activity `id` as it was then.

    `object_type` (`package`, `group` or `organization`) says which of the two is wanted.
    """
    activity = _activity(call)
    kind = call.text("object_type")
    if kind not in {None, "package", "group", "organization"}:
        raise ValidationFault({"object_type": ["Must be one of: package, group, organization"]})
    if kind and (kind == "package") != (activity.dataset is not None):
        raise NotFoundFault("Could not find that object in this activity.")
    return _then(call, activity) if activity.dataset else shown([activity], call)[0]["data"]["group"]


def activity_diff(call: Call) -> Any:
    """Return what the activity `id` changed in its package, line by line of its JSON.

    `diff_type` is `unified`, `context` or `html`; both activities come with it.
    """
    kind = call.text("diff_type") or "unified"
    if kind not in _DIFFS:
        raise ValidationFault({"diff_type": [f"Must be one of: {', '.join(_DIFFS)}"]})
    if call.required("object_type") != "package":
        raise ValidationFault({"object_type": ["Only packages can be compared"]})
    activity = _activity(call)
    before = _before(call, activity)
    lines = [json.dumps(_then(call, one), indent=2, sort_keys=True, ensure_ascii=False) for one in (before, activity)]
    return {"diff": _diff(kind, *(text.split("\n") for text in lines)), "activities": shown([before, activity], call)}


def activity_create(call: Call) -> Any:
    """Refuse: the journal is written by what happens, never by hand."""
    require_sysadmin(call, "activity_create", "create activities")
    for name in ("user_id", "object_id", "activity_type"):
        call.required(name)
    raise ValidationFault({"message": "The journal is written by what happens, never by hand"})


def _listed(call: Call, entries: EntryQuerySet) -> list[Json]:
    return shown(_chosen(call, entries), call)


def _chosen(call: Call, entries: EntryQuerySet) -> list[Activity]:
    """The part of the activities that is asked."""
    limit, offset = call.natural("limit", _USUAL, _MOST) or 0, call.natural("offset", 0) or 0
    if offset > _FURTHEST:
        raise ValidationFault({"offset": [f"At most {_FURTHEST}: go on with `before`"]})
    before, after = _moment(call, "before"), _moment(call, "after")
    entries = entries.filter(at__lt=before) if before else entries
    entries = entries.filter(at__gt=after) if after else entries
    kinds = _kinds(call)
    entries = entries.filter(event__in=events_of(kinds))
    found: Iterator[Activity] = (one for one in readable(call, entries) if one.kind in kinds)
    return list(islice(found, offset, offset + limit))


def _kinds(call: Call) -> frozenset[str]:
    wanted, unwanted = set(call.words("activity_types")), set(call.words("exclude_activity_types"))
    if wanted and unwanted:
        raise ValidationFault({"activity_types": ["Cannot be used together with `exclude_activity_types`"]})
    if wanted - TYPES:
        raise ValidationFault({"activity_types": [f"Must be of: {', '.join(sorted(TYPES))}"]})
    return frozenset(wanted or TYPES) - unwanted


def _moment(call: Call, name: str) -> datetime | None:
    text = call.text(name)
    if not text:
        return None
    try:
        return datetime.fromtimestamp(float(text), tz=UTC)
    except (ValueError, OverflowError, OSError) as fault:
        raise ValidationFault({name: ["Invalid timestamp: seconds since 1970"]}) from fault


def _activity(call: Call) -> Activity:
    """The activity that the caller asks for, if they may read it. Raises NotFoundFault."""
    number: UUID | None = finding.as_uuid(call.required("id"))
    found = next(readable(call, told_entries().filter(id=number)), None) if number else None
    if found is None:
        raise NotFoundFault(_GONE)
    return found


def _before(call: Call, activity: Activity) -> Activity:
    earlier = Entry.objects.none() if activity.dataset is None else told_entries().about(activity.dataset)
    found = next(readable(call, earlier.filter(seq__lt=activity.entry.seq)), None)
    if found is None:
        raise NotFoundFault("Previous activity for this object not found")
    return found


def _then(call: Call, activity: Activity) -> Json:
    dataset = activity.dataset
    return package_then(activity, for_its_people=dataset is not None and may_edit(call, dataset))


def _diff(kind: str, before: list[str], after: list[str]) -> str:
    compare = context_diff if kind == "context" else unified_diff
    text = "\n".join(compare(before, after, lineterm=""))
    return f"<pre>{escape(text)}</pre>" if kind == "html" else text


def _unread(user: User) -> InboxNoticeQuerySet:
    return InboxNotice.objects.filter(subscriber__user=user).unread()


def _followed(user: User) -> Q:
    """Entries of what a person follows."""
    keys: dict[str, list[str]] = {}
    for kind, key in Subscription.objects.filter(subscriber__user=user).values_list("scope_kind", "scope_key"):
        keys.setdefault(kind, []).append(key)
    datasets = Q(identifier__in=keys.get(ScopeKind.DATASET, ()))
    datasets |= Q(rights_holder__ipa_code__in=keys.get(ScopeKind.HOLDER, ()))
    for code in keys.get(ScopeKind.THEME, ()):
        if theme := THEMES.by_code(code):
            datasets |= Q(record__theme__icontains=f'"{theme.iri}"')
    return Q(subject__in=references_of(Dataset.objects.filter(datasets)))
