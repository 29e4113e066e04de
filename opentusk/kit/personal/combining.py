"""Rule P3: people who can be recognised without being named, because few others share what is said of them."""

from opentusk.kit.personal.facts import TableFacts, quoted
from opentusk.kit.personal.kinds import make_finding
from opentusk.kit.personal.nature import Nature, Reading
from opentusk.kit.personal.words import COARSE_PLACE, PERSON_ID, RESIDENCE
from opentusk.kit.problems import Severity
from opentusk.kit.tables.shapes import PersonalFinding

# Rules.md, P3: fewer than three single somebody out, fewer than five deserve a warning.
TOO_FEW, FEW = 3, 5
# Grouping by more columns than these finds what every table has: rows that differ.
_MOST_COLUMNS = 6


def find_small_groups(facts: TableFacts, reading: Reading, named: frozenset[str]) -> list[PersonalFinding]:
    """The smallest groups: of rows, where a row is a person; of counted people, where rows are counts."""
    if reading.nature is Nature.PERSONS:
        found = _among_persons(facts, reading, named)
    elif reading.nature is Nature.COUNTS:
        found = _among_counts(facts, reading)
    else:
        found = None
    return [found] if found else []


def _among_persons(facts: TableFacts, reading: Reading, named: frozenset[str]) -> PersonalFinding | None:
    identifiers = {column.name for column in facts.columns if PERSON_ID.search(column.words)}
    columns = tuple(
        name for name in (*reading.attributes, *reading.places) if name not in named and name not in identifiers
    )[:_MOST_COLUMNS]
    if not reading.attributes:
        # An address beside a name is told already; alone it is a place.
        return None
    names = ", ".join(map(quoted, columns))
    row = facts.connection.execute(
        f"SELECT min(people), coalesce(sum(people) FILTER (people < {FEW}), 0) FROM "  # noqa: S608
        f"(SELECT count(*) AS people FROM {quoted(facts.view)} GROUP BY {names})"
    ).fetchone()
    return _finding(columns, row, facts.rows, worst=Severity.BLOCKS)


def _among_counts(facts: TableFacts, reading: Reading) -> PersonalFinding | None:
    """Cells of people counted by several things at once; the less precise the place, the weaker the suspicion."""
    tests = [_as_count(name) for name in reading.counts]
    smallest = f"least({', '.join(f'min({test}) FILTER ({test} > 0)' for test in tests)})"
    cells = " + ".join(f"count(*) FILTER ({test} > 0 AND {test} < {FEW})" for test in tests)
    row = facts.connection.execute(f"SELECT {smallest}, {cells} FROM {quoted(facts.view)}").fetchone()  # noqa: S608
    columns = (*reading.attributes, *reading.places, *reading.counts)
    return _finding(columns, row, facts.rows * len(tests), worst=_worst_of_counts(facts, reading))


def _worst_of_counts(facts: TableFacts, reading: Reading) -> Severity:
    """A street crossed with what describes people singles somebody out; a whole town does not, nor streets alone."""
    described = bool(reading.attributes or reading.spread)
    if not (described and reading.places):
        return Severity.MINOR
    words = [column.words for column in facts.columns if column.name in reading.places]
    is_fine = any(not COARSE_PLACE.search(text) or RESIDENCE.search(text) for text in words)
    return Severity.BLOCKS if is_fine else Severity.MAJOR


def _finding(
    columns: tuple[str, ...], row: tuple[object, ...] | None, total: int, *, worst: Severity
) -> PersonalFinding | None:
    smallest, count = (int(str(value or 0)) for value in row or (0, 0))
    if not smallest or smallest >= FEW:
        return None
    severity = Severity.MAJOR if smallest >= TOO_FEW and worst is Severity.BLOCKS else worst
    return make_finding(
        "gruppi_piccoli", severity, columns=columns, count=count, share=count / max(1, total), smallest=smallest
    )


def _as_count(name: str) -> str:
    """A whole number as the source writes it: `1.894` is 1894."""
    plain = f"regexp_replace({quoted(name)}, '[.](\\d{{3}})', '\\1', 'g')"
    return f"try_cast(replace(trim({plain}), ',', '.') AS DOUBLE)::BIGINT"
