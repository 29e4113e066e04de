"""Rows of the notices room."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.quality.models import UrlCheck

# An entry of the journal gives at most so many events: their numbers are those of the entry times this, and on.
EVENTS_PER_ENTRY = 10


class Family(models.TextChoices):
    """What a reader may choose to hear of."""

    CATALOGUE = "catalogue", _("catalogo")
    DATA = "data", _("dati")
    TIME = "time", _("puntualità")
    HEALTH = "health", _("stato di salute")
    DEMAND = "demand", _("richieste di dati")
    PROGRAMME = "programme", _("incontri")
    REUSE = "reuse", _("riusi")
    WORK = "work", _("lavoro degli enti")


class Severity(models.TextChoices):
    """How much it matters, the least first."""

    INFO = "info", _("informazione")
    NOTABLE = "notable", _("rilevante")
    BREAKING = "breaking", _("rompe chi usa i dati")
    SECURITY = "security", _("sicurezza")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of the events."""

    def public(self) -> Self:
        """What everybody may read: public when it happened, of something that still is, or of its withdrawal."""
        seen = models.Q(dataset__isnull=True) | models.Q(dataset__status=Dataset.Status.PUBLISHED)
        return self.filter(seen | models.Q(type="dataset.withdrawn"), is_public=True, is_withheld=False)

    def after(self, seq: int) -> Self:
        """Later than `seq`, in order."""
        return self.filter(seq__gt=seq).order_by("seq")

    def newest_first(self) -> Self:
        """The latest first."""
        return self.order_by("-seq")

    def of_dataset(self, dataset: Dataset) -> Self:
        """About one dataset."""
        return self.filter(dataset=dataset)

    def of_holder(self, agent: Agent) -> Self:
        """About the datasets of one body."""
        return self.filter(holder=agent)

    def of_theme(self, code: str) -> Self:
        """About datasets of one theme, by its code."""
        return self.filter(themes__icontains=f'"{code}"')

    def of_place(self, name: str) -> Self:
        """About datasets of one place."""
        return self.filter(places__icontains=f'"{name}"')

    def of_subject(self, reference: str) -> Self:
        """About one thing of another room, in the journal's naming."""
        return self.filter(subject=reference)

    def with_dataset(self) -> Self:
        """With dataset and titolare at hand."""
        return self.select_related("dataset", "holder")


class Event(models.Model):
    """One thing that happened, in public words. `seq` never has gaps for a reader: rows are written in its order.

    `subject` is a thing of a room above in the journal's naming, `is_withheld` while not everybody may see it; for what
    is about a dataset the dataset says so. `id` is the same on every channel and every retry. `payload` holds facts
    and addresses, no sentences and nothing personal. `themes` are codes, `places` names.
    """

    seq = models.BigIntegerField(_("numero"), primary_key=True)
    id = models.UUIDField(_("identificativo"), unique=True)
    type = models.CharField(_("tipo"), max_length=40, db_index=True)
    family = models.CharField(_("famiglia"), max_length=12, choices=Family.choices)
    severity = models.CharField(_("gravità"), max_length=10, choices=Severity.choices)
    at = models.DateTimeField(_("quando"), db_index=True)
    actor = models.CharField(_("autore, in parole"), max_length=200, blank=True)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, null=True, related_name="public_events", verbose_name=_("dataset")
    )
    holder = models.ForeignKey(
        Agent, on_delete=models.CASCADE, null=True, related_name="public_events", verbose_name=_("titolare")
    )
    distribution = models.UUIDField(_("distribuzione"), null=True)
    subject = models.CharField(_("altro soggetto"), max_length=120, blank=True, db_index=True)
    is_withheld = models.BooleanField(_("soggetto non pubblico per ora"), default=False)
    themes = models.JSONField(_("temi"), default=list)
    places = models.JSONField(_("luoghi"), default=list)
    payload = models.JSONField(_("fatti"), default=dict)
    is_public = models.BooleanField(_("pubblico"), default=False)
    caused_by = models.BigIntegerField(_("numero dell'account che l'ha causato"), null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventi")
        indexes = [
            models.Index(fields=["dataset", "-seq"], name="event_of_dataset"),
            models.Index(fields=["holder", "-seq"], name="event_of_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class Mention(models.Model):
    """A dataset whose followers hear of an event about something else: a reuse made with it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("evento"))
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+", verbose_name=_("dataset"))

    class Meta:
        verbose_name = _("dataset nominato da un evento")
        verbose_name_plural = _("dataset nominati da eventi")
        constraints = [models.UniqueConstraint(fields=["event", "dataset"], name="one_mention_of_a_dataset")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.dataset_id}"


class Lateness(models.Model):
    """A dataset whose data are late; kept while they are. `told_at` is when its readers were told, after its body."""

    dataset = models.OneToOneField(
        Dataset, on_delete=models.CASCADE, related_name="lateness", verbose_name=_("dataset")
    )
    due_on = models.DateField(_("attesi entro"))
    is_learnt = models.BooleanField(_("ritmo imparato dalle versioni"), default=False)
    since = models.DateTimeField(_("in ritardo dal"), default=timezone.now)
    told_at = models.DateTimeField(_("detto ai lettori"), null=True)

    class Meta:
        verbose_name = _("ritardo")
        verbose_name_plural = _("ritardi")

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.due_on}"


class LinkTrouble(models.Model):
    """An address of a dataset that has not answered for days; kept until it does. `told_at` is when readers heard."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="link_troubles", verbose_name=_("dataset")
    )
    url_check = models.ForeignKey(UrlCheck, on_delete=models.CASCADE, related_name="+", verbose_name=_("indirizzo"))
    since = models.DateTimeField(_("non risponde dal"))
    told_at = models.DateTimeField(_("detto ai lettori"), null=True)

    class Meta:
        verbose_name = _("indirizzo che non risponde da giorni")
        verbose_name_plural = _("indirizzi che non rispondono da giorni")
        constraints = [models.UniqueConstraint(fields=["dataset", "url_check"], name="one_trouble_per_link")]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.url_check_id}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Reads of the announcements."""

    def standing(self, today: date) -> Self:
        """Those that still speak of the future, or of the last days."""
        return self.filter(withdrawn_at__isnull=True, on__gte=today).order_by("on", "pk")


class Announcement(models.Model):
    """A change that a producer announces: from a day on, these columns will be different."""

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="announcements", verbose_name=_("dataset")
    )
    text = models.CharField(_("che cosa cambierà"), max_length=1000)
    on = models.DateField(_("dal giorno"))
    columns = models.JSONField(_("colonne interessate"), default=list, blank=True)
    made_at = models.DateTimeField(_("annunciata"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("ritirata"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("modifica annunciata")
        verbose_name_plural = _("modifiche annunciate")

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.on}"
