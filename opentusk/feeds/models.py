"""Rows of the feeds room. All of them but the changes can be thrown away: `rebuild feeds` makes them again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset


class FeedFragmentQuerySet(models.QuerySet["FeedFragment"]):
    """Reads of the fragments."""

    def in_place(self) -> Self:
        """In the order of the feed: that in which datasets entered it, which no edit changes."""
        return self.order_by("id")

    def on_page(self, number: int) -> Self:
        """Those on one page of the complete catalogue."""
        return self.filter(page=number)

    def of(self, agent: Agent) -> Self:
        """Those of one titolare."""
        return self.filter(holder=agent)

    def modified_since(self, moment: datetime) -> Self:
        """Those whose description changed at or after that moment."""
        return self.filter(dataset__metadata_modified_at__gte=moment)


class FeedFragment(models.Model):
    """One dataset's place in the feeds: its number is its place, `page` and `holder_page` where it stands."""

    dataset = models.OneToOneField(
        Dataset, on_delete=models.CASCADE, related_name="feed_fragment", verbose_name=_("dataset")
    )
    iri = models.CharField(_("IRI"), max_length=500)
    holder = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", verbose_name=_("titolare"))
    page = models.PositiveIntegerField(_("pagina del catalogo"), default=0, db_index=True)
    holder_page = models.PositiveIntegerField(_("pagina del titolare"), default=0)
    as_of = models.BigIntegerField(_("voce del giornale a cui è aggiornato"), default=0)

    objects = FeedFragmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("frammento di feed")
        verbose_name_plural = _("frammenti di feed")
        indexes = [models.Index(fields=["holder", "holder_page"], name="fragment_of_holder")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.dataset_id}"


class FragmentText(models.Model):
    """What one dataset says in one profile: `packed` texts of the four syntaxes, `nodes` the shared nodes it needs."""

    fragment = models.ForeignKey(
        FeedFragment, on_delete=models.CASCADE, related_name="texts", verbose_name=_("frammento")
    )
    profile = models.CharField(_("profilo"), max_length=20)
    packed = models.BinaryField(_("testi"))
    nodes = models.JSONField(_("nodi condivisi"), default=list)

    class Meta:
        verbose_name = _("testo di un frammento")
        verbose_name_plural = _("testi dei frammenti")
        constraints = [models.UniqueConstraint(fields=["fragment", "profile"], name="one_text_per_profile")]

    def __str__(self) -> str:
        return f"{self.fragment_id} {self.profile}"


class SharedNode(models.Model):
    """A node that many datasets name (a body, a licence, a theme), as written once: its digest covers its texts."""

    digest = models.CharField(_("impronta"), max_length=32, unique=True)
    iri = models.CharField(_("IRI"), max_length=2000, db_index=True)
    packed = models.BinaryField(_("testi"))

    class Meta:
        verbose_name = _("nodo condiviso")
        verbose_name_plural = _("nodi condivisi")

    def __str__(self) -> str:
        return self.iri


class FeedPageQuerySet(models.QuerySet["FeedPage"]):
    """Reads of the pages."""

    def of_feed(self, scope: str, profile: str) -> Self:
        """The pages of one feed, in order."""
        return self.filter(scope=scope, profile=profile).order_by("number")


class FeedPage(models.Model):
    """One page of one feed, and the files that hold it now.

    `scope` is "" for the complete catalogue, else an IPA code. `files` maps a file extension to
    `{"name", "digest", "size", "written_at"}`; the compressed file has `.gz` after the name.
    """

    scope = models.CharField(_("ambito"), max_length=40, blank=True)
    profile = models.CharField(_("profilo"), max_length=20)
    number = models.PositiveIntegerField(_("pagina"))
    datasets = models.PositiveIntegerField(_("dataset"))
    files = models.JSONField(_("file"))

    objects = FeedPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pagina di feed")
        verbose_name_plural = _("pagine di feed")
        constraints = [models.UniqueConstraint(fields=["scope", "profile", "number"], name="one_row_per_feed_page")]

    def __str__(self) -> str:
        return f"{self.scope or 'catalogo'} {self.profile} {self.number}"


class FeedQuarantineQuerySet(models.QuerySet["FeedQuarantine"]):
    """Reads of what is left out."""

    def of(self, agent: Agent) -> Self:
        """The datasets of one body that are left out."""
        return self.filter(dataset__rights_holder=agent)

    def newest_first(self) -> Self:
        """Latest first, with dataset and titolare at hand."""
        return self.select_related("dataset__rights_holder").order_by("-since")


class FeedQuarantine(models.Model):
    """A public dataset that is left out of the feeds, because it cannot be written or read again."""

    dataset = models.OneToOneField(
        Dataset, on_delete=models.CASCADE, related_name="feed_quarantine", verbose_name=_("dataset")
    )
    reason = models.TextField(_("motivo"))
    since = models.DateTimeField(_("dal"), default=timezone.now)

    objects = FeedQuarantineQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset escluso dai feed")
        verbose_name_plural = _("dataset esclusi dai feed")

    def __str__(self) -> str:
        return f"{self.dataset_id}: {self.reason}"


class FeedBuild(models.Model):
    """One rebuild of all feeds, and how it ended; a row without an end is a rebuild that was killed."""

    class Outcome(models.TextChoices):
        """How it ended."""

        RUNNING = "running", _("in corso")
        PUBLISHED = "published", _("pubblicato")
        REFUSED = "refused", _("rifiutato: restano gli ultimi feed buoni")

    started_at = models.DateTimeField(_("iniziato"), default=timezone.now)
    finished_at = models.DateTimeField(_("finito"), null=True, blank=True)
    outcome = models.CharField(_("esito"), max_length=10, choices=Outcome.choices, default=Outcome.RUNNING)
    datasets = models.PositiveIntegerField(_("dataset"), default=0)
    quarantined = models.PositiveIntegerField(_("esclusi"), default=0)
    fault = models.TextField(_("motivo"), blank=True)

    class Meta:
        verbose_name = _("ricostruzione dei feed")
        verbose_name_plural = _("ricostruzioni dei feed")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.outcome}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Reads of the changes."""

    def in_place(self) -> Self:
        """In the order in which they happened."""
        return self.order_by("position")

    def on_page(self, number: int) -> Self:
        """Those of one page, in order."""
        first = (number - 1) * Change.PER_PAGE + 1
        return self.filter(position__range=(first, first + Change.PER_PAGE - 1)).order_by("position")

    def of_datasets(self, numbers: Iterable[int]) -> Self:
        """Those of these datasets, in order."""
        return self.filter(dataset_number__in=list(numbers)).order_by("position")

    def last_position(self) -> int:
        """The place of the last one, 0 when there is none."""
        return self.aggregate(last=models.Max("position"))["last"] or 0


class Change(models.Model):
    """One dataset that entered the feeds, changed in them or left them; never changed and never taken away.

    Places have no gaps, so a page that is full stays as it is for ever. The dataset is kept by number and address:
    what happened to it remains when its row goes. `packed` is what its document said, in N-Triples and JSON-LD.
    """

    PER_PAGE = 100

    class Kind(models.TextChoices):
        """What happened, in the words of ActivityStreams."""

        CREATE = "Create", _("entrato")
        UPDATE = "Update", _("cambiato")
        DELETE = "Delete", _("uscito")

    position = models.BigIntegerField(_("posto"), unique=True)
    kind = models.CharField(_("che cosa"), max_length=6, choices=Kind.choices)
    dataset_number = models.BigIntegerField(_("numero del dataset"), db_index=True)
    iri = models.CharField(_("IRI del dataset"), max_length=500)
    at = models.DateTimeField(_("quando"))
    digest = models.CharField(_("impronta del documento"), max_length=32, blank=True)
    packed = models.BinaryField(_("documento"))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cambiamento nei feed")
        verbose_name_plural = _("cambiamenti nei feed")

    def __str__(self) -> str:
        return f"{self.position} {self.kind} {self.iri}"
