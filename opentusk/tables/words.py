"""The steps of a reading and its problems, in the words of the producer's page and of the public one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opentusk.kit.messages import sentence, table_sentence
from opentusk.tables.models import FileReading
from opentusk.ui.speech import is_english

STEPS: dict[str, str | Promise] = {
    "received": _("Ricevuto e conservato così com'è"),
    "opened": _("Aperto"),
    "decoded": _("Riconosciuti i caratteri"),
    "header": _("Trovata la riga dei nomi delle colonne"),
    "read": _("Lette tutte le righe"),
    "decided": _("Deciso che cosa contiene ogni colonna"),
    "cast": _("Convertiti i valori"),
    "written": _("Scritta la tabella"),
    "profiled": _("Calcolato il profilo delle colonne"),
    "checked": _("Cercati errori e dati personali"),
    "swapped": _("Messa a disposizione di tutti"),
}


@dataclass(frozen=True)
class Step:
    """One step in words; `state` is done, failed, now or waiting; `why` is the reason with its way out."""

    words: str
    state: str
    why: str = ""


def steps_of(reading: FileReading, key: str, *, is_public: bool) -> list[Step]:
    """The steps of one table of a file, in order, each with its state."""
    done = {step["step"] for step in reading.steps if step["table"] in {"", key}}
    if is_public:
        done.add("swapped")
    code, detail = _fault(reading, key)
    steps, is_next = [], True
    for name, words in STEPS.items():
        if name in done:
            steps.append(Step(str(words), "done"))
            continue
        steps.append(Step(str(words), _state(reading, code, is_next, name), why(code, detail) if is_next else ""))
        is_next = False
    return steps


def _fault(reading: FileReading, key: str) -> tuple[str, str]:
    outcome = reading.outcome.get(key, {})
    return outcome.get("code", "") or reading.code, outcome.get("detail", "") or reading.detail


def _state(reading: FileReading, code: str, is_next: bool, name: str) -> str:
    if not is_next:
        return "waiting"
    if code:
        return "failed"
    return "now" if reading.state == FileReading.State.RUNNING and name != "swapped" else "waiting"


def why(code: str, detail: str = "") -> str:
    """The sentence of what stopped a reading; "" when nothing did."""
    return sentence(code, "en" if is_english() else "it", {"detail": detail, "reason": detail}) if code else ""


@dataclass(frozen=True)
class ProblemWords:
    """A problem of a table as people read it."""

    severity: str
    words: str
    row: int | None
    column: str
    count: int
    fix: str


def problems_of(problems: Iterable[Mapping[str, Any]]) -> list[ProblemWords]:
    """The problems of an examination (its JSON), the worst first."""
    order = ("blocks", "major", "minor", "info")
    language = "en" if is_english() else "it"
    found = [
        ProblemWords(
            severity=problem["severity"],
            words=table_sentence(problem["code"], language, _values(problem)),
            row=problem.get("row"),
            column=problem.get("column", ""),
            count=problem.get("count", 1),
            fix=problem.get("fix", ""),
        )
        for problem in problems
    ]
    return sorted(found, key=lambda problem: order.index(problem.severity))


def _values(problem: Mapping[str, Any]) -> dict[str, str]:
    facts = {"row": problem.get("row") or "", "column": problem.get("column", ""), "count": problem.get("count", 1)}
    return {name: str(value) for name, value in {**facts, **problem.get("values", {})}.items()}
