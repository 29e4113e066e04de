"""Small examinations, as the pipeline would give them."""

from pathlib import Path

from opentusk.kit.tables.shapes import Column, ColumnProfile, ColumnType, Dialect, Examination, TableSource


def column(label, type=ColumnType.TEXT, **profile):
    name = label.lower().replace(" ", "_")
    return Column(name=name, label=label, type=type), ColumnProfile(name=name, **{"distinct": 5, **profile})


def table(*columns, rows=120, notes=(), sheet=""):
    return Examination(
        source=TableSource(key=f"sheet:{sheet}" if sheet else "", label=sheet, format="csv"),
        dialect=Dialect(),
        rows=rows,
        columns=tuple(found for found, _profile in columns),
        profiles=tuple(profile for _column, profile in columns),
        problems=(),
        proposals=(),
        personal=(),
        exceptions=0,
        parquet=Path("dati.parquet"),
        exceptions_parquet=Path("eccezioni.parquet"),
        content_hash="",
        schema_hash="",
        notes=tuple(notes),
    )
