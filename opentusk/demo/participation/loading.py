"""Loads the programme of the demonstration, once: what is there already is left as it is."""

from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from opentusk.consultation import actions as consultation
from opentusk.consultation.counting import canonical, counts_at, hash_of
from opentusk.consultation.models import Consultation, MilestoneReport, ThematicProposal
from opentusk.datalab.actions import make_tables, wish_at_table
from opentusk.demand import actions as demand
from opentusk.demand.actions import Wish
from opentusk.demand.events import DemandEvent
from opentusk.demand.models import Basket, Datalab, Endorsement, WantedDataset
from opentusk.demo.participation import facts
from opentusk.demo.participation.contests import dataset_about, load_hackathons, remove_hackathons
from opentusk.demo.participation.moments import at, dated
from opentusk.demo.participation.trying import EDITION as _TRIAL
from opentusk.demo.participation.trying import load_trial
from opentusk.demo.participation.wishes import invented_wishes
from opentusk.journal.actions import draft, record_many
from opentusk.journal.actors import ANONYMOUS, SYSTEM
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import card_of
from opentusk.people.models import World
from opentusk.programme.models import Edition, Event
from opentusk.programme.states import EventState, JoinPolicy

ROME = ZoneInfo("Europe/Rome")
_EDITION = "2023"
_AFTER_DATALABS = datetime(2023, 6, 30, 18, 0, tzinfo=ROME)
_WORLDS = cycle(World.values)


@transaction.atomic
def load_programme() -> int:
    """Make editions, events, basket, consultation and hackathons that are not there yet; how many wishes were made."""
    _events()
    made = 0
    if not Datalab.objects.filter(basket__edition=_EDITION).exists():
        made = sum(_datalab(slug, index) for index, slug in enumerate(facts.DATALABS))
        _report(MilestoneReport.Kind.DATALAB, _AFTER_DATALABS)
        made += _consultation()
        _follow_up()
    load_hackathons()
    load_trial()
    return made


@transaction.atomic
def remove_programme() -> int:
    """Take every invented row of the programme away; how many wishes went."""
    remove_hackathons()
    MilestoneReport.objects.filter(is_demo=True).delete()
    Consultation.objects.filter(is_demo=True).delete()
    invented = WantedDataset.objects.invented()
    count = invented.count()
    Endorsement.objects.filter(is_demo=True).delete()
    invented.filter(merged_into__isnull=False).delete()
    invented.delete()
    Datalab.objects.filter(is_demo=True).delete()
    Basket.objects.filter(edition__in=(_EDITION, _TRIAL), items__isnull=True).delete()
    Event.objects.filter(is_demo=True).delete()
    Edition.objects.filter(is_demo=True, events__isnull=True).delete()
    return count


def moment(text: str) -> datetime | None:
    """A local time, or a day, as an instant; None when it is not known."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME) if text else None


def _events() -> None:
    today = datetime.now(tz=ROME)
    for slug, title in facts.EDITIONS.items():
        Edition.objects.get_or_create(
            slug=slug,
            defaults={"title": title, "state": Edition.State.ARCHIVED, "is_demo": True},
        )
    for known in facts.EVENTS:
        starts, ends = moment(known.start), moment(known.end)
        if starts and ends and starts == ends:
            ends = starts + timedelta(hours=23, minutes=59)
        is_over = starts is None or starts < today
        Event.objects.get_or_create(
            slug=known.slug,
            defaults={
                "edition": Edition.objects.get(slug=known.edition),
                "kind": known.kind,
                "title": known.title,
                "abstract": known.note,
                "starts_at": starts,
                "ends_at": ends,
                "has_times": "T" in known.start,
                "venue": known.venue,
                "municipality": known.municipality,
                "join_policy": JoinPolicy.OPEN_LINK,
                "state": EventState.HELD if is_over else EventState.PUBLISHED,
                "declared_attendance": known.attendance,
                "declared_registrations": known.registered,
                "declared_source": known.source,
                "is_demo": True,
            },
        )


def _datalab(slug: str, index: int) -> int:
    """The tables of one datalab and the wishes made there that day, in the basket the next one."""
    event = Event.objects.get(slug=slug)
    card = card_of(reference_of(event))
    if card is None or event.starts_at is None:
        raise LookupError(slug)
    themes = list(facts.BASKET)
    day, evening = event.starts_at + timedelta(hours=10), event.starts_at + timedelta(hours=17)
    with at(day):
        groups = [themes[number::6] for number in range(6)]
        datalab = make_tables(
            card, groups, by=SYSTEM, opens_at=day, closes_at=evening, place=event.municipality, is_demo=True
        )
    tables = {theme: table for table in datalab.tables.all() for theme in table.themes}
    made: list[WantedDataset] = []
    with at(day + timedelta(hours=1)):
        for theme, counts in facts.BASKET.items():
            before = sum(counts[:index])
            for title, use in invented_wishes(theme, before + counts[index])[before:]:
                wish = Wish(title=title, use_case=use, theme=theme, world=next(_WORLDS))
                item, _is_new = wish_at_table(tables[theme], wish, client_key="", now=day)
                made.append(item)
    with at(evening):
        for item in made:
            demand.accept(item, by=SYSTEM)
    _dated(made, day, evening)
    return len(made)


def _consultation() -> int:
    """The consultation of summer 2023: 23 more wishes, invented support, the report of its end."""
    opens, closes = moment(facts.CONSULTATION_OPENS), moment(facts.CONSULTATION_CLOSES)
    if opens is None or closes is None:
        raise LookupError("consultation")
    with at(opens):
        made = consultation.create_consultation(
            by=SYSTEM,
            slug="consultazione-2023",
            edition=_EDITION,
            title="Consultazione pubblica 2023",
            intro="Le voci raccolte nei datalab, tema per tema. " + facts.CONSULTATION_SOURCE,
            opens_at=opens,
            closes_at=closes,
            is_demo=True,
        )
        consultation.schedule(made, by=SYSTEM)
    day = opens + timedelta(days=20)
    items = _proposed(made, day)
    _support(made, opens + timedelta(days=10))
    with at(closes - timedelta(hours=1)):
        for item in items:
            demand.accept(item, by=SYSTEM)
    _dated(items, day, closes - timedelta(hours=1))
    with at(closes + timedelta(hours=12)):
        consultation.freeze_report(made, by=SYSTEM, now=closes + timedelta(hours=12))
    return len(items)


def _proposed(made: Consultation, day: datetime) -> list[WantedDataset]:
    """The wishes that came in the consultation. Their proponents are invented, so no account stands behind them."""
    basket = Basket.objects.get(edition=_EDITION)
    items: list[WantedDataset] = []
    with at(day):
        for theme, counts in facts.BASKET.items():
            before = sum(counts[:3])
            for title, use in invented_wishes(theme, before + counts[3])[before:]:
                wish = Wish(title=title, use_case=use, theme=theme, world=next(_WORLDS))
                items.append(demand.invent(basket, wish, consultation=reference_of(made)))
    return items


def _support(made: Consultation, day: datetime) -> None:
    """Invented support: the same at every loading."""
    random = Random(2023)  # noqa: S311 - a demonstration that looks the same each time
    people = [get_random_string(20) for _person in range(60)]
    things = list(WantedDataset.objects.of_edition(_EDITION).in_the_basket()) + list(
        ThematicProposal.objects.filter(consultation=made)
    )
    given = [(person, thing) for thing in things for person in random.sample(people, random.randrange(0, 9))]
    Endorsement.objects.bulk_create(
        Endorsement(person_key=person, subject=reference_of(thing), world=next(_WORLDS), created_at=day, is_demo=True)
        for person, thing in given
    )
    with at(day):
        record_many(
            [draft(DemandEvent.ENDORSED, thing, by=ANONYMOUS, facts={"person": person}) for person, thing in given]
        )


def _follow_up() -> None:
    """One wish of each theme assigned, one in progress, one published with a dataset of the demonstration.

    In these months, because the datasets that answer are made now.
    """
    now = timezone.now()
    assigned, started, due = now - timedelta(days=90), now - timedelta(days=60), now.date() + timedelta(days=90)
    for theme in facts.BASKET:
        dataset = dataset_about(theme)
        if dataset is None:
            continue
        waiting = WantedDataset.objects.of_edition(_EDITION).filter(primary_theme=theme, state="in_basket")
        for item, step in zip(waiting.in_order()[:3], (None, "start", "link"), strict=False):
            with at(assigned):
                demand.assign(item, dataset.rights_holder, by=SYSTEM, due_on=due)
            with at(started):
                if step is not None:
                    demand.start(item, by=SYSTEM, due_on=due)
            if step == "link":
                demand.link(item, dataset, by=SYSTEM)
            dated(WantedDataset.objects.filter(pk=item.pk), assigned, "assigned_at")


def _report(kind: MilestoneReport.Kind, as_of: datetime) -> None:
    text = canonical(counts_at(_EDITION, as_of))
    MilestoneReport.objects.create(
        edition=_EDITION, kind=kind, as_of=as_of, counts=text, sha256=hash_of(text), is_demo=True
    )


def _dated(items: list[WantedDataset], made: datetime, accepted: datetime) -> None:
    rows = WantedDataset.objects.filter(pk__in=[item.pk for item in items])
    dated(rows, made, "created_at")
    dated(rows, accepted, "state_since")
