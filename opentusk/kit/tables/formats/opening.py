"""The tables of a file, whatever its format, and one of them as texts."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from duckdb import DuckDBPyConnection

from opentusk.kit.errors import Unreadable
from opentusk.kit.tables.formats.archives import sound_members, unpack_gz, unpack_member
from opentusk.kit.tables.formats.geojson import list_geojson, load_geojson
from opentusk.kit.tables.formats.geopackage import list_geopackage, load_geopackage
from opentusk.kit.tables.formats.json_tables import list_json, load_json, load_jsonl
from opentusk.kit.tables.formats.kinds import Kind
from opentusk.kit.tables.formats.parquet import list_parquet, load_parquet
from opentusk.kit.tables.formats.shapefile import layer_stems, load_shapefile
from opentusk.kit.tables.formats.sheets import list_sheets, load_sheet
from opentusk.kit.tables.formats.sniffing import HEAD, inner_name, kind_of, kind_of_head, unpacked_head
from opentusk.kit.tables.formats.unreadable import refusal
from opentusk.kit.tables.formats.xml_rows import list_xml, load_xml
from opentusk.kit.tables.formats.zip_directory import ZipMember
from opentusk.kit.tables.raw import RawTable
from opentusk.kit.tables.shapes import Options, TableSource
from opentusk.kit.tables.text import load_text
from opentusk.kit.tables.workspace import scratch_folder

_MEMBER, _WITHIN = "member:", "|"
_ARCHIVES = {Kind.ZIP, Kind.GTFS, Kind.SHP}
_PACKED = {*_ARCHIVES, Kind.GZIP, Kind.BZIP2, Kind.XZ, Kind.SEVEN_ZIP, Kind.RAR, Kind.TAR}
# What stands beside tables in an archive and is none: passed over, unless it is all there is.
_BESIDE = {Kind.TEXT, Kind.PDF, Kind.HTML, Kind.DOCX, Kind.DOC, Kind.ODT, Kind.RTF, Kind.PNG, Kind.JPEG, Kind.EMPTY,
           Kind.UNKNOWN, Kind.GIF, Kind.TIFF, Kind.XSD, Kind.SVG, Kind.BARE_SHP, Kind.DBF}  # fmt: skip
# Members that are one table for sure, so that listing them needs no unpacking.
_FLAT = {Kind.CSV: "csv", Kind.TSV: "tsv", Kind.JSONL: "jsonl", Kind.GEOJSON: "geojson", Kind.PARQUET: "parquet"}
_Loader = Callable[[DuckDBPyConnection, Path, TableSource, Options], RawTable]


@dataclass(frozen=True, slots=True)
class _Format:
    """How one format is listed and loaded."""

    list: Callable[[Path, str], list[TableSource]]
    load: _Loader


def _one(form: str) -> Callable[[Path, str], list[TableSource]]:
    return lambda _path, name: [TableSource(key="", label=name, format=form)]


def _sheets(form: str) -> Callable[[Path, str], list[TableSource]]:
    return lambda path, name: list_sheets(path, name, form)


_FORMATS: dict[Kind, _Format] = {
    Kind.CSV: _Format(_one("csv"), load_text),
    Kind.TSV: _Format(_one("tsv"), load_text),
    Kind.XLSX: _Format(_sheets("xlsx"), load_sheet),
    Kind.XLSM: _Format(_sheets("xlsx"), load_sheet),
    Kind.XLSB: _Format(_sheets("xlsx"), load_sheet),
    Kind.XLS: _Format(_sheets("xls"), load_sheet),
    Kind.ODS: _Format(_sheets("ods"), load_sheet),
    Kind.JSON: _Format(list_json, load_json),
    Kind.JSONL: _Format(_one("jsonl"), load_jsonl),
    Kind.GEOJSON: _Format(list_geojson, load_geojson),
    Kind.XML: _Format(list_xml, load_xml),
    Kind.KML: _Format(list_xml, load_xml),
    Kind.RSS: _Format(list_xml, load_xml),
    Kind.ATOM: _Format(list_xml, load_xml),
    Kind.GML: _Format(list_xml, load_xml),
    Kind.GPKG: _Format(list_geopackage, load_geopackage),
    Kind.PARQUET: _Format(list_parquet, load_parquet),
}


def list_tables(path: Path, *, name: str) -> list[TableSource]:
    """Every table in a file; `name` is the one that people know it by.

    A file that is one table gives one source with the key "". Raises Unreadable (codes `table.*`) when it is no table,
    or an archive that must not be opened.
    """
    kind = kind_of(path, name=name)
    if kind is Kind.GZIP:
        return _list_packed(path, inner_name(name))
    return _list_archive(path, name) if kind in _ARCHIVES else _list(path, name, kind)


def find_table(path: Path, *, name: str, key: str) -> TableSource:
    """The table of a file that goes by `key`. Raises Unreadable if the file has none."""
    for source in list_tables(path, name=name):
        if source.key == key:
            return source
    raise Unreadable("table.no_such_table", key or name)


def load_raw(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    """One table of a file as texts. `source` is one that `list_tables` gave, or has its key and the file's name."""
    kind = kind_of(path, name=source.label)
    if kind is Kind.GZIP:
        with _unpacked(connection) as target:
            unpacked = unpack_gz(path, target)
            return _load(connection, unpacked, source, options, _plain_kind(unpacked, source.label))
    if kind in _ARCHIVES:
        return _load_from_archive(connection, path, source, options)
    return _load(connection, path, source, options, kind)


def _list_packed(path: Path, name: str) -> list[TableSource]:
    inside = kind_of_head(unpacked_head(path), name, is_whole=False)
    if inside in _FLAT:
        return [TableSource(key="", label=name, format=_FLAT[inside])]
    with tempfile.TemporaryDirectory(prefix="opentusk-") as folder:
        unpacked = unpack_gz(path, Path(folder) / "unpacked")
        return _list(unpacked, name, _plain_kind(unpacked, name))


def _list(path: Path, name: str, kind: Kind) -> list[TableSource]:
    if kind not in _FORMATS:
        raise refusal(kind, _head(path), name)
    return _FORMATS[kind].list(path, name)


def _load(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options, kind: Kind) -> RawTable:
    if kind not in _FORMATS:
        raise refusal(kind, _head(path), source.label)
    return _FORMATS[kind].load(connection, path, source, options)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _plain_kind(path: Path, name: str) -> Kind:
    """The kind of what was packed. An archive inside an archive is refused."""
    kind = kind_of(path, name=inner_name(name))
    if kind in _PACKED:
        raise Unreadable("table.archive_nested", inner_name(name))
    return kind


@contextmanager
def _unpacked(connection: DuckDBPyConnection) -> Iterator[Path]:
    """A place for one unpacked file, free again when it has been loaded."""
    target = scratch_folder(connection) / f"unpacked-{uuid4().hex[:8]}"
    try:
        yield target
    finally:
        target.unlink(missing_ok=True)


# Archives


def _list_archive(path: Path, name: str) -> list[TableSource]:
    found = list(_tables_inside(path))
    if not found:
        raise _nothing_inside(path)
    return [replace(found[0], key="", label=name)] if len(found) == 1 else found


def _tables_inside(path: Path) -> Iterator[TableSource]:
    """The tables of an archive, each under its real key."""
    members = sound_members(path)
    stems = layer_stems(members)
    for stem in stems:
        yield TableSource(key=f"{_MEMBER}{stem}.shp", label=f"{stem}.shp", format="shp")
    with tempfile.TemporaryDirectory(prefix="opentusk-") as folder:
        for number, member in enumerate(member for member in members if not _is_part(member, stems)):
            kind = _member_kind(path, member)
            if kind in _FLAT:
                yield TableSource(key=f"{_MEMBER}{member.name}", label=member.name, format=_FLAT[kind])
            elif kind not in _BESIDE:
                unpacked = unpack_member(path, member, Path(folder) / f"{number}")
                inner = _list(unpacked, member.name, _plain_kind(unpacked, member.name))
                yield from (_within(member, source) for source in inner)


def _member_kind(path: Path, member: ZipMember) -> Kind:
    """The kind of a member by its first bytes: of another ZIP only that it is one, it may be a spreadsheet."""
    head = member.head(path, HEAD)
    return Kind.ZIP if head.startswith(b"PK") else kind_of_head(head, member.name, is_whole=len(head) < HEAD)


def _within(member: ZipMember, source: TableSource) -> TableSource:
    """A table of a member: the member's name is enough when it is the only one in it."""
    key, label = f"{_MEMBER}{member.name}", member.name
    if source.key:
        key, label = f"{key}{_WITHIN}{source.key}", f"{label} › {source.label}"
    return replace(source, key=key, label=label)


def _load_from_archive(connection: DuckDBPyConnection, path: Path, source: TableSource, options: Options) -> RawTable:
    members = sound_members(path)
    key = source.key or next((one.key for one in _tables_inside(path)), "")
    for stem in layer_stems(members):
        if key == f"{_MEMBER}{stem}.shp":
            return load_shapefile(connection, path, replace(source, format="shp"), options, stem)
    for member in members:
        if key == f"{_MEMBER}{member.name}" or key.startswith(f"{_MEMBER}{member.name}{_WITHIN}"):
            inner = replace(source, key=key.removeprefix(f"{_MEMBER}{member.name}").removeprefix(_WITHIN))
            with _unpacked(connection) as target:
                unpacked = unpack_member(path, member, target)
                raw = _load(connection, unpacked, inner, options, _plain_kind(unpacked, member.name))
            return replace(raw, source=source)
    raise Unreadable("table.no_such_table", source.key) if source.key else _nothing_inside(path)


def _nothing_inside(path: Path) -> Unreadable:
    """Why an archive gives no table: what its only file is, or that none of them is one."""
    members = sound_members(path)
    kinds = [_member_kind(path, member) for member in members]
    if len(kinds) == 1:
        return refusal(kinds[0], members[0].head(path, HEAD), members[0].name)
    named = ", ".join(sorted({kind.value for kind in kinds}))
    return Unreadable("table.archive_empty", f" ({named})" if named else "")


def _is_part(member: ZipMember, stems: list[str]) -> bool:
    """Whether a file belongs to one of the shapefiles: `strade.dbf`, `strade.shp.xml`."""
    return any(member.name.lower().startswith(f"{stem.lower()}.") for stem in stems)
