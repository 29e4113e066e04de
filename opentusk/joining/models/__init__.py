"""Rows of the joining room."""

from opentusk.joining.models.accreditation import Accreditation, AccreditationDocument, AccreditationStatus
from opentusk.joining.models.agreement import Agreement, Obligation, TemplateDocument

__all__ = [
    "Accreditation",
    "AccreditationDocument",
    "AccreditationStatus",
    "Agreement",
    "Obligation",
    "TemplateDocument",
]
