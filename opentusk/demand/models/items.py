"""What people want: wishes, their reasons, and the datasets that answer them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.demand.models.baskets import Basket, DatalabTable
from opentusk.demand.states import BEING_WORKED_ON, IN_THE_BASKET, Origin, Proponent, RefusalReason, State
from opentusk.people.models import World

TITLE_LENGTH = 200
WORDS_LENGTH = 2_000


class WantedDatasetQuerySet(models.QuerySet["WantedDataset"]):
    """Reads of the wishes."""

    def shown(self) -> Self:
        """Those that everybody may see: merged and refused ones too, with their answer."""
        return self.filter(is_hidden=False)

    def in_the_basket(self) -> Self:
        """Those that count. Every figure of the basket, wherever it stands, is a count of these."""
        return self.shown().filter(state__in=IN_THE_BASKET)

    def of_edition(self, edition: str) -> Self:
        """Those of one edition."""
        return self.filter(basket__edition=edition)

    def of_body(self, agent: Agent) -> Self:
        """Those assigned to a body."""
        return self.filter(assigned_body=agent)

    def overdue(self, today: date) -> Self:
        """Those whose time has passed while a body works on them."""
        return self.filter(state__in=BEING_WORKED_ON, due_on__lt=today)

    def invented(self) -> Self:
        """Demonstration rows."""
        return self.filter(is_demo=True)

    def in_order(self) -> Self:
        """By the number that people know."""
        return self.select_related("basket", "assigned_body", "merged_into").order_by("basket__edition", "number")


class WantedDataset(models.Model):
    """Something that people want to be published, from the first wish to the dataset that answers it."""

    basket = models.ForeignKey(Basket, on_delete=models.PROTECT, related_name="items", verbose_name=_("paniere"))
    number = models.PositiveIntegerField(_("numero"))
    title = models.CharField(_("dato"), max_length=TITLE_LENGTH)
    description = models.TextField(_("descrizione"), max_length=WORDS_LENGTH, blank=True)
    use_case = models.TextField(_("a che cosa serve"), max_length=WORDS_LENGTH, blank=True)
    update_need = models.CharField(_("ogni quanto dovrebbe essere aggiornato"), max_length=200, blank=True)
    geographic_scope = models.CharField(_("territorio"), max_length=200, blank=True)
    primary_theme = models.CharField(_("tema"), max_length=10, blank=True, db_index=True)
    extra_themes = models.JSONField(_("altri temi"), default=list, blank=True)
    producers = models.ManyToManyField(
        Agent, related_name="wished_from", blank=True, verbose_name=_("enti che potrebbero averlo")
    )
    producers_text = models.CharField(_("chi potrebbe averlo"), max_length=300, blank=True)

    proponent_kind = models.CharField(_("chi propone"), max_length=10, choices=Proponent.choices)
    proponent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="wishes",
        verbose_name=_("persona"),
    )
    proponent_world = models.CharField(_("mondo"), max_length=20, choices=World.choices, blank=True)
    proponent_label = models.CharField(_("proponente, in parole"), max_length=200, blank=True)
    origin = models.CharField(_("origine"), max_length=12, choices=Origin.choices)
    table = models.ForeignKey(
        DatalabTable,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("tavolo"),
    )
    event = models.CharField(_("evento"), max_length=80, blank=True, db_index=True)
    event_title = models.CharField(_("titolo dell'evento"), max_length=300, blank=True)
    consultation = models.CharField(_("consultazione"), max_length=80, blank=True, db_index=True)
    client_key = models.CharField(_("chiave dell'invio"), max_length=64, null=True, blank=True, unique=True)
    entered_by = models.CharField(_("scritto per conto da"), max_length=20, blank=True)
    imported_support = models.PositiveIntegerField(_("sostegni importati"), default=0)
    import_key = models.CharField(_("chiave all'origine"), max_length=300, blank=True)

    state = models.CharField(_("stato"), max_length=12, choices=State.choices, default=State.PROPOSED, db_index=True)
    is_hidden = models.BooleanField(_("nascosta"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("unita a")
    )
    merged_at = models.DateTimeField(_("unita"), null=True, blank=True)
    assigned_body = models.ForeignKey(
        Agent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_wishes",
        verbose_name=_("assegnata a"),
    )
    assigned_at = models.DateTimeField(_("assegnata"), null=True, blank=True)
    due_on = models.DateField(_("entro il"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("solleciti mandati"), default=0)
    legal_due_on = models.DateField(_("termine di legge"), null=True, blank=True)
    refusal_reason = models.CharField(_("motivo"), max_length=25, choices=RefusalReason.choices, blank=True)
    public_answer = models.TextField(_("risposta"), max_length=WORDS_LENGTH, blank=True)
    priority = models.PositiveSmallIntegerField(_("priorità"), default=2)
    created_at = models.DateTimeField(_("proposta"), default=timezone.now)
    state_since = models.DateTimeField(_("in questo stato dal"), default=timezone.now)
    published_at = models.DateTimeField(_("pubblicata"), null=True, blank=True)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    objects = WantedDatasetQuerySet.as_manager()

    class Meta:
        verbose_name = _("voce del paniere")
        verbose_name_plural = _("voci del paniere")
        constraints = [
            models.UniqueConstraint(fields=["basket", "number"], name="one_wish_per_number"),
            models.UniqueConstraint(
                fields=["import_key"], condition=~models.Q(import_key=""), name="one_wish_per_import_key"
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
                name="merged_into_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refusal_reason=""), name="refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["assigned", "in_progress"]) | models.Q(assigned_body__isnull=False),
                name="assigned_to_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed")
                | ~models.Q(primary_theme="")
                | models.Q(state="refused")
                | models.Q(state="merged"),
                name="basket_has_themes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_late(self) -> bool:
        """Whether a body should have published it by now."""
        return self.state in BEING_WORKED_ON and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def counts(self) -> bool:
        """Whether it is part of the basket."""
        return self.state in IN_THE_BASKET and not self.is_hidden


class UseCase(models.Model):
    """Somebody else's reason for the same wish: "è già nel paniere: aggiungi il tuo perché"."""

    item = models.ForeignKey(WantedDataset, on_delete=models.CASCADE, related_name="use_cases", verbose_name=_("voce"))
    words = models.TextField(_("a che cosa serve"), max_length=WORDS_LENGTH)
    world = models.CharField(_("mondo"), max_length=20, choices=World.choices, blank=True)
    table = models.ForeignKey(
        DatalabTable, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("tavolo")
    )
    client_key = models.CharField(_("chiave dell'invio"), max_length=64, null=True, blank=True, unique=True)
    moved_from = models.ForeignKey(
        WantedDataset, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("venuto da")
    )
    is_hidden = models.BooleanField(_("nascosto"), default=False)
    created_at = models.DateTimeField(_("scritto"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("perché")
        verbose_name_plural = _("perché")

    def __str__(self) -> str:
        return f"{self.item_id}: {self.words[:40]}"


class LinkQuerySet(models.QuerySet["WantedDatasetLink"]):
    """Reads of the links."""

    def holding(self) -> Self:
        """Those whose dataset is public now."""
        return self.filter(broken_at__isnull=True, dataset__status=Dataset.Status.PUBLISHED)


class WantedDatasetLink(models.Model):
    """A dataset answers a wish; title and publisher are kept as they were, whatever becomes of the dataset."""

    item = models.ForeignKey(WantedDataset, on_delete=models.CASCADE, related_name="links", verbose_name=_("voce"))
    dataset = models.ForeignKey(
        Dataset, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers", verbose_name=_("dataset")
    )
    dataset_uri = models.CharField(_("indirizzo del dataset"), max_length=500)
    title = models.CharField(_("titolo del dataset"), max_length=500)
    publisher = models.CharField(_("titolare"), max_length=300)
    note = models.CharField(_("nota"), max_length=500, blank=True)
    linked_by = models.CharField(_("collegato da"), max_length=80)
    linked_at = models.DateTimeField(_("collegato"), default=timezone.now)
    verified_by = models.CharField(_("verificato da"), max_length=80, blank=True)
    verified_at = models.DateTimeField(_("verificato"), null=True, blank=True)
    broken_at = models.DateTimeField(_("non vale più dal"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("dataset collegato")
        verbose_name_plural = _("dataset collegati")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "dataset_uri"], condition=models.Q(broken_at__isnull=True), name="one_link_per_dataset"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} → {self.dataset_uri}"


class Suggestion(models.Model):
    """A dataset that just became public may answer a wish: proposed to people, never linked by itself."""

    item = models.ForeignKey(
        WantedDataset, on_delete=models.CASCADE, related_name="suggestions", verbose_name=_("voce")
    )
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="suggested_for", verbose_name=_("dataset")
    )
    likeness = models.FloatField(_("somiglianza"), default=0)
    made_at = models.DateTimeField(_("proposto"), default=timezone.now)
    dismissed_at = models.DateTimeField(_("scartato"), null=True, blank=True)

    class Meta:
        verbose_name = _("dataset suggerito")
        verbose_name_plural = _("dataset suggeriti")
        constraints = [models.UniqueConstraint(fields=["item", "dataset"], name="one_suggestion_per_dataset")]

    def __str__(self) -> str:
        return f"{self.item_id} ~ {self.dataset_id}"
