"""Rows of the quality room."""

from opentusk.quality.models.dictionaries import DictionaryMeasure
from opentusk.quality.models.links import UrlCheck, UrlCheckQuerySet, UrlResult, key_of
from opentusk.quality.models.privacy import PrivacyCase, PrivacyCaseQuerySet
from opentusk.quality.models.scores import DatasetScore, DatasetScoreQuerySet

__all__ = [
    "DatasetScore",
    "DatasetScoreQuerySet",
    "DictionaryMeasure",
    "PrivacyCase",
    "PrivacyCaseQuerySet",
    "UrlCheck",
    "UrlCheckQuerySet",
    "UrlResult",
    "key_of",
]
