"""Whether a short text, such as a reason or a header, holds somebody's data itself."""

import re

from opentusk.kit.personal.codes import is_codice_fiscale, is_iban
from opentusk.kit.personal.contacts import is_private_mailbox
from opentusk.kit.personal.facts import TableFacts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.names import name_strength
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

_CODE = re.compile(r"\b[A-Za-z]{6}[0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{3}[A-Za-z]\b")
_IBAN = re.compile(r"\b(?:IT|SM) ?\d{2}(?: ?[A-Z0-9]){23}\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)39[ .-]?)?3\d{2}[ ./-]?\d{3}[ .-]?\d{3,4}(?!\d)")


def names_somebody(text: str) -> bool:
    """Whether a text holds a codice fiscale, an IBAN, a private e-mail address or a mobile number.

    Names are allowed: whoever explains a decision may have to say whose opinion it rests on.
    """
    return (
        any(map(is_codice_fiscale, _CODE.findall(text)))
        or any(map(is_iban, _IBAN.findall(text)))
        or any(map(is_private_mailbox, _EMAIL.findall(text)))
        or bool(_MOBILE.search(text))
    )


def is_telling_name(label: str) -> bool:
    """Whether the header of a column, or its API name, is somebody's data: a file without header begins with a row."""
    spaced = label.replace("_", " ")
    return names_somebody(label) or names_somebody(spaced) or name_strength(spaced) == 1.0 or "@" in label


def find_telling_headers(facts: TableFacts) -> list[PersonalFinding]:
    """Columns whose header is somebody's code: the first row of a file without header, or a person in each column."""
    return [
        make_finding("codice_fiscale", Severity.BLOCKS, columns=(column.name,), count=1, share=0.0)
        for column in facts.columns
        if any(map(is_codice_fiscale, _CODE.findall(column.label)))
    ]
