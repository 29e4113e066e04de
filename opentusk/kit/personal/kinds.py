"""The kinds of suspicion, the rule of each, and the sentence that says it without a value."""

from collections.abc import Mapping
from typing import NamedTuple

from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding


class Kind(NamedTuple):
    """A kind in two languages, and the rule of rules.md that it serves."""

    rule: str
    it: str
    en: str


KINDS: Mapping[str, Kind] = {
    "codice_fiscale": Kind("P2", "codice fiscale di persone", "tax code of persons"),
    "nome": Kind("P2", "nomi di persone", "names of persons"),
    "telefono": Kind("P2", "numeri di telefono", "telephone numbers"),
    "email": Kind("P2", "indirizzi e-mail", "e-mail addresses"),
    "iban": Kind("P2", "codici IBAN", "IBAN codes"),
    "targa": Kind("P2", "targhe di veicoli", "number plates"),
    "indirizzo": Kind("P2", "indirizzi di persone", "addresses of persons"),
    "documento": Kind("P2", "numeri di documenti o licenze personali", "numbers of personal documents or licences"),
    "data_nascita": Kind("P2", "date di nascita", "birth dates"),
    "foto": Kind("P2", "fotografie di persone", "photographs of persons"),
    "salute": Kind("P1", "salute o disabilità", "health or disability"),
    "etnia": Kind("P1", "origine etnica", "ethnic origin"),
    "religione": Kind("P1", "convinzioni religiose", "religious beliefs"),
    "orientamento": Kind("P1", "vita o orientamento sessuale", "sex life or sexual orientation"),
    "sindacato": Kind("P1", "appartenenza sindacale", "trade-union membership"),
    "politica": Kind("P1", "opinioni politiche", "political opinions"),
    "condanne": Kind("P1", "condanne o reati", "convictions or offences"),
    "disagio": Kind("P1", "disagio economico o sociale", "economic or social hardship"),
    "gruppi_piccoli": Kind(
        "P3", "gruppi così piccoli da far riconoscere una persona", "groups that single somebody out"
    ),
    "trasparenza": Kind("P6", "elenco di persone da Amministrazione trasparente", "list of persons published by duty"),
}


def make_finding(
    kind: str,
    severity: Severity,
    *,
    columns: tuple[str, ...] = (),
    count: int,
    share: float,
    smallest: int | None = None,
) -> PersonalFinding:
    """A finding of a known kind; the rule comes with the kind."""
    return PersonalFinding(
        column=columns[0] if columns else "",
        columns=columns,
        kind=kind,
        rule=KINDS[kind].rule,
        severity=severity,
        share=round(min(1.0, share), 4),
        count=count,
        smallest=smallest,
    )
