"""Zipped shapefiles: attributes as texts, geometries as WKB in the system that the `.prj` names.

Only the parts of one layer are unpacked, under names of our own, and only GDAL's shapefile driver may look at them.
"""

import re
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.problems import Severity
from opentusk.kit.tables.delimited.encodings import CODECS
from opentusk.kit.tables.formats.archives import sound_members, unpack_member
from opentusk.kit.tables.formats.dbf import attribute_encoding
from opentusk.kit.tables.formats.json_tables import refuse_wide
from opentusk.kit.tables.formats.zip_directory import ZipMember, shapefile_stems
from opentusk.kit.tables.raw import LINE, RawTable
from opentusk.kit.tables.shapes import GEOMETRY, ColumnType, Dialect, Options, TableProblem, TableSource
from opentusk.kit.tables.workspace import identifier, literal, load_spatial, scratch_folder

_PARTS = ("shp", "shx", "dbf", "prj", "cpg")
_NATIVE = {"DOUBLE": ColumnType.NUMBER, "DATE": ColumnType.DATE, "BOOLEAN": ColumnType.BOOLEAN}
# Names that ESRI and QGIS give to the systems of Italy, for `.prj` files without an authority.
_SYSTEMS: tuple[tuple[str, str], ...] = (
    (r"Monte_?Mario(?:_Rome)?.*(?:Italy|zone)_?(?:zone_)?1\b", "EPSG:3003"),
    (r"Monte_?Mario(?:_Rome)?.*(?:Italy|zone)_?(?:zone_)?2\b", "EPSG:3004"),
    (r"(?:WGS_?1984|WGS_84)_UTM_zone_32N", "EPSG:32632"),
    (r"(?:WGS_?1984|WGS_84)_UTM_zone_33N", "EPSG:32633"),
    (r"ETRS_?(?:19)?89_UTM_zone_32N", "EPSG:25832"),
    (r"ETRS_?(?:19)?89_UTM_zone_33N", "EPSG:25833"),
    (r"ED_?(?:19)?50_UTM_zone_32N", "EPSG:23032"),
    (r"ED_?(?:19)?50_UTM_zone_33N", "EPSG:23033"),
    (r"RDN2008_UTM_(?:zone_)?32N", "EPSG:6707"),
    (r"RDN2008_UTM_(?:zone_)?33N", "EPSG:6708"),
    (r"WGS_1984_Web_Mercator", "EPSG:3857"),
    (r"^\s*GEOGCS\[\"(?:GCS_)?(?:WGS_?(?:19)?84|ETRS_?(?:19)?89)", ""),
)


def layer_stems(members: list[ZipMember] | tuple[ZipMember, ...]) -> list[str]:
    """The shapefiles among the files of an archive, by the path of their `.shp` without its ending."""
    return shapefile_stems(member.name for member in members)


def load_shapefile(
    connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options, stem: str
) -> RawTable:
    """The rows of one shapefile of an archive. Raises Unreadable if GDAL cannot read it."""
    shp = _unpack_parts(path, stem, scratch_folder(connection))
    load_spatial(connection)
    system, is_known = _system_of(shp.with_suffix(".prj"))
    view = f"raw_shp_{shp.parent.name[-8:]}"
    encoding = attribute_encoding(shp)
    # GDAL decodes few pages: it is asked for UTF-8 or for bytes as they are, which are decoded here.
    asked = "UTF-8" if encoding == "utf-8" else "ISO-8859-1"
    read = (
        f"ST_Read({literal(str(shp))}, allowed_drivers=['ESRI Shapefile'], "
        f"open_options=['ENCODING={asked}', 'ADJUST_TYPE=YES'])"
    )
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        columns = [(str(row[0]), str(row[1])) for row in described if row[0] not in ("OGC_FID", "geom")]
        refuse_wide(len(columns), options)
        shape = "geom" if any(row[0] == "geom" for row in described) else ""
        connection.execute(f"CREATE TABLE {view} AS SELECT {_cells(columns, shape, encoding)} FROM {read}")
    except duckdb.Error as fault:
        raise Unreadable(
            "table.shapefile_damaged", str(fault).splitlines()[0].replace(str(shp), shp.name)[:200]
        ) from fault
    problem = TableProblem(code="table.unknown_crs", severity=Severity.MAJOR, rule="F5.p")
    return RawTable(
        source=source,
        view=view,
        width=len(columns),
        dialect=Dialect(encoding=encoding, header_row=0, header_rows=0),
        labels=tuple(name for name, _kind in columns),
        native={number: _NATIVE[kind] for number, (_name, kind) in enumerate(columns) if kind in _NATIVE},
        problems=() if is_known or not shape else (problem,),
        has_geometry=bool(shape),
        crs=system,
    )


def _cells(columns: list[tuple[str, str]], shape: str, encoding: str) -> str:
    texts = (f"{_decoded(identifier(name), kind, encoding)} AS c{at}" for at, (name, kind) in enumerate(columns))
    geometry = [f"CAST(ST_AsWKB({shape}) AS BLOB) AS {GEOMETRY}"] if shape else []
    return ", ".join([f"row_number() OVER () AS {LINE}", *texts, *geometry])


def _decoded(value: str, kind: str, encoding: str) -> str:
    """A cell as text. Each byte above 127 came as the letter with its number, and becomes the one it means."""
    text = f"CAST({value} AS VARCHAR)"
    if kind != "VARCHAR" or encoding == "utf-8":
        return text
    pairs = ((chr(byte), bytes([byte]).decode(CODECS[encoding], "replace")) for byte in range(128, 256))
    wrong, right = zip(*((before, after) for before, after in pairs if before != after), strict=True)
    return f"translate({text}, {literal(''.join(wrong))}, {literal(''.join(right))})"


def _unpack_parts(path: Path, stem: str, folder: Path) -> Path:
    """The parts of one layer in a folder of their own; the path of its `.shp`."""
    target = folder / f"shp-{abs(hash(stem)) % 10**8:08}"
    target.mkdir(exist_ok=True)
    parts = {f"{stem}.{part}".lower(): part for part in _PARTS}
    for member in sound_members(path):
        if part := parts.get(member.name.lower()):
            unpack_member(path, member, target / f"layer.{part}")
    if not (target / "layer.shp").exists():
        raise Unreadable("table.no_such_table", stem)
    return target / "layer.shp"


def _system_of(prj: Path) -> tuple[str, bool]:
    """The coordinate system that a `.prj` names ("" for degrees), and whether it names one that we know."""
    if not prj.exists():
        return "", False
    text = prj.read_text("utf-8", "replace")
    for pattern, system in _SYSTEMS:
        if re.search(pattern, text, re.IGNORECASE):
            return system, True
    authorities = re.findall(r'(?:AUTHORITY|ID)\["EPSG",\s*"?([0-9]{4,6})"?\]', text)
    if authorities:
        return ("" if authorities[-1] == "4326" else f"EPSG:{authorities[-1]}"), True
    return "", False
