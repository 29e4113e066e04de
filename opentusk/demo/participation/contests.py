"""The hackathons of the demonstration: no sheets are known, so works and awards are put down as they are."""

from decimal import Decimal

from django.utils import timezone

from opentusk.catalog.models import Dataset
from opentusk.demo.participation import facts
from opentusk.hackathon import actions
from opentusk.hackathon.actions.preparing import CriterionSaid
from opentusk.hackathon.models import Award, Entry, Hackathon, Team
from opentusk.hackathon.states import EntryState, HackathonState, TeamState
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.jury.actions import award
from opentusk.programme.models import Event
from opentusk.reuse.actions import draft_work, propose_work, publish_work, set_datasets
from opentusk.reuse.models import Work

_CATEGORIES = {facts.APP: "app, applicazione web", facts.STORY: "racconto o cruscotto"}
_KINDS = {facts.APP: "web_app", facts.STORY: "storytelling"}
_EU_THEME = "http://publications.europa.eu/resource/authority/data-theme/"
_REAL = "Il nome è pubblico; descrizione e dataset collegati sono dimostrativi."
_INVENTED = "Progetto inventato per la dimostrazione."


# What the works with a public name seem to be about: which data they used is not known.
_THEMES = {
    "LidoLink": "ENVI", "EcoCluster": "ENER", "Ulivin": "AGRI", "iMENSA Puglia": "EDUC",
    "Apulian Cybersecurity LivingLabs": "TECH", "SafeRoad Bari": "TRAN", "Alcadata": "GOVE",
}  # fmt: skip


def dataset_about(theme: str) -> Dataset | None:
    """A published dataset of the demonstration about the theme, or about another; None when there are none."""
    published = Dataset.objects.published().filter(is_demo=True).select_related("rights_holder").order_by("pk")
    return published.about_theme(f"{_EU_THEME}{theme}").first() or published.first()


def load_hackathons() -> None:
    """Make the hackathons that are not there yet, with their works."""
    for known in facts.HACKATHONS:
        if not Hackathon.objects.filter(slug=known.slug).exists():
            _load(known)


def remove_hackathons() -> None:
    """Take hackathons and works of the demonstration away."""
    invented = Hackathon.objects.filter(is_demo=True)
    Award.objects.filter(hackathon__in=invented).delete()
    Entry.objects.filter(hackathon__in=invented).delete()
    invented.delete()
    Work.objects.filter(is_demo=True).delete()


def _load(known: facts.KnownHackathon) -> None:
    event = Event.objects.get(slug=known.event)
    made = actions.create_hackathon(
        by=SYSTEM,
        slug=known.slug,
        title=known.title,
        event=reference_of(event),
        edition=known.edition,
        rules="Almeno un dataset del portale; gli altri, se aperti. Il regolamento ufficiale non è stato trovato.",
        categories=list(_CATEGORIES),
        tables_declared=known.tables,
        participants_declared=known.participants,
        registrations_declared=known.registered,
        declared_source=known.source,
        main_dataset_required=known.edition == "2026",
        is_demo=True,
    )
    if known.criteria:
        said = [CriterionSaid(code=code, label=label, weight=Decimal(weight)) for code, label, weight in known.criteria]
        actions.set_criteria(made, said, by=SYSTEM)
    works = [work for work in facts.WORKS if work.hackathon == known.slug]
    themes = list(facts.BASKET)
    for index, work in enumerate(works):
        _enter(made, work, dataset_about(_THEMES.get(work.title, themes[index % len(themes)])))
    made.state = HackathonState.PUBLISHED if works else _state_of(event)
    made.save(update_fields=["state"])


def _state_of(event: Event) -> HackathonState:
    """Nothing is known of what happened: people register until the day, and not any more after it."""
    is_over = event.starts_at is not None and event.starts_at < timezone.now()
    return HackathonState.SUBMISSIONS_CLOSED if is_over else HackathonState.REGISTRATIONS


def _enter(hackathon: Hackathon, known: facts.KnownWork, dataset: Dataset | None) -> None:
    team = Team.objects.create(
        hackathon=hackathon,
        name=f"Tavolo {known.table}",
        table_number=known.table,
        state=TeamState.COMPLETE,
        is_demo=True,
    )
    work = draft_work(
        by=SYSTEM,
        title=known.title,
        origin=reference_of(hackathon),
        is_demo=True,
        abstract=_REAL if known.is_real else _INVENTED,
        kind=_KINDS[known.category],
        authors_label=team.name,
    )
    if dataset is not None:
        set_datasets(work, [dataset], by=SYSTEM, main=dataset)
        propose_work(work, by=SYSTEM)
        publish_work(work, by=SYSTEM)
    entry = Entry.objects.create(
        hackathon=hackathon, team=team, work=work, category=known.category, state=EntryState.PRESENTED, is_demo=True
    )
    if known.award:
        award(hackathon, entry, by=SYSTEM, label=known.award, category=known.category)
