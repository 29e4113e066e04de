"""The controlled vocabularies of the catalogue, as compact tables of our own.

Each is read from its table (`tables/*.tsv`) the first time somebody asks it something. Territory and bodies, which
are larger and are not controlled values of the metadata, are in `territory` and `bodies`.
"""

from opentusk.kit.vocabularies.rows import (
    read_file_type,
    read_frequency,
    read_hvd_category,
    read_licence,
    read_subtheme,
    read_term,
    read_theme,
)
from opentusk.kit.vocabularies.terms import FileType, Frequency, HvdCategory, Licence, Subtheme, Term, Theme
from opentusk.kit.vocabularies.vocabulary import Vocabulary

THEMES = Vocabulary("data-theme", read_theme)
SUBTHEMES = Vocabulary("subtheme", read_subtheme)
FILE_TYPES = Vocabulary("file-type", read_file_type)
MEDIA_TYPES = Vocabulary("media-type", read_term)
FREQUENCIES = Vocabulary("frequency", read_frequency)
LANGUAGES = Vocabulary("language", read_term)
ACCESS_RIGHTS = Vocabulary("access-right", read_term)
LICENCES = Vocabulary("licence", read_licence)
HVD_CATEGORIES = Vocabulary("hvd-category", read_hvd_category)
PLACES = Vocabulary("place", read_term)
AVAILABILITIES = Vocabulary("planned-availability", read_term)
DISTRIBUTION_STATUSES = Vocabulary("distribution-status", read_term)
DATASET_TYPES = Vocabulary("dataset-type", read_term)

__all__ = [
    "ACCESS_RIGHTS",
    "AVAILABILITIES",
    "DATASET_TYPES",
    "DISTRIBUTION_STATUSES",
    "FILE_TYPES",
    "FREQUENCIES",
    "HVD_CATEGORIES",
    "LANGUAGES",
    "LICENCES",
    "MEDIA_TYPES",
    "PLACES",
    "SUBTHEMES",
    "THEMES",
    "FileType",
    "Frequency",
    "HvdCategory",
    "Licence",
    "Subtheme",
    "Term",
    "Theme",
    "Vocabulary",
]
