"""What the pickers offer, in the reader's language. Called when a form is made: languages differ by request."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opentusk.kit import vocabularies as kit
from opentusk.kit.vocabularies import Licence, Term
from opentusk.ui.speech import label_of

Choices = list[tuple[str, str]]

# The languages in which public bodies of Italy describe data; a stored one that is not here is still offered.
_LANGUAGES = ("ITA", "ENG", "DEU", "FRA", "SLV", "SRD", "FUR", "LLD", "SQI", "ELL")
_NOT_FOR_PEOPLE = {"OP_DATPRO", "UNKNOWN"}


def _choices(terms: Iterable[Term]) -> Choices:
    return [(term.iri, label_of(term)) for term in terms if term.code not in _NOT_FOR_PEOPLE]


def _with_blank(choices: Choices) -> Choices:
    return [("", _("– scegli –")), *choices]


def themes() -> Choices:
    """The thirteen themes."""
    return _choices(kit.THEMES.terms)


def subthemes() -> Choices:
    """The EuroVoc sub-themes of all themes."""
    return _choices(kit.SUBTHEMES.terms)


def frequencies() -> Choices:
    """How often data are renewed."""
    return _with_blank(_choices(kit.FREQUENCIES.terms))


def languages() -> Choices:
    """The languages seen in Italian data."""
    return _choices(filter(None, map(kit.LANGUAGES.by_code, _LANGUAGES)))


def access_rights() -> Choices:
    """Who may have the data."""
    return _with_blank(_choices(kit.ACCESS_RIGHTS.terms))


def formats() -> Choices:
    """File types: first those that programs can read, by name."""
    terms = sorted(kit.FILE_TYPES.terms, key=lambda term: (-term.stars, term.code))
    return _with_blank([(term.iri, _named(term)) for term in terms if term.code not in _NOT_FOR_PEOPLE])


def licences() -> Choices:
    """Open licences, the one that the rules ask for first."""
    terms = [term for term in kit.LICENCES.terms if term.openness == "A"]
    return _with_blank([(term.iri, label_of(term)) for term in sorted(terms, key=_licence_order)])


def hvd_categories() -> Choices:
    """The six categories of high-value data, each followed by its own."""
    tops = [term for term in kit.HVD_CATEGORIES.terms if term.parent is None and term.it != term.en]
    return _choices(tops)


def dataset_types() -> Choices:
    """What kind of thing the dataset is."""
    return _choices(kit.DATASET_TYPES.terms)


def statuses() -> Choices:
    """How far a file is."""
    return _with_blank(_choices(kit.DISTRIBUTION_STATUSES.terms))


def availabilities() -> Choices:
    """How long a file will stay."""
    return _with_blank(_choices(kit.AVAILABILITIES.terms))


def _named(term: Term) -> str:
    label = label_of(term)
    return term.code if label.lower() == term.code.lower() else f"{term.code} – {label}"


def _licence_order(term: Licence) -> tuple[bool, bool, str]:
    return ("licenses/by/4.0" not in term.iri, not term.mqa_known, term.it)
