"""Telephones and e-mail addresses: of a business or an office, or of a person."""

import re
from collections.abc import Mapping

from opentusk.kit.personal.codes import Codes
from opentusk.kit.personal.facts import ColumnFacts, TableFacts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.names import first_names, surnames
from opentusk.kit.personal.nature import Nature, Reading
from opentusk.kit.personal.words import PHONE, WEBMAIL
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

_SEPARATORS = re.compile(r"[\s./()\\-]+")
_SEVERAL = re.compile(r"\s*[;,]\s*|\s+[-/]\s+|\s+e\s+")
_NUMBER = re.compile(r"(?:(?:\+|00)39)?(?P<number>0\d{5,10}|3\d{8,9})")
# Digits alone that begin with 0039 are as often a code of ten or eleven figures.
_PREFIXED = re.compile(r"^\s*(?:\+39|0039(?!\d{1,7}\s*$))")
_CALL = re.compile(
    r"\b(?:tel|telefono|cell|cellulare|whatsapp|chiamare)\b\W{0,4}(?:\+39\W?)?[03]\d[\d ./-]{4,}", re.IGNORECASE
)
_MOST = 0.5

_FUNCTIONAL = re.compile(
    r"^(?:info|segreteri\w*|protocollo|uffici\w*|urp|direzion\w*|amministrazion\w*|contatt\w*|commerciale|prenotazion\w*|"
    r"booking|reception|hotel|servizi\w*|sportello|biblioteca|museo|comune|sindaco|opendata|redazione|vendite|posta|mail|"
    r"webmaster|support\w*|assistenza|turismo|iat|farmacia|scuola|[a-z]{4}\d{5}[a-z0-9])\b"
)
_CERTIFIED = re.compile(r"(?:^|[.@])(?:pec|cert|legalmail|postecert|arubapec|postacert|pcert)[.\w-]*\.|\bpec\b")
_PUBLIC = re.compile(
    r"(?:\.gov\.it|istruzione\.it|(?:^|\.)(?:comune|regione|provincia|asl|aslbari|sanita|unione|cittametropolitana)\.[\w.-]+)$"
)


def find_contacts(facts: TableFacts, reading: Reading, codes: Mapping[str, Codes]) -> list[PersonalFinding]:
    """Telephones and e-mail addresses. Those of offices are told; those of businesses are for a person to clear."""
    phones = [finding for column in facts.columns if (finding := _phones_in(column, reading))]
    held = ((column, codes[column.name]) for column in facts.columns if column.name in codes)
    return phones + [_emails_in(column, found, reading) for column, found in held if found.emails]


def _phones_in(column: ColumnFacts, reading: Reading) -> PersonalFinding | None:
    """A labelled column of numbers; else numbers with the code of the country, or called so in a text."""
    is_labelled = PHONE.search(column.words) is not None
    asked = (value for value in column.values if is_labelled or _PREFIXED.match(value))
    numbers = {value: found for value in asked if (found := _numbers_of(value))}
    share = column.share_of(sum(column.values[value] for value in numbers))
    called = sum(count for value, count in column.values.items() if value not in numbers and _CALL.search(value))
    if not (called or share >= _MOST or (is_labelled and numbers)):
        return None
    mobile = called or any(number.startswith("3") for found in numbers.values() for number in found)
    severity = _severity(reading, is_private=bool(mobile), is_office=not mobile)
    share += column.share_of(called)
    return make_finding("telefono", severity, columns=(column.name,), count=column.estimate(share), share=share)


def _numbers_of(value: str) -> list[str]:
    """The telephone numbers that a cell consists of; none when it says anything else."""
    pieces = [_SEPARATORS.sub("", piece) for piece in _SEVERAL.split(value) if piece]
    found = [match.group("number") for piece in pieces if (match := _NUMBER.fullmatch(piece))]
    return found if len(found) == len(pieces) else []


def _emails_in(column: ColumnFacts, codes: Codes, reading: Reading) -> PersonalFinding:
    is_private = any(map(is_private_mailbox, codes.addresses))
    severity = _severity(reading, is_private=is_private, is_office=all(map(_is_office, codes.addresses)))
    share = codes.emails / max(1, column.filled)
    return make_finding("email", severity, columns=(column.name,), count=codes.emails, share=share)


def _severity(reading: Reading, *, is_private: bool, is_office: bool) -> Severity:
    if reading.nature is Nature.PERSONS:
        return Severity.BLOCKS
    if is_office:
        return Severity.MINOR
    return Severity.BLOCKS if is_private and not reading.has_business else Severity.MAJOR


def is_private_mailbox(address: str) -> bool:
    """Whether an e-mail address is of a person: a mailbox for everybody, or a name before the @."""
    address = address.lower()
    local, _, domain = address.partition("@")
    if _FUNCTIONAL.match(local) and domain not in WEBMAIL:
        return False
    words = re.split(r"[._-]", re.sub(r"\d+", "", local))
    is_name = len(words) == 2 and bool(first_names() & set(words)) and bool(surnames() & set(words))
    return domain in WEBMAIL or is_name


def _is_office(address: str) -> bool:
    """Of an office: certified mail, or a function's mailbox in the domain of a public body."""
    local, _, domain = address.partition("@")
    if is_private_mailbox(address):
        return False
    return bool(
        _CERTIFIED.search(domain) or (_PUBLIC.search(domain)) or (_FUNCTIONAL.match(local) and _PUBLIC.search(domain))
    )
