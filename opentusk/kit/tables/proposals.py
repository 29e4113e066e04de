"""What could be written better, each with its cells before and after. Nothing is applied before a person says yes."""

from collections.abc import Iterator, Sequence

from duckdb import DuckDBPyConnection

from opentusk.kit.sentences.proposals import PROPOSALS
from opentusk.kit.tables.body import Body
from opentusk.kit.tables.columns.decisions import (
    DECIMALS,
    MONTH_FIRST,
    STRIP_UNITS,
    THOUSANDS,
    Decision,
)
from opentusk.kit.tables.columns.values import cell
from opentusk.kit.tables.findings import DROP_EMPTY, EXCLUDE_TOTALS, PAD, SPLIT_PAIR, TRIM, UNPIVOT, Findings
from opentusk.kit.tables.mending import pad_sql, trim_sql
from opentusk.kit.tables.places import CHOOSE_CRS, Places, pair_sql
from opentusk.kit.tables.raw import LINE
from opentusk.kit.tables.shapes import ROW_NUMBER, Example, Proposal, TableProblem

_EXAMPLES = 3
_TRANSCODE, _MEND_DOUBLE = "encoding.transcode", "encoding.double"


class Proposer:
    """Makes the proposals of one table."""

    def __init__(
        self, connection: DuckDBPyConnection, body: Body, *, accepted: frozenset[str], hidden: frozenset[int]
    ) -> None:
        self._connection, self._body, self._accepted, self._hidden = connection, body, accepted, hidden

    def all(
        self,
        decisions: Sequence[Decision],
        findings: Findings,
        places: Places,
        problems: Sequence[TableProblem],
    ) -> tuple[Proposal, ...]:
        """Every proposal, the accepted ones too: a person may take them back."""
        found = [*self._of_text(problems), *self._of_table(decisions, findings)]
        for one in decisions:
            found += self._of_column(one)
        for system in places.offers or self._chosen_systems():
            found.append(self._made(f"{CHOOSE_CRS}:{system}", places.source, self._body.rows, crs=system))
        return tuple(found)

    def _chosen_systems(self) -> list[str]:
        return [code.partition(":")[2] for code in sorted(self._accepted) if code.startswith(f"{CHOOSE_CRS}:")]

    def _of_text(self, problems: Sequence[TableProblem]) -> Iterator[Proposal]:
        for problem in problems:
            if problem.code == "table.encoding":
                yield self._made(_TRANSCODE, "", self._body.rows, encoding=problem.values.get("encoding", ""))
            if problem.code == "table.double_encoding":
                yield self._made(_MEND_DOUBLE, "", problem.count)

    def _of_table(self, decisions: Sequence[Decision], findings: Findings) -> Iterator[Proposal]:
        if findings.totals:
            rows = ", ".join(str(row) for row in findings.totals[:_EXAMPLES])
            texts = ", ".join(cell(one.position) for one in decisions if one.position not in self._hidden)
            examples = self._examples(f"concat_ws(' · ', {texts})", "''", f"{ROW_NUMBER} IN ({rows})", "")
            yield self._made(EXCLUDE_TOTALS, "", len(findings.totals), examples)
        if findings.periods:
            yield self._made(UNPIVOT, "", len(findings.periods), self._turned(decisions, findings))
        empty = [one.label for one in decisions if not one.filled and one.label]
        if empty and len(empty) < len(decisions):
            yield self._made(DROP_EMPTY, "", len(empty), labels=", ".join(empty[:6]))
        padded = [one for one in decisions if one.padded and one.type == "text"]
        if padded:
            first = next((one for one in padded if one.position not in self._hidden), None)
            examples = self._changes(first, trim_sql(cell(first.position))) if first else ()
            yield self._made(TRIM, "", sum(one.padded for one in padded), examples)

    def _of_column(self, one: Decision) -> Iterator[Proposal]:
        if one.lost_zeros:
            after = pad_sql(cell(one.position), one.lost_zeros)
            yield self._made(f"{PAD}:{one.name}", one.label, one.filled, self._changes(one, after))
        if one.semantic in ("coordinate", "coordinate_lon_lat"):
            latitude, longitude = pair_sql(one)
            after = f"'latitudine ' || {latitude} || ', longitudine ' || {longitude}"
            yield self._made(f"{SPLIT_PAIR}:{one.name}", one.label, one.filled, self._changes(one, after))
        kinds = {THOUSANDS: "replace({0}, '.', '')", DECIMALS: "{0}"}
        for code in one.offers:
            kind = code.partition(":")[0]
            if kind in kinds:
                after = kinds[kind].format(cell(one.position))
            else:
                after = f"CAST({(one.nearly or one).sql} AS VARCHAR)"
            if kind == MONTH_FIRST and code not in self._accepted:
                after = f"strftime({one.sql}, '%Y-%d-%m')"
            unit = one.nearly.unit if one.nearly and kind == STRIP_UNITS else ""
            examples = self._changes(one, after, always=True)
            yield self._made(code, one.label, one.filled, examples, unit=unit)

    def _made(self, code: str, column: str, count: int, examples: tuple[Example, ...] = (), **values: str) -> Proposal:
        kind = code.partition(":")[0]
        words = PROPOSALS[kind]
        filled = {"column": column, "count": f"{count}", **values}
        return Proposal(
            code=code,
            kind=kind,
            column=column,
            count=count,
            examples=examples,
            words_it=words.it.format_map(filled),
            words_en=words.en.format_map(filled),
            accepted=code in self._accepted,
        )

    def _changes(self, one: Decision, after: str, *, always: bool = False) -> tuple[Example, ...]:
        if one.position in self._hidden:
            return ()
        before = cell(one.position)
        differs = "" if always else f" AND {after} IS DISTINCT FROM {before}"
        return self._examples(before, after, f"{one.present} IS NOT NULL{differs}", one.label)

    def _examples(self, before: str, after: str, where: str, label: str) -> tuple[Example, ...]:
        rows = self._connection.execute(
            f"SELECT min({LINE}), {before} AS b, {after} AS a FROM {self._body.view} WHERE {where} "
            f"GROUP BY b, a ORDER BY 1 LIMIT {_EXAMPLES}"
        ).fetchall()
        return tuple(
            Example(row=line, column=label, before=str(b)[:200], after="" if a is None else str(a)[:200])
            for line, b, a in rows
        )

    def _turned(self, decisions: Sequence[Decision], findings: Findings) -> tuple[Example, ...]:
        periods = [one for one in decisions if one.position in findings.periods]
        first = self._connection.execute(
            f"SELECT {', '.join(cell(one.position) for one in periods)} FROM {self._body.view} ORDER BY {LINE} LIMIT 1"
        ).fetchone()
        texts = [str(text or "") for text in first or ()]
        return tuple(
            Example(row=None, column=one.label, before=text, after=f"{one.label}: {text}")
            for one, text in list(zip(periods, texts, strict=True))[:_EXAMPLES]
        )
