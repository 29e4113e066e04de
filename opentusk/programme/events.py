"""What can happen in the programme."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeEvent(models.TextChoices):
    """Codes of the journal; the subject is the event, people are told by their key or not at all."""

    EDITION_CREATED = "programme.edition_created", _("edizione preparata")
    EDITION_CHANGED = "programme.edition_changed", _("edizione modificata")
    EVENT_CREATED = "programme.event_created", _("evento preparato")
    EVENT_CHANGED = "programme.event_changed", _("evento modificato")
    EVENT_PUBLISHED = "programme.event_published", _("evento pubblicato")
    EVENT_HELD = "programme.event_held", _("evento svolto")
    EVENT_CLOSED = "programme.event_closed", _("evento concluso")
    EVENT_CANCELLED = "programme.event_cancelled", _("evento annullato")
    REGISTERED = "programme.registered", _("iscrizione")
    ASKED_AGAIN = "programme.asked_again", _("iscrizione chiesta di nuovo")
    CONFIRMED = "programme.confirmed", _("iscrizione confermata")
    OFFERED = "programme.offered", _("posto offerto")
    OFFER_EXPIRED = "programme.offer_expired", _("offerta scaduta")
    UNREGISTERED = "programme.unregistered", _("iscrizione annullata")
    CHECKED_IN = "programme.checked_in", _("ingresso")
    ATTENDANCE_CLOSED = "programme.attendance_closed", _("presenze chiuse")
    MATERIAL_ADDED = "programme.material_added", _("materiale aggiunto")
    MATERIAL_REMOVED = "programme.material_removed", _("materiale tolto")
    CERTIFICATE_ISSUED = "programme.certificate_issued", _("attestato rilasciato")
    REGISTRATIONS_FORGOTTEN = "programme.registrations_forgotten", _("dati degli iscritti cancellati")
