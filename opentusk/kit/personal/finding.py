"""Everything that is suspected of a table, worst first."""

from collections.abc import Iterable, Sequence

import duckdb

from opentusk.kit.personal.codes import read_codes
from opentusk.kit.personal.combining import find_small_groups
from opentusk.kit.personal.contacts import find_contacts
from opentusk.kit.personal.direct import find_codes, find_tax_codes
from opentusk.kit.personal.facts import TableFacts, read_facts
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.nature import read_nature
from opentusk.kit.personal.people import find_names
from opentusk.kit.personal.special import find_special
from opentusk.kit.personal.texts import find_telling_headers
from opentusk.kit.personal.words import TRANSPARENCY
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import Column, PersonalFinding

_WORST_FIRST = list(Severity)
_STOPPING = frozenset({Severity.BLOCKS, Severity.MAJOR})


def find_personal(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    columns: Sequence[Column],
    *,
    title: str = "",
    description: str = "",
) -> tuple[PersonalFinding, ...]:
    """Suspicions of personal data in a table, worst first; `view` has the raw text of each column under its API name.

    Identifiers with a check digit and e-mail addresses are searched in every cell; shares of names, telephones and the
    like are estimated on a sample of some thousand rows, always the same one.
    """
    facts = read_facts(connection, view, columns, title=title, description=description)
    if not facts.rows:
        return ()
    codes = read_codes(facts)
    naming = find_tax_codes(facts, codes) + find_names(facts) + find_telling_headers(facts)
    named = frozenset(column for finding in naming if _names_people(finding) for column in finding.columns)
    reading = read_nature(facts, named)
    findings = [
        *naming,
        *find_contacts(facts, reading, codes),
        *find_codes(facts, reading, codes),
        *find_special(facts, reading),
        *find_small_groups(facts, reading, named),
    ]
    findings += _published_by_duty(facts, findings)
    return tuple(sorted(findings, key=lambda finding: _WORST_FIRST.index(finding.severity)))


def hidden_columns(findings: Iterable[PersonalFinding]) -> frozenset[str]:
    """The columns whose values nothing may repeat: no profile, no example, no proposal, no exception."""
    return frozenset(
        column
        for finding in findings
        if (finding.rule == "P2" and finding.severity in _STOPPING)
        or (finding.rule == "P1" and finding.severity is Severity.BLOCKS)
        for column in finding.columns
    )


def _names_people(finding: PersonalFinding) -> bool:
    return finding.severity is Severity.BLOCKS


def _published_by_duty(facts: TableFacts, findings: Sequence[PersonalFinding]) -> list[PersonalFinding]:
    """Rule P6: what the law asks to show is not therefore free for reuse."""
    said = TRANSPARENCY.search(facts.words) or any(TRANSPARENCY.search(column.words) for column in facts.columns)
    concerned = [finding for finding in findings if finding.rule in {"P2", "P3"} and finding.severity in _STOPPING]
    if not (said and concerned):
        return []
    columns = tuple(dict.fromkeys(column for finding in concerned for column in finding.columns))
    return [make_finding("trasparenza", Severity.MAJOR, columns=columns, count=facts.rows, share=1.0)]
