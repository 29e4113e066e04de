"""Values of controlled vocabularies: texts, codes and near misses to the IRI of the term."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from opentusk.kit.harmonise.addresses import split_printed_lists
from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.problems import Severity
from opentusk.kit.values import repair_iri
from opentusk.kit.vocabularies import DATASET_TYPES, HVD_CATEGORIES, SUBTHEMES, THEMES, Term, Vocabulary

T = TypeVar("T", bound=Term)
_EUROVOC = ("http://eurovoc.europa.eu/", "https://eurovoc.europa.eu/")
# The address of the list itself, which some feeds give for a category.
_HVD_LIST = "http://data.europa.eu/bna/asd487ae75"


def resolve(vocabulary: Vocabulary[T], text: str) -> str | None:
    """The IRI a text means; None when it means none.

    A term of the vocabulary's own scheme that our copy lacks is newer than it, and stays. Of an address of another
    list (`…/distribution-availability/STABLE`, `http://purl.org/adms/status/Completed`) the last part is looked up.
    """
    term = vocabulary.by_iri(text) or vocabulary.find(text)
    if term:
        return term.iri
    if text.startswith(f"{vocabulary.scheme}/") and repair_iri(text).value == text:
        return text
    if "/" in text.rstrip("/"):
        last = vocabulary.find(text.rstrip("/").rpartition("/")[2])
        return last.iri if last else None
    return None


def mend_term(vocabulary: Vocabulary[T], text: str | None, log: RepairLog, where: str) -> str | None:
    """The IRI of one controlled value; what means nothing is dropped, and told."""
    if not text or vocabulary.by_iri(text):
        return text or None
    found = resolve(vocabulary, text)
    if found is None:
        log.changed(
            "repair.term_unknown", where, before=text, after=None, severity=Severity.MAJOR, list=vocabulary.name
        )
    elif found != text:
        severity = Severity.INFO if "://" in text else Severity.MINOR
        log.changed("repair.term", where, before=text, after=found, severity=severity, list=vocabulary.name)
    return found


def mend_terms(vocabulary: Vocabulary[T], texts: Iterable[str], log: RepairLog, where: str) -> tuple[str, ...]:
    """The IRIs of several controlled values, each once."""
    values = split_printed_lists(texts, log, where)
    found = (mend_term(vocabulary, text, log, where) for text in values)
    return tuple(dict.fromkeys(iri for iri in found if iri))


def mend_types(texts: Sequence[str], log: RepairLog) -> tuple[str, ...]:
    """The types of a dataset: of the EU list, or any other concept with an address (INSPIRE resource types)."""
    foreign = {
        text for text in texts if "://" in text and not resolve(DATASET_TYPES, text) and repair_iri(text).value == text
    }
    known = mend_terms(DATASET_TYPES, (text for text in texts if text not in foreign), log, "dct:type")
    return (*known, *(text for text in dict.fromkeys(texts) if text in foreign))


def mend_themes(
    themes: Iterable[str], subjects: Iterable[str], log: RepairLog
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Themes and subjects, each where it belongs: EuroVoc concepts found among the themes become subjects."""
    kept, moved = [], []
    for theme in split_printed_lists(themes, log, "dcat:theme"):
        subtheme = None if THEMES.by_iri(theme) else _subject(theme)
        if subtheme and not THEMES.find(theme):
            log.changed("repair.subject_in_theme", "dcat:theme", before=theme, after=subtheme)
            moved.append(subtheme)
        else:
            kept.append(theme)
    found = [mend_subject(subject, log) for subject in split_printed_lists(subjects, log, "dct:subject")]
    all_subjects = dict.fromkeys(subject for subject in [*found, *moved] if subject)
    return mend_terms(THEMES, kept, log, "dcat:theme"), tuple(all_subjects)


def mend_subject(text: str, log: RepairLog) -> str | None:
    """The IRI of a subject: EuroVoc's, or any other concept with an address."""
    found = _subject(text)
    if found is None and "://" in text and not text.startswith(_EUROVOC):
        found = repair_iri(text).value
    if found is None:
        log.changed("repair.term_unknown", "dct:subject", before=text, after=None, list="EuroVoc")
    elif found != text:
        log.changed("repair.term", "dct:subject", before=text, after=found, list="EuroVoc")
    return found


def _subject(text: str) -> str | None:
    """The EuroVoc IRI of an address, of a name, or of a name after its code (`2806 famiglia`)."""
    if text.startswith(_EUROVOC):
        code = text.rstrip("/").rpartition("/")[2]
        return f"{_EUROVOC[0]}{code}" if code.isdigit() else None
    term = SUBTHEMES.find(text) or SUBTHEMES.find(text.lstrip("0123456789 "))
    return term.iri if term else None


def mend_hvd_categories(values: Iterable[str], log: RepairLog) -> tuple[str, ...]:
    """The categories of high-value datasets. The address of the whole list is no category."""
    where = "dcatap:hvdCategory"
    kept = []
    for value in split_printed_lists(values, log, where):
        if value.rstrip("/") == _HVD_LIST:
            log.changed("repair.scheme_as_term", where, before=value, after=None, severity=Severity.MAJOR)
        else:
            kept.append(value)
    return mend_terms(HVD_CATEGORIES, kept, log, where)
