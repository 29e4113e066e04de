"""Rows of the programme room."""

from opentusk.programme.models.events import Edition, Event, PlannedEventQuerySet
from opentusk.programme.models.materials import Certificate, Feedback, Material
from opentusk.programme.models.registrations import Registration, RegistrationQuerySet

__all__ = [
    "Certificate",
    "Edition",
    "Event",
    "Feedback",
    "Material",
    "PlannedEventQuerySet",
    "Registration",
    "RegistrationQuerySet",
]
