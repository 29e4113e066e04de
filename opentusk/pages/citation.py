"""The line that whoever reuses the data may copy (rule L7 of the rule book)."""

from django.utils.translation import gettext as _

from opentusk.kit.records import Dataset
from opentusk.ui.speech import licence_words, spoken_date, text_and_language


def attribution_of(record: Dataset, *, address: str) -> str:
    """Who, what, where, under which licence and of which date, with the choice that the reuser must make."""
    holder = record.rights_holder.name if record.rights_holder else ""
    title = text_and_language(record.title)[0]
    parts = [f"{holder}, «{title}»", address]
    licences = dict.fromkeys(part.license.iri for part in record.distribution if part.license)
    parts += [words.name for words in map(licence_words, licences) if words]
    if record.modified:
        parts.append(_("dati del %(day)s") % {"day": spoken_date(record.modified)})
    parts.append(_("[dati non modificati / dati modificati]"))
    return ", ".join(parts) + "."
