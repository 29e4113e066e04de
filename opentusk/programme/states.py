"""The lives of events and of registrations, each as one table of allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    """Where an event is."""

    DRAFT = "draft", _("bozza")
    PUBLISHED = "published", _("pubblicato")
    HELD = "held", _("svolto")
    CLOSED = "closed", _("concluso, con il resoconto")
    CANCELLED = "cancelled", _("annullato")


EVENT_MOVES: dict[str, frozenset[str]] = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED}),
    EventState.PUBLISHED: frozenset({EventState.HELD, EventState.CANCELLED}),
    EventState.HELD: frozenset({EventState.CLOSED}),
    EventState.CLOSED: frozenset(),
    EventState.CANCELLED: frozenset(),
}


class RegistrationState(models.TextChoices):
    """Where a registration is."""

    PENDING = "pending", _("da confermare per e-mail")
    CONFIRMED = "confirmed", _("confermata")
    WAITING = "waiting", _("in lista d'attesa")
    OFFERED = "offered", _("posto offerto")
    CANCELLED = "cancelled", _("annullata")
    ATTENDED = "attended", _("presente")
    NO_SHOW = "no_show", _("assente")


_R = RegistrationState
# An offer that expires goes to the end of the waiting list; one who cancelled may register again.
REGISTRATION_MOVES: dict[str, frozenset[str]] = {
    _R.PENDING: frozenset({_R.CONFIRMED, _R.WAITING, _R.CANCELLED}),
    _R.CONFIRMED: frozenset({_R.ATTENDED, _R.NO_SHOW, _R.CANCELLED}),
    _R.WAITING: frozenset({_R.OFFERED, _R.CANCELLED}),
    _R.OFFERED: frozenset({_R.CONFIRMED, _R.WAITING, _R.CANCELLED}),
    _R.CANCELLED: frozenset({_R.PENDING, _R.CONFIRMED, _R.WAITING}),
    # Whoever comes late, or was marked absent by mistake, came all the same.
    _R.NO_SHOW: frozenset({_R.ATTENDED}),
    _R.ATTENDED: frozenset(),
}
TAKING_A_SEAT = (_R.CONFIRMED, _R.OFFERED, _R.ATTENDED, _R.NO_SHOW)
STANDING = (_R.PENDING, _R.CONFIRMED, _R.WAITING, _R.OFFERED)


class EventKind(models.TextChoices):
    """What kind of event it is."""

    KICKOFF = "kickoff", _("incontro di avvio")
    WEBINAR = "webinar", _("webinar")
    DATALAB = "datalab", _("datalab")
    NETWORK = "network", _("evento di rete")
    HACKATHON = "hackathon", _("hackathon")
    COMMUNITY = "community", _("incontro della comunità")


class Mode(models.TextChoices):
    """Where people meet."""

    IN_PERSON = "in_person", _("in presenza")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in presenza e online")


class Audience(models.TextChoices):
    """For whom it is."""

    PUBLIC = "public", _("aperto a tutti")
    PA_MEMBERS = "pa_members", _("per chi lavora negli enti")
    INVITED = "invited", _("su invito")


class JoinPolicy(models.TextChoices):
    """How one comes in."""

    OPEN_LINK = "open_link", _("collegamento aperto, senza iscrizione")
    REGISTRATION = "registration", _("con iscrizione")
    PRIVATE_LINK = "private_link", _("con iscrizione e collegamento personale")


class Access(models.TextChoices):
    """Who may have a material."""

    PUBLIC = "public", _("tutti")
    PA_MEMBERS = "pa_members", _("chi lavora negli enti")
    COMMUNITY = "community", _("la comunità")
    STAFF = "staff", _("la redazione")


class MaterialKind(models.TextChoices):
    """What a material is."""

    SLIDES = "slides", _("diapositive")
    RECORDING = "recording", _("registrazione")
    TRANSCRIPT = "transcript", _("trascrizione")
    MINUTES = "minutes", _("resoconto")
    REPORT = "report", _("relazione")
    LEGAL_ACT = "legal_act", _("atto")
    OTHER = "other", _("altro")
