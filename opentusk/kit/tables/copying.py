"""A copy of a table without some of its columns, every other cell as it is written in the source."""

from collections.abc import Collection
from pathlib import Path

from opentusk.kit.tables.body import make_body
from opentusk.kit.tables.formats.opening import find_table, load_raw
from opentusk.kit.tables.layout import find_layout
from opentusk.kit.tables.names import name_columns
from opentusk.kit.tables.shapes import GEOMETRY, ROW_NUMBER, ColumnType, Options
from opentusk.kit.tables.workspace import identifier, literal, load_spatial, open_workspace


def copy_without(
    path: Path, *, name: str, key: str, left_out: Collection[str], out: Path, options: Options
) -> tuple[str, ...]:
    """Write the table as CSV (UTF-8, commas) without the columns of these API names; the labels that stayed.

    `options.known` are the columns of its examination, so that the names are the same. Shapes become WKT.
    """
    with open_workspace(out.parent, memory=options.memory, threads=options.threads) as connection:
        raw = load_raw(connection, path, find_table(path, name=name, key=key), options)
        body = make_body(connection, raw, find_layout(connection, raw))
        names = name_columns(body.labels, [ColumnType.TEXT] * len(body.positions), options.known)
        kept = [
            (position, api_name, label)
            for position, api_name, label in zip(body.positions, names, body.labels, strict=True)
            if api_name not in left_out
        ]
        labels = [label for _position, _name, label in kept]
        # A label that two columns share would make one of them of the two.
        cells = [
            f"c{position} AS {identifier(label if labels.count(label) == 1 else api_name)}"
            for position, api_name, label in kept
        ]
        if body.has_geometry:
            load_spatial(connection)
            cells.append(f"ST_AsText(ST_GeomFromWKB({GEOMETRY})) AS wkt")
        rows = f"SELECT {', '.join(cells)} FROM {body.view} ORDER BY {ROW_NUMBER}"
        connection.execute(f"COPY ({rows}) TO {literal(str(out))} (FORMAT csv, HEADER)")
    return tuple(labels)
