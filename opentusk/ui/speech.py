"""Values of the metadata in the words of the reader's language: labels of codes, dates, licences, bands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, gettext, ngettext

from opentusk.kit import vocabularies as kit
from opentusk.kit.vocabularies import Licence, Term, Vocabulary

VOCABULARIES: Mapping[str, Vocabulary[Any]] = {
    "theme": kit.THEMES,
    "subtheme": kit.SUBTHEMES,
    "format": kit.FILE_TYPES,
    "media_type": kit.MEDIA_TYPES,
    "frequency": kit.FREQUENCIES,
    "language": kit.LANGUAGES,
    "access": kit.ACCESS_RIGHTS,
    "licence": kit.LICENCES,
    "hvd": kit.HVD_CATEGORIES,
    "place": kit.PLACES,
    "availability": kit.AVAILABILITIES,
    "status": kit.DISTRIBUTION_STATUSES,
    "type": kit.DATASET_TYPES,
}


def is_english() -> bool:
    """Whether the reader chose English; everything else is Italian."""
    return (get_language() or "it").startswith("en")


def label_of(term: Term) -> str:
    """The name of a term in the reader's language."""
    return term.en if is_english() else term.it


def term_label(value: str | None, vocabulary: str) -> str:
    """The name of a controlled value, or the value itself when the vocabulary does not know it."""
    if not value:
        return ""
    terms = VOCABULARIES[vocabulary]
    term = terms.by_iri(value) or terms.by_code(value)
    return label_of(term) if term else value


def format_code(value: str | None) -> str:
    """The short name of a format: `CSV`, `GeoJSON`."""
    if not value:
        return ""
    term = kit.FILE_TYPES.by_iri(value) or kit.FILE_TYPES.by_code(value)
    return term.code.replace("_", " ") if term else value.rpartition("/")[2]


def text_and_language(text: Mapping[str, str]) -> tuple[str, str]:
    """The version the reader understands best, and its language ("" when nobody said)."""
    wanted = "en" if is_english() else "it"
    for language in (wanted, "it", ""):
        if text.get(language):
            return text[language], language
    return next(((words, language) for language, words in text.items() if words), ("", ""))


def spoken_date(value: str | None) -> str:
    """An ISO date as people say it, exactly as precise as it was given; what is no date is shown as it is."""
    if not value:
        return ""
    day = value[:10]
    try:
        if len(day) == 4:
            return str(int(day))
        if len(day) == 7:
            return _in_words(date.fromisoformat(f"{day}-01"), "F Y")
        return _in_words(date.fromisoformat(day), "j F Y")
    except ValueError:
        return value


def spoken_day(moment: date) -> str:
    """A day of the calendar, or the day of a moment, as people say it."""
    return _in_words(moment, "j F Y")


def spoken_moment(moment: datetime) -> str:
    """A day with its time."""
    return _in_words(moment, "j F Y, H:i")


def spoken_span(seconds: int) -> str:
    """How long something lasts, in the two largest units: `2 giorni e 3 ore`, `1 ora e 5 minuti`."""
    days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3_600, seconds % 3_600 // 60
    parts = []
    if days:
        parts.append(ngettext("%(n)s giorno", "%(n)s giorni", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s ora", "%(n)s ore", hours) % {"n": hours})
    if minutes and not days:
        parts.append(ngettext("%(n)s minuto", "%(n)s minuti", minutes) % {"n": minutes})
    if len(parts) > 1:
        return gettext("%(one)s e %(other)s") % {"one": parts[0], "other": parts[1]}
    return parts[0] if parts else gettext("meno di un minuto")


def _in_words(day: date, pattern: str) -> str:
    """Django capitalises the months; Italian does not."""
    words = formats.date_format(day, pattern)
    return words if is_english() else words.lower()


@dataclass(frozen=True)
class LicenceWords:
    """What a licence lets people do. `address` is its text; `is_open` is AgID's class A."""

    name: str
    address: str
    is_open: bool
    may: tuple[str, ...]
    must: tuple[str, ...]


def licence_words(iri: str | None) -> LicenceWords | None:
    """What one may and must do under a licence of the list; None for one that is not there."""
    licence = kit.LICENCES.by_iri(iri or "")
    if licence is None:
        return None
    return LicenceWords(
        label_of(licence), licence.iri, licence.openness == "A", tuple(_permissions(licence)), tuple(_duties(licence))
    )


def _permissions(licence: Licence) -> Iterable[str]:
    if licence.openness == "C":
        yield gettext("Non si sa che cosa è permesso: chiedi al titolare prima di usare i dati.")
        return
    yield gettext("Puoi copiare e distribuire i dati.")
    if not licence.no_derivatives:
        yield gettext("Puoi modificarli e combinarli con altri.")
    if not licence.non_commercial:
        yield gettext("Puoi usarli anche per scopi commerciali.")


def _duties(licence: Licence) -> Iterable[str]:
    if licence.attribution:
        yield gettext("Devi citare il titolare e dire se li hai modificati.")
    if licence.share_alike:
        yield gettext("Devi distribuire ciò che ne ricavi con la stessa licenza.")
    if licence.non_commercial:
        yield gettext("Non puoi usarli per scopi commerciali.")
    if licence.no_derivatives:
        yield gettext("Non puoi distribuirne versioni modificate.")


def band_words(band: str) -> str:
    """The name of a quality band of the European method."""
    words = {
        "excellent": gettext("Eccellente"),
        "good": gettext("Buona"),
        "sufficient": gettext("Sufficiente"),
        "bad": gettext("Scarsa"),
    }
    return words.get(band.lower(), band)


def is_followable(address: str | None) -> bool:
    """Whether a browser may be led there: an address of the web, never `javascript:` or `data:`."""
    return (address or "").lower().startswith(("http://", "https://"))
