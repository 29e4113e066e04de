"""Rows of the demand room."""

from opentusk.demand.models.baskets import Basket, Datalab, DatalabTable
from opentusk.demand.models.items import Suggestion, UseCase, WantedDataset, WantedDatasetLink, WantedDatasetQuerySet
from opentusk.demand.models.support import Endorsement

__all__ = [
    "Basket",
    "Datalab",
    "DatalabTable",
    "Endorsement",
    "Suggestion",
    "UseCase",
    "WantedDataset",
    "WantedDatasetLink",
    "WantedDatasetQuerySet",
]
