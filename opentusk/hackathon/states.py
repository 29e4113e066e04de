"""The lives of hackathons, entries and sheets, each as one table of allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HackathonState(models.TextChoices):
    """Where a hackathon is."""

    DRAFT = "draft", _("bozza")
    REGISTRATIONS = "registrations", _("iscrizioni aperte")
    RUNNING = "running", _("in corso")
    SUBMISSIONS_CLOSED = "submissions_closed", _("consegne chiuse")
    JUDGING = "judging", _("valutazione")
    DELIBERATED = "deliberated", _("deliberato")
    PUBLISHED = "published", _("classifica pubblicata")


_H = HackathonState
HACKATHON_MOVES: dict[str, frozenset[str]] = {
    _H.DRAFT: frozenset({_H.REGISTRATIONS}),
    _H.REGISTRATIONS: frozenset({_H.RUNNING}),
    _H.RUNNING: frozenset({_H.SUBMISSIONS_CLOSED}),
    _H.SUBMISSIONS_CLOSED: frozenset({_H.JUDGING}),
    _H.JUDGING: frozenset({_H.DELIBERATED}),
    _H.DELIBERATED: frozenset({_H.PUBLISHED}),
    _H.PUBLISHED: frozenset(),
}
BEFORE_JUDGING = (_H.DRAFT, _H.REGISTRATIONS, _H.RUNNING, _H.SUBMISSIONS_CLOSED)


class EntryState(models.TextChoices):
    """Where an entry is."""

    DRAFT = "draft", _("in preparazione")
    SUBMITTED = "submitted", _("consegnata")
    ADMITTED = "admitted", _("ammessa")
    EXCLUDED = "excluded", _("non ammessa")
    PRESENTED = "presented", _("presentata")
    RANKED = "ranked", _("in classifica")
    WITHDRAWN = "withdrawn", _("ritirata")


_E = EntryState
ENTRY_MOVES: dict[str, frozenset[str]] = {
    _E.DRAFT: frozenset({_E.SUBMITTED, _E.WITHDRAWN}),
    _E.SUBMITTED: frozenset({_E.ADMITTED, _E.EXCLUDED, _E.WITHDRAWN}),
    _E.ADMITTED: frozenset({_E.PRESENTED}),
    _E.EXCLUDED: frozenset(),
    _E.PRESENTED: frozenset({_E.RANKED}),
    _E.RANKED: frozenset(),
    _E.WITHDRAWN: frozenset(),
}
IN_THE_GAME = (_E.ADMITTED, _E.PRESENTED, _E.RANKED)


class TeamState(models.TextChoices):
    """Where a team is."""

    FORMING = "forming", _("in formazione")
    COMPLETE = "complete", _("completa")
    WITHDRAWN = "withdrawn", _("ritirata")


_T = TeamState
TEAM_MOVES: dict[str, frozenset[str]] = {
    _T.FORMING: frozenset({_T.COMPLETE, _T.WITHDRAWN}),
    _T.COMPLETE: frozenset({_T.FORMING, _T.WITHDRAWN}),
    _T.WITHDRAWN: frozenset(),
}


class JurorState(models.TextChoices):
    """Where a juror is."""

    INVITED = "invited", _("invitato")
    ACCEPTED = "accepted", _("ha accettato")
    DECLARED = "declared", _("ha dichiarato i conflitti")
    REPLACED = "replaced", _("sostituito")


class SheetState(models.TextChoices):
    """Where a sheet is."""

    DRAFT = "draft", _("in compilazione")
    SUBMITTED = "submitted", _("consegnata")
    RECUSED = "recused", _("astenuto")
