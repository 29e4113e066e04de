"""Rows of the stores: which files of rows make a table now, and which of its states everybody may read."""

from hashlib import blake2b
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opentusk.catalog.models import Distribution
from opentusk.files.models import FileVersion
from opentusk.kit.datastore.kinds import KINDS, kind_named
from opentusk.kit.datastore.segments import Contents, contents_of
from opentusk.kit.datastore.shapes import ID, Source, SourceField
from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.names import name_columns
from opentusk.kit.tables.shapes import ROW_NUMBER, Column

# What of a store, and of the dataset around it, a question to its rows must know.
_READ = (
    "key", "indexes", "distribution__uuid", "distribution__waiting", "distribution__dataset__uuid",
    "distribution__dataset__status", "distribution__dataset__rights_holder__ipa_code",
    *(f"{state}__{name}" for state in ("head", "public") for name in ("store", "fields", "segments", "rows", "hidden")),
)  # fmt: skip


class StoreQuerySet(models.QuerySet["Store"]):
    """Reads of the stores."""

    def with_states(self) -> Self:
        """With the newest state and the public one at hand."""
        return self.select_related("head", "public", "distribution__dataset__rights_holder", "distribution__series")

    def to_read(self) -> Self:
        """Those that have rows, with what a question needs: the descriptions of a dataset are large."""
        states = self.select_related("head", "public", "distribution__dataset__rights_holder")
        return states.filter(head__isnull=False).only(*_READ)


class Store(models.Model):
    """A table that programs write row by row. Its rows are originals: nothing else could make them again.

    `head` is the state of the last write, `public` the last one that everybody may read, with the dataset. `given` is
    the number of the last state that became a version of the file.
    """

    distribution = models.OneToOneField(
        Distribution, on_delete=models.CASCADE, related_name="store", verbose_name=_("distribuzione")
    )
    key = models.JSONField(_("chiave"), default=list, blank=True)
    indexes = models.JSONField(_("indici chiesti"), default=list, blank=True)
    number = models.PositiveBigIntegerField(_("numero dello stato"), default=0)
    next_id = models.BigIntegerField(_("numero della prossima riga"), default=1)
    head = models.ForeignKey(
        "StoreState",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ultimo stato"),
    )
    public = models.ForeignKey(
        "StoreState",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stato pubblico"),
    )
    given = models.PositiveBigIntegerField(_("ultimo stato dato come file"), default=0)
    given_at = models.DateTimeField(_("dato come file"), null=True, blank=True)
    written_at = models.DateTimeField(_("ultima scrittura"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("scritta per ultimo da"),
    )
    created_at = models.DateTimeField(_("aperta"), default=timezone.now)

    objects = StoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("tabella scritta dai programmi")
        verbose_name_plural = _("tabelle scritte dai programmi")

    def __str__(self) -> str:
        return str(self.distribution_id)

    @property
    def folder(self) -> Path:
        """Where its segments are."""
        return Path(settings.STORES_DIR) / str(self.distribution.uuid)


class StoreState(models.Model):
    """All the rows of a store after one write: its fields, and the segments that hold the rows.

    `findings` are the suspicions of personal data that keep it from the public (`quality.findings`); `hidden` are the
    fields that a decision took away from everybody. `version` is the file that was made of it, if one was.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="states", verbose_name=_("tabella"))
    number = models.PositiveBigIntegerField(_("numero"))
    fields = models.JSONField(_("campi"), default=list)
    segments = models.JSONField(_("segmenti"), default=list)
    rows = models.PositiveBigIntegerField(_("righe"), default=0)
    findings = models.JSONField(_("sospetti"), default=list, blank=True)
    hidden = models.JSONField(_("campi tolti al pubblico"), default=list, blank=True)
    version = models.ForeignKey(
        FileVersion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("versione del file"),
    )
    made_at = models.DateTimeField(_("fatto"), default=timezone.now)

    class Meta:
        verbose_name = _("stato di una tabella")
        verbose_name_plural = _("stati delle tabelle")
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="one_state_per_number")]

    def __str__(self) -> str:
        return f"{self.store_id} v{self.number}"

    @property
    def columns(self) -> tuple[SourceField, ...]:
        """The fields, those included that are hidden from the public."""
        return tuple(map(field_of, self.fields))

    def contents(self) -> Contents:
        """The rows as the workbench takes them."""
        return contents_of(self.columns, self.store.key, self.segments, self.store.next_id)

    def source(self, *, for_public: bool) -> Source:
        """The rows as searches read them."""
        shown = tuple(field for field in self.columns if not (for_public and field.id in self.hidden))
        folder = self.store.folder
        files = tuple(folder / segment[0] for segment in self.segments)
        last = self.segments[-1][3] if self.segments else 0
        # Files never change and never return, so they tell states apart; whoever is shown fewer columns of them is
        # answered from other caches.
        said = "|".join((*(segment[0] for segment in self.segments), *(field.name for field in shown)))
        key = f"store {blake2b(said.encode(), digest_size=16).hexdigest()}"
        ref = TableRef(
            key=key,
            parquet=files[0],
            parts=files,
            columns=tuple(Column(name=one.name, label=one.id, type=one.kind.column) for one in shown),
            called=called(shown),
        )
        return Source(ref=ref, fields=shown, rows=self.rows, is_dense=last == self.rows, is_ordered=True)


class StoreAlias(models.Model):
    """Another name of a store, by which programs may read it."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("tabella"))
    name = models.CharField(_("nome"), max_length=63, unique=True)

    class Meta:
        verbose_name = _("altro nome di una tabella")
        verbose_name_plural = _("altri nomi delle tabelle")

    def __str__(self) -> str:
        return self.name


def field_of(stored: dict[str, object]) -> SourceField:
    """A field as it was kept."""
    info = stored.get("info")
    kind = kind_named(str(stored["type"])) or KINDS["text"]
    return SourceField(str(stored["id"]), kind, str(stored["name"]), info if isinstance(info, dict) else {})


def field_json(field: SourceField) -> dict[str, object]:
    """A field as it is kept."""
    return {"id": field.id, "type": field.kind.name, "name": field.name, "info": dict(field.info)}


def api_names(fields: tuple[SourceField, ...]) -> tuple[str, ...]:
    """What the columns are called once the rows are a file: decisions on personal data name them so."""
    return name_columns([field.id for field in fields], [field.kind.column for field in fields], ())


def called(fields: tuple[SourceField, ...]) -> tuple[tuple[str, str], ...]:
    """The names that SQL of others has for the columns; it does not tell capital letters from small ones."""
    named, taken = [(ROW_NUMBER, ID)], {ID}
    for field in fields:
        number, name = 1, field.id
        while name.lower() in taken:
            number += 1
            name = f"{field.id}_{number}"
        taken.add(name.lower())
        named.append((field.name, name))
    return tuple(named)
