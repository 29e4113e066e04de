"""Rows of the reuse room."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.files.models import StoredFile
from opentusk.kit.vocabularies import THEMES
from opentusk.reuse.states import WorkKind, WorkState


class WorkQuerySet(models.QuerySet["Work"]):
    """Reads of the works."""

    def published(self) -> Self:
        """Those in the gallery."""
        return self.filter(state=WorkState.PUBLISHED)

    def visible(self) -> Self:
        """Those with a page: archived ones keep theirs."""
        return self.filter(state__in=(WorkState.PUBLISHED, WorkState.ARCHIVED))

    def with_dataset(self, dataset: Dataset) -> Self:
        """Those made with a dataset."""
        return self.filter(datasets__dataset=dataset).distinct()

    def of_holder(self, agent: Agent) -> Self:
        """Those made with some dataset of a body."""
        return self.filter(datasets__dataset__rights_holder=agent).distinct()

    def about_theme(self, code: str) -> Self:
        """Those made with some public dataset of a theme."""
        term = THEMES.by_code(code)
        if term is None:
            return self.none()
        return self.filter(
            pk__in=WorkDataset.objects.filter(dataset__in=Dataset.objects.published().about_theme(term.iri)).values(
                "work"
            )
        )

    def saying(self, words: str) -> Self:
        """Those with every word in title, description, authors or datasets."""
        found = self
        for word in words.split()[:10]:
            said = models.Q(title__icontains=word) | models.Q(abstract__icontains=word)
            said |= models.Q(authors_label__icontains=word) | models.Q(datasets__title__icontains=word)
            found = found.filter(pk__in=Work.objects.filter(said).values("pk"))
        return found

    def with_link_to_check(self, healthy_since: datetime, failing_since: datetime) -> Self:
        """Those of the gallery whose address was not asked for so long: sooner when it did not answer."""
        never = models.Q(link_checked_at__isnull=True) | models.Q(link_checked_at__lt=healthy_since)
        failing = ~models.Q(link_state="ok") & models.Q(link_checked_at__lt=failing_since)
        return self.published().exclude(url="").filter(never | failing)

    def not_asked_since(self, limit: datetime) -> Self:
        """Those whose authors nobody has asked for so long whether they are still there."""
        never = models.Q(alive_asked_at__isnull=True, published_at__lt=limit)
        return self.published().filter(never | models.Q(alive_asked_at__lt=limit))

    def newest_first(self) -> Self:
        """The last published first."""
        return self.order_by(models.F("published_at").desc(nulls_last=True), "-pk")


class Work(models.Model):
    """Something made with the data. `authors_label` is what everybody reads; the contact is never shown."""

    slug = models.SlugField(_("indirizzo"), max_length=120, unique=True)
    title = models.CharField(_("titolo"), max_length=200)
    abstract = models.TextField(_("che cos'è e a chi serve"), max_length=4_000, blank=True)
    kind = models.CharField(_("genere"), max_length=14, choices=WorkKind.choices, default=WorkKind.OTHER)
    url = models.URLField(_("indirizzo web"), max_length=1_000, blank=True)
    repo_url = models.URLField(_("codice sorgente"), max_length=1_000, blank=True)
    image = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("immagine")
    )
    image_alt = models.CharField(_("descrizione dell'immagine"), max_length=300, blank=True)
    licence = models.CharField(_("licenza"), max_length=200, blank=True)
    authors_label = models.CharField(_("autori, come li leggono tutti"), max_length=200, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="works",
        verbose_name=_("chi lo ha proposto"),
    )
    agent = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, blank=True, related_name="works", verbose_name=_("ente")
    )
    state = models.CharField(_("stato"), max_length=10, choices=WorkState.choices, default=WorkState.DRAFT)
    refusal_reason = models.CharField(_("motivo"), max_length=500, blank=True)
    origin = models.CharField(_("nato da"), max_length=80, blank=True)
    proposed_at = models.DateTimeField(_("proposto"), null=True, blank=True)
    published_at = models.DateTimeField(_("pubblicato"), null=True, blank=True)
    link_state = models.CharField(_("stato dell'indirizzo"), max_length=10, blank=True)
    link_checked_at = models.DateTimeField(_("indirizzo controllato"), null=True, blank=True)
    alive_asked_at = models.DateTimeField(_("chiesto se c'è ancora"), null=True, blank=True)
    alive_said_at = models.DateTimeField(_("detto che c'è ancora"), null=True, blank=True)
    created_at = models.DateTimeField(_("creato"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("riuso")
        verbose_name_plural = _("riusi")

    def __str__(self) -> str:
        return self.title

    @property
    def is_visible(self) -> bool:
        """Whether it has a page for everybody."""
        return self.state in {WorkState.PUBLISHED, WorkState.ARCHIVED}


class WorkDataset(models.Model):
    """A dataset that a work is made with; title and publisher stay as they were, whatever becomes of the dataset."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="datasets", verbose_name=_("riuso"))
    dataset = models.ForeignKey(
        Dataset, on_delete=models.SET_NULL, null=True, blank=True, related_name="works", verbose_name=_("dataset")
    )
    dataset_uri = models.CharField(_("indirizzo del dataset"), max_length=1_000)
    is_main = models.BooleanField(_("dataset principale"), default=False)
    title = models.CharField(_("titolo del dataset"), max_length=500)
    publisher = models.CharField(_("titolare"), max_length=300, blank=True)
    is_portal = models.BooleanField(_("di questo portale"), default=True)

    class Meta:
        verbose_name = _("dataset di un riuso")
        verbose_name_plural = _("dataset dei riusi")
        constraints = [models.UniqueConstraint(fields=["work", "dataset_uri"], name="one_dataset_once_in_a_work")]

    def __str__(self) -> str:
        return f"{self.work_id} ← {self.dataset_uri}"
