"""What is open while somebody looks at the demonstration: a datalab, a consultation and a hackathon to try by hand."""

from datetime import timedelta

from django.utils import timezone

from opentusk.consultation import actions as consultation
from opentusk.datalab.actions import make_tables
from opentusk.hackathon import actions as hackathon
from opentusk.hackathon.states import HackathonState
from opentusk.journal.actors import SYSTEM
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import card_of
from opentusk.programme.models import Edition, Event
from opentusk.programme.states import EventState, JoinPolicy

EDITION = "prova"
_OPEN_FOR = timedelta(days=30)
_WORDS = "Per provare: tutto ciò che c'è qui è inventato."


def load_trial() -> None:
    """Open them for a month from now, once."""
    edition, is_new = Edition.objects.get_or_create(
        slug=EDITION, defaults={"title": "Edizione di prova", "state": Edition.State.RUNNING, "is_demo": True}
    )
    if not is_new:
        return
    now = timezone.now()
    event = Event.objects.create(
        slug="datalab-di-prova",
        edition=edition,
        kind="datalab",
        title="Datalab di prova",
        abstract=_WORDS,
        starts_at=now,
        ends_at=now + _OPEN_FOR,
        join_policy=JoinPolicy.OPEN_LINK,
        state=EventState.PUBLISHED,
        is_demo=True,
    )
    card = card_of(reference_of(event))
    if card is None:
        raise LookupError(event.slug)
    themes = [["ENVI", "TRAN"], ["EDUC", "HEAL"]]
    make_tables(card, themes, by=SYSTEM, opens_at=now, closes_at=now + _OPEN_FOR, is_demo=True)
    asked = consultation.create_consultation(
        by=SYSTEM,
        slug="consultazione-di-prova",
        edition=EDITION,
        title="Consultazione di prova",
        intro=_WORDS,
        opens_at=now,
        closes_at=now + _OPEN_FOR,
        is_demo=True,
    )
    consultation.schedule(asked, by=SYSTEM)
    contest = hackathon.create_hackathon(
        by=SYSTEM,
        slug="hackathon-di-prova",
        title="Hackathon di prova",
        edition=EDITION,
        rules=_WORDS,
        categories=["app"],
        submit_closes_at=now + _OPEN_FOR,
        is_demo=True,
    )
    hackathon.advance(contest, HackathonState.REGISTRATIONS, by=SYSTEM)
