"""Whether a web service is built so that a portal can read it for years: one list of checks, each with its reason.

A supplier runs it before delivering, the editor before switching a source on. `FAILS` means that the portal cannot read
the service or would read it wrongly; `WARNS` that it works today and will give trouble.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from opentusk.kit.errors import Unreadable
from opentusk.kit.messages import sentence
from opentusk.kit.webservices.shapes import Ask, Kind, Paging, Reply, Row, Service
from opentusk.kit.webservices.walking import PageRead, walk

SLOW_SECONDS = 10.0
_SECRET = re.compile(r"(api_?key|key|token|secret|password|apikey)$", re.IGNORECASE)
_NULL_WORDS = frozenset({"n.d.", "nd", "n.a.", "n/a", "null", "none", "-", "--", "nan", "dato non disponibile"})
_ITALIAN_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_ITALIAN_NUMBER = re.compile(r"-?\d{1,3}(\.\d{3})*,\d+")
_PERSONAL = re.compile(r"cognome|codice_?fiscale|nominativo|cellulare|data_?nascita", re.IGNORECASE)


class State(StrEnum):
    """How a check ended."""

    PASSES = "passes"
    WARNS = "warns"
    FAILS = "fails"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: `service.<name>` in the sentences says what is asked, `service.<name>.<state>` what was found."""

    name: str
    state: State
    values: dict[str, str] = field(default_factory=dict)

    def found(self, language: str) -> str:
        """What was found, with the way out; "" when all is well."""
        return "" if self.state == State.PASSES else sentence(f"conformance.{self.name}.fault", language, self.values)

    def asks(self, language: str) -> str:
        """What is asked, in a language."""
        return sentence(f"conformance.{self.name}", language, self.values)

    def to_json(self) -> dict[str, object]:
        """The shape that `opentusk check-service` prints."""
        return {
            "check": self.name,
            "state": self.state.value,
            "asks_it": self.asks("it"),
            "found_it": self.found("it"),
            "values": self.values,
        }


def check_service(service: Service, ask: Ask, *, most_pages: int = 200) -> list[Check]:
    """Every check, in the order of importance. The service is walked twice: the second time it must say the same."""
    checks = [_transport(service), _secret(service)]
    try:
        pages = list(walk(service, ask, most_pages=most_pages))
    except Unreadable as fault:
        return [*checks, Check(name="readable", state=State.FAILS, values={"reason": _words(fault)})]
    rows = [row for page in pages for row in page.answer.rows]
    checks += [
        Check(name="readable", state=State.PASSES),
        _has_rows(rows),
        _media_type(pages[0].reply, service),
        _fast(pages),
        _complete(pages, rows),
        _distinct(pages, service),
        _steady(rows),
        _nulls(rows),
        _typed(rows),
        _personal(rows),
        _cacheable(pages[0].reply),
        _repeatable(service, ask, rows, most_pages),
    ]
    return checks


def conforms(checks: Sequence[Check]) -> bool:
    """Whether nothing fails."""
    return all(check.state != State.FAILS for check in checks)


def _words(fault: Unreadable) -> str:
    return sentence(fault.reason, "it", {"detail": fault.detail})


def _transport(service: Service) -> Check:
    safe = urlsplit(service.url).scheme == "https"
    return Check(name="https", state=State.PASSES if safe else State.WARNS)


def _secret(service: Service) -> Check:
    """A key in the address ends in every log; it belongs in a header."""
    parts = urlsplit(service.url)
    names = [name for name, _value in parse_qsl(parts.query) if _SECRET.search(name)]
    state = State.FAILS if names or parts.password else State.PASSES
    return Check(name="secret", state=state, values={"names": ", ".join(names) or "password"})


def _has_rows(rows: Sequence[Row]) -> Check:
    return Check(name="rows", state=State.PASSES if rows else State.FAILS)


def _media_type(reply: Reply, service: Service) -> Check:
    wanted = "json" if service.kind == Kind.JSON else "csv"
    state = State.PASSES if wanted in reply.media_type.lower() else State.WARNS
    return Check(name="media_type", state=state, values={"found": reply.media_type or "–", "wanted": wanted})


def _fast(pages: Sequence[PageRead]) -> Check:
    slowest = max(page.reply.seconds for page in pages)
    state = State.WARNS if slowest > SLOW_SECONDS else State.PASSES
    return Check(name="fast", state=state, values={"seconds": f"{slowest:.0f}", "limit": f"{SLOW_SECONDS:.0f}"})


def _complete(pages: Sequence[PageRead], rows: Sequence[Row]) -> Check:
    total = pages[0].answer.total
    if total is None:
        has_pages = len(pages) > 1
        return Check(name="complete", state=State.WARNS if has_pages else State.PASSES, values=_counts(len(rows), "–"))
    state = State.PASSES if total == len(rows) else State.FAILS
    return Check(name="complete", state=state, values=_counts(len(rows), str(total)))


def _counts(found: int, declared: str) -> dict[str, str]:
    return {"found": str(found), "declared": declared}


def _distinct(pages: Sequence[PageRead], service: Service) -> Check:
    """The same row on two pages: an order that is not total loses rows and repeats others."""
    if service.paging == Paging.NONE or len(pages) < 2:
        return Check(name="distinct", state=State.PASSES, values={"count": "0"})
    seen: set[tuple[tuple[str, str], ...]] = set()
    repeated = 0
    for page in pages:
        fresh = {tuple(row.items()) for row in page.answer.rows}
        repeated += len(fresh & seen)
        seen |= fresh
    state = State.WARNS if repeated else State.PASSES
    return Check(name="distinct", state=state, values={"count": str(repeated)})


def _steady(rows: Sequence[Row]) -> Check:
    """Every row has the same fields, also when they are empty."""
    everything = dict.fromkeys(path for row in rows for path in row)
    missing = [path for path in everything if any(path not in row for row in rows)]
    values = {"fields": ", ".join(missing[:5]), "count": str(len(missing))}
    return Check(name="steady", state=State.WARNS if missing else State.PASSES, values=values)


def _nulls(rows: Sequence[Row]) -> Check:
    return _fields_where("nulls", rows, lambda text: text.strip().lower() in _NULL_WORDS, State.WARNS)


def _typed(rows: Sequence[Row]) -> Check:
    def is_italian(text: str) -> bool:
        return bool(_ITALIAN_DATE.fullmatch(text.strip()) or _ITALIAN_NUMBER.fullmatch(text.strip()))

    return _fields_where("typed", rows, is_italian, State.WARNS)


def _fields_where(name: str, rows: Sequence[Row], is_wrong: Callable[[str], bool], otherwise: State) -> Check:
    wrong = dict.fromkeys(path for row in rows for path, text in row.items() if is_wrong(text))
    values = {"fields": ", ".join(list(wrong)[:5]), "count": str(len(wrong))}
    return Check(name=name, state=otherwise if wrong else State.PASSES, values=values)


def _personal(rows: Sequence[Row]) -> Check:
    named = [path for path in dict.fromkeys(path for row in rows for path in row) if _PERSONAL.search(path)]
    return Check(name="personal", state=State.WARNS if named else State.PASSES, values={"fields": ", ".join(named[:5])})


def _cacheable(reply: Reply) -> Check:
    state = State.PASSES if reply.etag or reply.last_modified else State.WARNS
    return Check(name="cacheable", state=state)


def _repeatable(service: Service, ask: Ask, rows: Sequence[Row], most_pages: int) -> Check:
    try:
        again = [row for page in walk(service, ask, most_pages=most_pages) for row in page.answer.rows]
    except Unreadable:
        return Check(name="repeatable", state=State.FAILS)
    same = sorted(map(_key, rows)) == sorted(map(_key, again))
    return Check(name="repeatable", state=State.PASSES if same else State.WARNS)


def _key(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))
