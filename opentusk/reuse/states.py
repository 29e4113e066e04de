"""The life of a work as one table of allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    """Where a work is."""

    DRAFT = "draft", _("bozza")
    PROPOSED = "proposed", _("proposto")
    PUBLISHED = "published", _("pubblicato")
    ARCHIVED = "archived", _("archiviato")
    REFUSED = "refused", _("non accolto")


WORK_MOVES: dict[str, frozenset[str]] = {
    WorkState.DRAFT: frozenset({WorkState.PROPOSED}),
    WorkState.PROPOSED: frozenset({WorkState.PUBLISHED, WorkState.REFUSED}),
    WorkState.PUBLISHED: frozenset({WorkState.ARCHIVED}),
    WorkState.ARCHIVED: frozenset(),
    WorkState.REFUSED: frozenset(),
}


class WorkKind(models.TextChoices):
    """What somebody made."""

    APP = "app", _("app")
    WEB_APP = "web_app", _("applicazione web")
    STORYTELLING = "storytelling", _("racconto con i dati")
    DASHBOARD = "dashboard", _("cruscotto")
    API = "api", _("servizio per programmi")
    ARTICLE = "article", _("articolo")
    STUDY = "study", _("studio o ricerca")
    OTHER = "other", _("altro")
