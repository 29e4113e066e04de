"""What a reader asks of a feed. What is not understood is refused: ignoring a filter would be wrong data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from opentusk.bodies.models import Agent
from opentusk.feeds.building import SERVED_PROFILES
from opentusk.feeds.errors import NoSuchFeed, NotAnswered
from opentusk.feeds.models import FeedFragmentQuerySet
from opentusk.feeds.places import Feed
from opentusk.kit.rdf.write import Profile

# The names that CKAN's profiles have for the same forms, so that a harvester's settings need no change.
_PROFILES = {profile.value: profile for profile in SERVED_PROFILES} | {
    "it": Profile.DCATAP_IT,
    "it_dcat_ap": Profile.DCATAP_IT,
    "euro_dcat_ap_3": Profile.DCATAP_3,
}
_FILTER = re.compile(r"""(?P<sign>[+-]?)organization:(?P<quote>"?)(?P<name>[\w.-]+)(?P=quote)""", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """One page of one feed, perhaps without some titolari or only with what changed since a moment."""

    feed: Feed
    profile: Profile
    page: int
    without: tuple[Agent, ...] = ()
    since: datetime | None = None

    @property
    def is_stored(self) -> bool:
        """Whether its pages are files; otherwise they are joined from stored texts."""
        return not self.without and self.since is None

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The filters, as the address of a page repeats them."""
        without = tuple(("fq", f"-organization:{agent.slug}") for agent in self.without)
        since = (("modified_since", self.since.isoformat()),) if self.since else ()
        return (*self.feed.query, *without, *since)

    def fragments(self) -> FeedFragmentQuerySet:
        """What it selects, in order."""
        found = self.feed.fragments().exclude(holder__in=self.without) if self.without else self.feed.fragments()
        return (found.modified_since(self.since) if self.since else found).in_place()


def read_selection(query: QueryDict) -> Selection:
    """What the query asks for. Raises NotAnswered, NoSuchFeed."""
    if (words := query.get("q", "")) not in ("", "*:*"):
        raise NotAnswered("q", words)
    whole = Selection(feed=Feed(), profile=_read_profile(query), page=_read_page(query), since=_read_since(query))
    return _with_filters(whole, [part for value in query.getlist("fq") for part in value.split()])


def _with_filters(selection: Selection, filters: Sequence[str]) -> Selection:
    for text in filters:
        found = _FILTER.fullmatch(text)
        if found is None:
            raise NotAnswered("fq", text)
        agent = _find_agent(found["name"])
        if found["sign"] == "-":
            selection = replace(selection, without=(*selection.without, agent))
        elif selection.feed.holder in (None, agent):
            selection = replace(selection, feed=Feed(agent))
        else:
            raise NotAnswered("fq", text)
    return selection


def _find_agent(name: str) -> Agent:
    agent = Agent.objects.filter(Q(slug=name) | Q(ipa_code=name.lower())).first()
    if agent is None:
        raise NoSuchFeed(name)
    return agent


def _read_profile(query: QueryDict) -> Profile:
    name = query.get("profiles") or query.get("profile") or Profile.DCATAP_IT.value
    if name not in _PROFILES:
        raise NotAnswered("profiles", name)
    return _PROFILES[name]


def _read_page(query: QueryDict) -> int:
    raw = query.get("page") or "1"
    if not raw.isdecimal() or not 0 < int(raw) < 1_000_000:
        raise NotAnswered("page", raw)
    return int(raw)


def _read_since(query: QueryDict) -> datetime | None:
    raw = query.get("modified_since") or ""
    if not raw:
        return None
    try:
        # A `+` of a time zone that was not percent-encoded arrives as a blank.
        moment = parse_datetime(raw.replace(" ", "+") if raw.count(" ") == 1 and "T" in raw else raw)
        day = None if moment else parse_date(raw)
    except ValueError:
        moment = day = None
    if day:
        moment = datetime(day.year, day.month, day.day)
    if moment is None:
        raise NotAnswered("modified_since", raw)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
