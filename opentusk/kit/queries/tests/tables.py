"""Small tables of every type, as Parquet, and the questions of their columns."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import duckdb

from opentusk.kit.queries.shapes import TableRef
from opentusk.kit.tables.shapes import Column, ColumnType

TYPES = {
    "comune": ("VARCHAR", ColumnType.TEXT),
    "anno": ("BIGINT", ColumnType.INTEGER),
    "importo": ("DECIMAL(12,2)", ColumnType.DECIMAL),
    "quota": ("DOUBLE", ColumnType.NUMBER),
    "attivo": ("BOOLEAN", ColumnType.BOOLEAN),
    "giorno": ("DATE", ColumnType.DATE),
    "istante": ("TIMESTAMP", ColumnType.DATETIME),
    "ora": ("TIME", ColumnType.TIME),
}
COLUMNS = tuple(
    Column(name=name, label=name.capitalize(), type=kind, precision=12, scale=2) for name, (_sql, kind) in TYPES.items()
)
SECRET = Column(name="codice_fiscale", label="Codice fiscale", type=ColumnType.TEXT, is_personal=True)

ROWS: list[dict[str, object]] = [
    {"comune": "Lecce", "anno": 2023, "importo": Decimal("1234.56"), "quota": 0.1, "attivo": True,
     "giorno": date(2023, 12, 31), "istante": datetime(2023, 12, 31, 23, 59, 59), "ora": time(8, 30)},
    {"comune": "Forlì", "anno": 2024, "importo": Decimal("-5.00"), "quota": -2.5, "attivo": False,
     "giorno": date(2024, 1, 1), "istante": datetime(2024, 1, 1), "ora": time(0, 0)},
    {"comune": "FORLI'", "anno": 2024, "importo": Decimal("0.00"), "quota": 1e300, "attivo": None,
     "giorno": date(2024, 5, 31), "istante": datetime(2024, 5, 31, 10, 30, 0, 250000), "ora": time(23, 59, 59)},
    {"comune": "San Pietro, in Lama (LE)", "anno": None, "importo": Decimal("1234.56"), "quota": 0.3, "attivo": True,
     "giorno": None, "istante": None, "ora": None},
    {"comune": None, "anno": 9007199254740993, "importo": None, "quota": None, "attivo": True,
     "giorno": date(2024, 5, 31), "istante": datetime(2024, 6, 1), "ora": time(12, 0)},
    {"comune": "Bari \"vecchia\"", "anno": -1, "importo": Decimal("9999999999.99"), "quota": 0.0, "attivo": False,
     "giorno": date(1999, 2, 28), "istante": datetime(1999, 2, 28, 1, 2, 3), "ora": time(1, 2, 3)},
]  # fmt: skip


def write_table(
    folder: Path, rows: Sequence[dict[str, object]], *, key: str = "v1", places: Sequence[tuple[float, float]] = ()
) -> TableRef:
    """A version with these rows; `places` are the longitude and latitude of each."""
    path = folder / f"{key}.parquet"
    wide = {**{name: sql for name, (sql, _kind) in TYPES.items()}, "codice_fiscale": "VARCHAR"}
    types = ", ".join(f"{name} {sql}" for name, sql in wide.items())
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE made (_row BIGINT, {types}, _lon DOUBLE, _lat DOUBLE)")
        marks = ", ".join("?" * (len(wide) + 3))
        for number, row in enumerate(rows):
            place = places[number] if places else (None, None)
            values = [row.get(name) for name in wide]
            connection.execute(f"INSERT INTO made VALUES ({marks})", [number + 1, *values, *place])
        left_out = "" if places else " EXCLUDE (_lon, _lat)"
        connection.execute(f"COPY (SELECT *{left_out} FROM made) TO '{path}' (FORMAT parquet)")
    return TableRef(key=key, parquet=path, columns=(*COLUMNS, SECRET))
