"""The columns as they are written, once the accepted proposals are applied: nothing else changes a value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opentusk.kit.tables.body import Body
from opentusk.kit.tables.columns.casting import Settled
from opentusk.kit.tables.columns.decisions import Decision
from opentusk.kit.tables.columns.values import BLANKS
from opentusk.kit.tables.findings import DROP_EMPTY, EXCLUDE_TOTALS, PAD, SPLIT_PAIR, TRIM, UNPIVOT, Findings
from opentusk.kit.tables.names import name_columns
from opentusk.kit.tables.places import Places, pair_sql
from opentusk.kit.tables.shapes import ROW_NUMBER, Column, ColumnType
from opentusk.kit.tables.workspace import identifier, literal

_ODD_BLANKS = "[\u00a0\u2009\u202f]"
_UNSEEN = "[\u200b\u200e\u200f\ufeff]"


@dataclass(frozen=True, kw_only=True)
class Output:
    """One column of the typed table: what it is, and its value as SQL in terms of the body."""

    column: Column
    sql: str
    decision: Decision | None = None


def trim_sql(text: str) -> str:
    """A text without blanks around it, usual blanks inside, and nothing unseen, as SQL."""
    plain = f"regexp_replace(regexp_replace({text}, '{_UNSEEN}', '', 'g'), '{_ODD_BLANKS}', ' ', 'g')"
    return f"trim({plain}, {literal(BLANKS)})"


def pad_sql(text: str, width: int) -> str:
    """A code with its leading zeros again, as SQL."""
    padded = f"lpad({text}, greatest({width}, length({text}))::INTEGER, '0')"
    return f"CASE WHEN regexp_full_match({text}, '[0-9]+') THEN {padded} ELSE {text} END"


def outputs_of(settled: Settled, known: Sequence[Column], accepted: frozenset[str]) -> list[Output]:
    """The columns to write, named, with what was accepted about each."""
    decisions = [_mended(one, accepted) for one in settled.decisions]
    if DROP_EMPTY in accepted:
        decisions = [one for one in decisions if one.filled]
    outputs: list[tuple[Decision | None, str, ColumnType, str]] = []
    for one in decisions:
        outputs.append((one, one.label, one.type, one.sql))
        if f"{SPLIT_PAIR}:{one.name}" in accepted:
            latitude, longitude = pair_sql(one)
            outputs.append((None, f"{one.label} (latitudine)", ColumnType.NUMBER, latitude))
            outputs.append((None, f"{one.label} (longitudine)", ColumnType.NUMBER, longitude))
    names = name_columns([label for _one, label, _type, _sql in outputs], [kind for _o, _l, kind, _s in outputs], known)
    return [
        Output(column=_column(one, name, label, kind, known), sql=sql, decision=one)
        for name, (one, label, kind, sql) in zip(names, outputs, strict=True)
    ]


def _mended(one: Decision, accepted: frozenset[str]) -> Decision:
    if one.type is not ColumnType.TEXT:
        return one
    if TRIM in accepted and one.padded:
        one = replace(one, sql=f"nullif({trim_sql(one.sql)}, '')")
    if one.lost_zeros and f"{PAD}:{one.name}" in accepted:
        one = replace(one, sql=pad_sql(one.sql, one.lost_zeros))
    return one


def _column(one: Decision | None, name: str, label: str, kind: ColumnType, known: Sequence[Column]) -> Column:
    """The column, with what its dictionary said in the former version."""
    former = next((column for column in known if column.name == name), Column(name=name, label=label, type=kind))
    if one is None:
        semantic = "latitudine" if label.endswith("(latitudine)") else "longitudine"
        return replace(former, label=label, type=kind, semantic=semantic)
    return replace(
        former,
        name=name,
        label=label,
        type=kind,
        semantic=one.semantic,
        format=one.format,
        precision=one.precision,
        scale=one.scale,
        null_marks=one.null_marks,
        codes=one.codes,
        unit=one.unit or former.unit,
        is_key=False,
        is_personal=False,
    )


def rows_sql(
    body: Body,
    outputs: Sequence[Output],
    places: Places,
    findings: Findings,
    *,
    accepted: frozenset[str],
    order: Sequence[str],
) -> str:
    """Every row of the typed table, less the totals that a person left out. Without an `order` that of the file."""
    cells = [f"{output.sql} AS {identifier(output.column.name)}" for output in outputs]
    cells += [f"{sql} AS {name}" for name, sql in places.columns]
    kept = ""
    if EXCLUDE_TOTALS in accepted and findings.totals:
        kept = f"WHERE {ROW_NUMBER} NOT IN ({', '.join(map(str, findings.totals))})"
    ordered = f"ORDER BY {', '.join([*map(identifier, order), ROW_NUMBER])}" if order else ""
    return f"SELECT {', '.join([*cells, ROW_NUMBER])} FROM {body.view} {kept} {ordered}"


def unpivoted(outputs: Sequence[Output], findings: Findings, accepted: frozenset[str]) -> "Turn | None":
    """How periods become rows, if that was accepted."""
    if UNPIVOT not in accepted or not findings.periods:
        return None
    turned = [output for output in outputs if output.decision and output.decision.position in findings.periods]
    kept = [output for output in outputs if output not in turned]
    types = {output.column.type for output in turned if output.decision and output.decision.filled}
    kind = types.pop() if len(types) == 1 else ColumnType.NUMBER
    taken = {output.column.name for output in kept}
    period, value = (name if name not in taken else f"{name}_2" for name in ("periodo", "valore"))
    return Turn(kept=tuple(kept), turned=tuple(turned), kind=kind, period=period, value=value)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A wide table on its way to a long one: one row for each row and period."""

    kept: tuple[Output, ...]
    turned: tuple[Output, ...]
    kind: ColumnType
    period: str
    value: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the long table."""
        scales = [output.column.scale for output in self.turned]
        precisions = [output.column.precision for output in self.turned]
        return (
            *(output.column for output in self.kept),
            Column(name=self.period, label="Periodo", type=ColumnType.TEXT),
            Column(name=self.value, label="Valore", type=self.kind, scale=max(scales), precision=max(precisions)),
        )

    def sql(self, rows: str, places: Places) -> str:
        """The long table: `_row` counts on, so that the row of the source is `(_row - 1) // periods + 1`."""
        names = {ColumnType.INTEGER: "BIGINT", ColumnType.NUMBER: "DOUBLE"}
        kind = names.get(self.kind, f"DECIMAL({max(c.precision for c in self.columns)},{self.columns[-1].scale})")
        kept = [identifier(output.column.name) for output in self.kept]
        extra = [name for name, _sql in places.columns]
        parts = [
            f"SELECT {', '.join([*kept, literal(output.column.label)])} AS {self.period}, "
            f"CAST({identifier(output.column.name)} AS {kind}) AS {self.value}, "
            f"{''.join(f'{name}, ' for name in extra)}"
            f"({ROW_NUMBER} - 1) * {len(self.turned)} + {number} AS {ROW_NUMBER} FROM wide"
            for number, output in enumerate(self.turned, start=1)
        ]
        return f"WITH wide AS MATERIALIZED ({rows}) {' UNION ALL '.join(parts)} ORDER BY {ROW_NUMBER}"
