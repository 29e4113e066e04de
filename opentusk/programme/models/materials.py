"""What is left of an event: materials, attendance certificates, what people thought of it."""

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from opentusk.files.models import StoredFile
from opentusk.programme.models.events import Event
from opentusk.programme.models.registrations import Registration
from opentusk.programme.states import Access, MaterialKind


def _new_key() -> str:
    return get_random_string(24)


class Material(models.Model):
    """A file or an address, for whom its class says. A recording needs captions or a transcript to be public."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials", verbose_name=_("evento"))
    kind = models.CharField(_("genere"), max_length=12, choices=MaterialKind.choices)
    title = models.CharField(_("titolo"), max_length=300)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    file_name = models.CharField(_("nome del file"), max_length=200, blank=True)
    url = models.URLField(_("indirizzo"), max_length=1_000, blank=True)
    licence = models.CharField(_("licenza"), max_length=200, blank=True)
    access = models.CharField(_("per chi"), max_length=12, choices=Access.choices, default=Access.PUBLIC)
    has_captions = models.BooleanField(_("ha i sottotitoli"), default=False)
    transcript = models.TextField(_("trascrizione"), blank=True)
    # Part of the address: without it nobody guesses where a reserved file is, and with it the class is asked anyway.
    key = models.CharField(_("chiave"), max_length=24, unique=True, default=_new_key)
    added_at = models.DateTimeField(_("aggiunto"), default=timezone.now)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("materiale")
        verbose_name_plural = _("materiali")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | ~models.Q(url="") | ~models.Q(transcript=""),
                name="material_is_something",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Certificate(models.Model):
    """Somebody was there. Once the registration is forgotten, only a hash of the name is left to compare with."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("evento"))
    registration = models.OneToOneField(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificate",
        verbose_name=_("iscrizione"),
    )
    code = models.CharField(_("codice"), max_length=16, unique=True)
    name_hash = models.CharField(_("impronta del nome"), max_length=64)
    issued_at = models.DateTimeField(_("rilasciato"), default=timezone.now)

    class Meta:
        verbose_name = _("attestato")
        verbose_name_plural = _("attestati")

    def __str__(self) -> str:
        return self.code


class Feedback(models.Model):
    """Three fixed answers about an event, from 1 to 5, by one who came; nothing says who."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback", verbose_name=_("evento"))
    useful = models.PositiveSmallIntegerField(_("è stato utile"))
    clear = models.PositiveSmallIntegerField(_("è stato chiaro"))
    again = models.PositiveSmallIntegerField(_("lo consiglierei"))
    words = models.TextField(_("che cosa miglioreresti"), max_length=2_000, blank=True)
    given_at = models.DateField(_("dato"), default=timezone.localdate)
    is_demo = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("parere")
        verbose_name_plural = _("pareri")

    def __str__(self) -> str:
        return f"{self.event_id} {self.useful}"
