"""Texts for people: plain, trimmed, and tagged with their language."""

from collections.abc import Iterable, Sequence

from opentusk.kit.harmonise.repair_log import RepairLog
from opentusk.kit.problems import Severity
from opentusk.kit.records import Text, Words
from opentusk.kit.values import repair_text
from opentusk.kit.vocabularies import LANGUAGES

# The tags of the languages Italian bodies write in; a language without one leaves texts untagged.
_TAGS = {"ITA": "it", "ENG": "en", "DEU": "de", "FRA": "fr", "SLV": "sl", "SPA": "es", "CAT": "ca", "SRD": "sc"}
_ITALIAN = "it"


def choose_tag(languages: Sequence[str], *, otherwise: str) -> str:
    """The tag for texts without one: Italian if the dataset has Italian, its only language if it has one.

    "" when it has several and Italian is not among them: nobody can tell which one a text is in.
    """
    if not languages:
        return otherwise
    terms = [LANGUAGES.by_iri(language) for language in languages]
    tags = [_TAGS.get(term.code, "") for term in terms if term]
    if _ITALIAN in tags:
        return _ITALIAN
    return tags[0] if len(tags) == 1 else ""


class TextMender:
    """Mends every text of one record. Tagging is told once, not at each of a dozen texts."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._has_told = False

    def text(self, text: Text, log: RepairLog, where: str) -> Text:
        """One text by language, without the empty ones."""
        mended: dict[str, str] = {}
        for language, value in text.items():
            if plain := log.mended(where, value, repair_text(value)):
                mended[language] = plain
        return self._tagged(mended, log)

    def words(self, words: Words, log: RepairLog, where: str) -> Words:
        """Keywords by language, each once."""
        mended: dict[str, tuple[str, ...]] = {}
        for language, values in words.items():
            plain = (log.mended(where, value, repair_text(value)) for value in values)
            if kept := tuple(dict.fromkeys(value for value in plain if value)):
                mended[language] = kept
        untagged = mended.get("", ())
        if self._tag and untagged:
            self._tell(log)
            del mended[""]
            mended[self._tag] = tuple(dict.fromkeys([*mended.get(self._tag, ()), *untagged]))
        return mended

    def _tagged(self, text: dict[str, str], log: RepairLog) -> Text:
        """The untagged text under the record's language; one that says again what a tagged one says is dropped."""
        if not self._tag or "" not in text:
            return text
        untagged = text[""]
        tagged = {language: value for language, value in text.items() if language}
        if self._tag in tagged and untagged not in tagged.values():
            return text
        self._tell(log)
        return {self._tag: untagged, **tagged} if self._tag not in tagged else tagged

    def _tell(self, log: RepairLog) -> None:
        if not self._has_told:
            self._has_told = True
            log.changed("repair.language_tag", "@lang", before="", after=self._tag, severity=Severity.INFO)


def mend_line(value: str, log: RepairLog, where: str) -> str:
    """A plain string of one language: a name, a version, a notation."""
    return log.mended(where, value, repair_text(value)) or "" if value else ""


def mend_lines(values: Iterable[str], log: RepairLog, where: str) -> tuple[str, ...]:
    """Several plain strings, each once."""
    return tuple(dict.fromkeys(line for value in values if (line := mend_line(value, log, where))))
