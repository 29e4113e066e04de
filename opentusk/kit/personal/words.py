"""What the labels, the title and the description say about what a column holds: one table of words, read once."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def words_of(text: str) -> str:
    """A text as plain lower-case words without accents, one blank between them: `CFTitolare` gives `cf titolare`."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub(" ", plain).strip()


def read_lines(name: str) -> list[str]:
    """The lines of one of this package's tables, without what the table says of itself."""
    text = files("opentusk.kit.personal").joinpath("tables", f"{name}.tsv").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("# ")][1:]


def _read_groups() -> dict[str, list[str]]:
    groups = defaultdict[str, list[str]](list)
    for line in read_lines("word"):
        group, words = line.split("\t")
        groups[group] += words.split("  ")
    return groups


_GROUPS = _read_groups()


def _any(group: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_GROUPS[group])})\b")


def _family(name: str) -> Mapping[str, re.Pattern[str]]:
    return {group.partition(".")[2]: _any(group) for group in _GROUPS if group.startswith(f"{name}.")}


# Labels that say "a person's name is here"; of the officials the law often asks to publish the name.
SURNAME, FIRST_NAME, PERSON, OFFICIAL = _any("surname"), _any("first_name"), _any("person"), _any("official")
# Labels of what else names a person.
TAX_CODE, PHONE, PLATE = _any("tax_code"), _any("phone"), _any("plate")
DOCUMENT, LICENCE, PHOTO, ADDRESS = _any("document"), _any("licence"), _any("photo"), _any("address")
# Labels of places, things and firms, whose values are full of people's names: streets, schools, monuments.
STREET, THING, BUSINESS = _any("street"), _any("thing"), _any("business")
COARSE_PLACE, TOWN, WORK = _any("coarse_place"), _any("town"), _any("work")
# What describes a person without naming them, and what says that rows are people or how many they are.
ATTRIBUTES = _family("attribute")
RESIDENCE, CIVIC, PERSON_ID, PEOPLE = _any("residence"), _any("civic"), _any("person_id"), _any("people")
APPLICATION, IDENTIFIER = _any("application"), _any("identifier")
COUNT, REGIONS_OF_ORIGIN = _any("count"), _any("regions_of_origin")
# Rule P1: special categories (GDPR art. 9), convictions (art. 10) and hardship (D.Lgs. 33/2013, art. 26 c. 4); beside
# the words of PLACE_CONTEXT they speak of places and services, not of people.
SPECIAL = _family("special")
PLACE_CONTEXT = _any("place_context")
TRANSPARENCY = _any("transparency")
# Words that no person's name has, and the mailboxes that everybody can have.
COMPANY_WORDS, PLACE_WORDS = frozenset(_GROUPS["in_name.company"]), frozenset(_GROUPS["in_name.place"])
WEBMAIL = frozenset(_GROUPS["mail.webmail"])
