"""Proves that the kind of a file is decided by its content: on every sample, and on what uploads pretend to be."""

import gzip
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from opentusk.kit.tables.formats.kinds import FILE_KINDS, Kind
from opentusk.kit.tables.formats.sniffing import kind_of, media_type_inside, media_type_of
from opentusk.kit.vocabularies import FILE_TYPES

SAMPLES = Path(__file__).resolve().parents[3] / "../shared/samples"
TABLES = SAMPLES / "tables"


def test_every_kind_has_a_code_of_the_european_list():
    codes = {kind: described.code for kind, described in FILE_KINDS.items()}

    assert {kind for kind, code in codes.items() if code and not FILE_TYPES.by_code(code)} == set()
    assert {kind for kind, code in codes.items() if not code} == {Kind.PARQUET}
    assert codes.keys() == set(Kind)


@pytest.mark.parametrize("path", sorted(TABLES.rglob("*.csv")), ids=lambda path: path.name)
def test_every_csv_sample_is_one_by_content(path):
    assert kind_of(path) is Kind.CSV


@pytest.mark.parametrize(
    ("name", "code", "inside"),
    [
        ("tables/ukqa_August-2010.xls", "XLS", None),
        ("tables/ukqa_three_header_rows.ods", "ODS", None),
        ("tables/xloader_go-realtime.xlsx", "XLSX", None),
        ("tables/xloader_polling_locations.geojson", "GEOJSON", None),
        ("tables/datagouv_invalid.geojson", "GEOJSON", None),
        ("tables/xloader_polling_locations.shapefile.zip", "SHP", None),
        ("tables/alessandria_alberi.csv.zip", "ZIP", "CSV"),
        ("tables/dati_gov_it_mqa_dataset_2026-08-18.csv.gz", "GZIP", "CSV"),
        ("catalogs/comune_lizzano.rdf", "RDF_XML", None),
        ("catalogs/udata_bnodes.xml", "RDF_XML", None),
        ("catalogs/ckanext-dcat_dataset.ttl", "RDF_TURTLE", None),
        ("catalogs/udata_bnodes.jsonld", "JSON_LD", None),
        ("packages/dati_gov_it_harvest_2026-08.json", "JSON", None),
        ("csw/rndt_item.xml", "XML", None),
    ],
)
def test_real_files(name, code, inside):
    path = SAMPLES / name

    assert media_type_of(path).code == code
    assert getattr(media_type_inside(path), "code", None) == inside


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.JPEG),
        (b"<!DOCTYPE html>\n<html><body>Accedi</body></html>", Kind.HTML),
        (b"\xef\xbb\xbf\n<html lang='it'><head><title>404</title>", Kind.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>", Kind.HTML),
        (b"<?xml version='1.0'?><righe><riga a='1'/></righe>", Kind.XML),
        (b"<righe><riga a='1'/></righe>", Kind.XML),
        (b"<kml xmlns='http://www.opengis.net/kml/2.2'></kml>", Kind.KML),
        (b'<http://a/s> <http://a/p> "valore"@it .\n<http://a/s> <http://a/q> <http://a/o> .\n', Kind.N_TRIPLES),
        (b"@prefix dct: <http://purl.org/dc/terms/> .\n", Kind.TURTLE),
        (b'{"a": 1}\n{"a": 2}\n', Kind.JSONL),
        (b'[{"a": 1},\n {"a": 2}]', Kind.JSON),
        (b'[\n{"a": 1},\n{"a": 2}]', Kind.JSON),
        (b'{"righe": [{"type": "Point"}]}', Kind.JSON),
        (b'{"type":"FeatureCollection","features":[]}', Kind.GEOJSON),
        (b'{"features":[{"type":"Feature","geometry":null}],"type":"FeatureCollection"}', Kind.GEOJSON),
        (b"nome\tanno\nuno\t2023\ndue\t2024\n", Kind.TSV),
        (b"a;b\n1;2\n", Kind.CSV),
        ("comune;abitanti\nForlì;117000\n".encode("utf-16"), Kind.CSV),
        ("comune;abitanti\nForlì;117000\nCesena;96000\n".encode("utf-16-le"), Kind.CSV),
        ("N° civico;via\n1;Libertà\n".encode("cp437"), Kind.CSV),
        (b"una colonna sola\nbari\n", Kind.TEXT),
        (b"[nota] un testo qualunque\nseconda riga\n", Kind.TEXT),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", Kind.ICS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), Kind.XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Kind.LOCKED_OFFICE),
        (b"Rar!\x1a\x07\x01\0", Kind.RAR),
        (bytes(range(256)) * 4, Kind.UNKNOWN),
        (b"PAR1" + bytes(40), Kind.UNKNOWN),
        (b"", Kind.EMPTY),
    ],
)
def test_contents(content, kind, tmp_path):
    path = tmp_path / "caricato.bin"
    path.write_bytes(content)

    assert kind_of(path) is kind


def test_the_name_never_overrules_the_content(tmp_path):
    page = tmp_path / "dati.csv"
    page.write_bytes(b"<!DOCTYPE html><html><body>;;;</body></html>")

    assert media_type_of(page, name="alberi.csv").code == "HTML"


def test_the_name_breaks_the_tie_between_a_text_and_a_table_of_one_column(tmp_path):
    column = tmp_path / "a"
    column.write_text("comune\nBari\nLecce\n")

    assert media_type_of(column, name="comuni.csv").code == "CSV"
    assert media_type_of(column, name="comuni.txt").code == "TXT"


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("members", "code", "inside"),
    [
        ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}, "DOCX", None),
        ({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b""}, "XLSX", None),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, "ODT", None),
        ({"stops.txt": b"", "routes.txt": b"", "trips.txt": b"", "stop_times.txt": b""}, "ZIP", None),
        ({"strade.shp": b"", "strade.shx": b"", "strade.dbf": b"", "strade.prj": b""}, "SHP", None),
        ({"strade.shp": b"", "strade.dbf": b"", "note.csv": b"a;b\n1;2\n"}, "ZIP", None),
        ({"uno.csv": b"a;b\n1;2\n", "__MACOSX/._uno.csv": b"\0\0\0", "due.csv": b"a;b\n3;4\n"}, "ZIP", "CSV"),
        ({"uno.csv": b"a;b\n1;2\n", "due.json": b'[{"a": 1}]'}, "ZIP", None),
        ({}, "ZIP", None),
    ],
)
def test_archives(members, code, inside, tmp_path):
    path = write_zip(tmp_path / "a.zip", members)

    assert media_type_of(path).code == code
    assert getattr(media_type_inside(path), "code", None) == inside


def test_a_gtfs_is_told_from_other_archives(tmp_path):
    names = ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt")

    assert kind_of(write_zip(tmp_path / "a.zip", {f"linee/{name}": b"a,b\n1,2\n" for name in names})) is Kind.GTFS


def test_written_by_the_libraries(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    workbook.add_worksheet().write(0, 0, "comune")
    workbook.close()
    duckdb.sql("SELECT 1 AS uno").write_parquet(str(tmp_path / "a.parquet"))
    (tmp_path / "a.gz").write_bytes(gzip.compress(b'[{"a": 1}]'))

    assert media_type_of(tmp_path / "a.xlsx").code == "XLSX"
    assert media_type_of(tmp_path / "a.parquet").media_type == "application/vnd.apache.parquet"
    assert media_type_inside(tmp_path / "a.gz").code == "JSON"


def test_a_damaged_archive_is_an_archive(tmp_path):
    whole = write_zip(tmp_path / "a.zip", {"uno.csv": b"a;b\n" * 1_000}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])

    assert kind_of(tmp_path / "cut.zip") is Kind.ZIP
