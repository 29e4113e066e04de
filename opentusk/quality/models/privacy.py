"""Suspicions of personal data, and what people decided about them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.files.models import FileVersion
from opentusk.kit.tables.shapes import PersonalFinding
from opentusk.quality.findings import Signature, finding_of, signature_of


class PrivacyCaseQuerySet(models.QuerySet["PrivacyCase"]):
    """Reads of the cases."""

    def waiting(self) -> Self:
        """Cases that a person must decide; one whose file was replaced or taken away asks nothing any more."""
        return self.filter(state=PrivacyCase.State.OPEN, version__state=FileVersion.State.PENDING)

    def decided(self) -> Self:
        """Cases that were decided."""
        return self.exclude(state=PrivacyCase.State.OPEN)

    def of_series(self, series_id: int) -> Self:
        """Cases of all versions of one file."""
        return self.filter(version__series=series_id)

    def of_version(self, version: FileVersion) -> Self:
        """Cases of one version."""
        return self.filter(version=version)

    def cleared_columns(self, version: FileVersion) -> frozenset[str]:
        """The columns of a version that may be shown although they name people: so a person decided."""
        published = self.of_version(version).filter(decision=PrivacyCase.Decision.PUBLISH)
        return frozenset(column for case in published for finding in case.found for column in finding.columns)

    def of_bodies(self, agents: models.QuerySet[Agent]) -> Self:
        """Cases of datasets of these bodies."""
        return self.filter(dataset__rights_holder__in=agents)

    def with_everything(self) -> Self:
        """With the dataset, its body and the file at hand."""
        return self.select_related("dataset__rights_holder", "version__series", "same_as__version")

    def oldest_first(self) -> Self:
        """The one that waits longest first."""
        return self.order_by("opened_at", "pk")

    def newest_first(self) -> Self:
        """The last decided first."""
        return self.order_by("-decided_at", "-opened_at", "-pk")


class PrivacyCase(models.Model):
    """The suspicion that a version of a file holds personal data, and what a person decided about it.

    `findings` are kinds, columns, counts and shares (`quality.findings`), never values. `evidence` is what the
    decision rests on. With `same_as` nobody was asked again: the decision of an earlier version holds for this one.
    """

    class State(models.TextChoices):
        """Whether somebody has decided."""

        OPEN = "open", _("da decidere")
        CLEARED = "cleared", _("si può pubblicare")
        REJECTED = "rejected", _("non si pubblica")

    class Decision(models.TextChoices):
        """What was decided."""

        PUBLISH = "publish", _("pubblicare il file così com'è")
        EXCLUDE = "exclude", _("togliere le colonne e pubblicare il resto")
        REFUSE = "refuse", _("non pubblicare questo file")

    class Basis(models.TextChoices):
        """Why personal data, or what looks like them, may be public."""

        LAW = "law", _("una norma obbliga a pubblicarli")
        CONSENT = "consent", _("le persone hanno dato un consenso documentato")
        NOT_PERSONS = "not_persons", _("sono dati di imprese o di uffici, non di persone")
        ANONYMOUS = "anonymous", _("sono stati resi anonimi con un metodo dichiarato")
        FALSE_ALARM = "false_alarm", _("falso allarme: non sono dati personali")

    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="privacy_cases", verbose_name=_("dataset")
    )
    version = models.ForeignKey(
        FileVersion, on_delete=models.CASCADE, related_name="privacy_cases", verbose_name=_("versione del file")
    )
    findings = models.JSONField(_("sospetti"), default=list)
    state = models.CharField(_("stato"), max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.CharField(_("decisione"), max_length=10, choices=Decision.choices, blank=True)
    basis = models.CharField(_("base"), max_length=20, choices=Basis.choices, blank=True)
    reason = models.TextField(_("motivo"), blank=True)
    evidence = models.JSONField(_("evidenze"), default=dict, blank=True)
    excluded_columns = models.JSONField(_("colonne tolte"), default=list, blank=True)
    same_as = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeated_in",
        verbose_name=_("stessa decisione di"),
    )
    opened_at = models.DateTimeField(_("aperto"), default=timezone.now)
    decided_at = models.DateTimeField(_("deciso"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deciso da"),
    )
    decided_role = models.CharField(_("ruolo di chi ha deciso"), max_length=40, blank=True)

    objects = PrivacyCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("caso di dati personali")
        verbose_name_plural = _("casi di dati personali")
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(state="open"), name="one_open_privacy_case_per_version"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided_at__isnull=False),
                name="privacy_decided_since_some_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="publish") | ~models.Q(basis=""), name="privacy_published_on_a_basis"
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="privacy_case_waiting")]

    def __str__(self) -> str:
        return f"{self.dataset_id}/{self.version_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == self.State.OPEN

    @property
    def signature(self) -> Signature:
        """What was suspected where, to compare with another version."""
        return signature_of(self.found)

    @property
    def found(self) -> tuple[PersonalFinding, ...]:
        """The suspicions as the kit gave them."""
        return tuple(map(finding_of, self.findings))

    @property
    def decided_columns(self) -> frozenset[str]:
        """The columns about which this decision says whether they may be public."""
        if self.decision == self.Decision.PUBLISH:
            return frozenset(column for finding in self.found for column in finding.columns)
        return frozenset(self.excluded_columns)

    @property
    def last_day(self) -> str:
        """The day until which the basis holds (ISO), "" when it has none."""
        valid_until: Any = self.evidence.get("valid_until", "")
        return str(valid_until)
