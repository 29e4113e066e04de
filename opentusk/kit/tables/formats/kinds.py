"""Every kind of file we can tell apart, with its media type, its usual ending and its code in the European list."""

from enum import StrEnum
from typing import NamedTuple


class FileKind(NamedTuple):
    """What a file is: IANA media type, usual ending without the dot, code of `kit.vocabularies.FILE_TYPES`.

    The code is "" for Parquet, which the list of 2021 that we hold does not know yet.
    """

    media_type: str
    extension: str
    code: str


class Kind(StrEnum):
    """A kind of file, named as people name it."""

    CSV = "CSV"
    TSV = "TSV"
    JSON = "JSON"
    JSONL = "JSON Lines"
    GEOJSON = "GeoJSON"
    JSON_LD = "JSON-LD"
    XML = "XML"
    RDF_XML = "RDF/XML"
    TURTLE = "Turtle"
    N_TRIPLES = "N-Triples"
    N_QUADS = "N-Quads"
    KML = "KML"
    GML = "GML"
    SVG = "SVG"
    RSS = "RSS"
    ATOM = "Atom"
    XSD = "XML Schema"
    HTML = "HTML"
    TEXT = "TXT"
    RTF = "RTF"
    ICS = "iCalendar"
    XLSX = "XLSX"
    XLSM = "XLSM"
    XLSB = "XLSB"
    XLS = "XLS"
    ODS = "ODS"
    ODT = "ODT"
    ODP = "ODP"
    ODG = "ODG"
    EPUB = "EPUB"
    DOCX = "DOCX"
    DOC = "DOC"
    PPTX = "PPTX"
    PPT = "PPT"
    OLE = "OLE2"
    LOCKED_OFFICE = "Office (password)"
    PDF = "PDF"
    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WebP"
    PARQUET = "Parquet"
    GPKG = "GeoPackage"
    SQLITE = "SQLite"
    SHP = "Shapefile"
    BARE_SHP = "Shapefile (.shp)"
    DBF = "DBF"
    KMZ = "KMZ"
    GTFS = "GTFS"
    ZIP = "ZIP"
    GZIP = "GZIP"
    BZIP2 = "BZIP2"
    XZ = "XZ"
    SEVEN_ZIP = "7Z"
    RAR = "RAR"
    TAR = "TAR"
    ACCESS = "Microsoft Access"
    EXECUTABLE = "EXE"
    MP4 = "MP4"
    MP3 = "MP3"
    EMPTY = "0 byte"
    UNKNOWN = "binary"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

FILE_KINDS: dict[Kind, FileKind] = {
    Kind.CSV: FileKind("text/csv", "csv", "CSV"),
    Kind.TSV: FileKind("text/tab-separated-values", "tsv", "TSV"),
    Kind.JSON: FileKind("application/json", "json", "JSON"),
    Kind.JSONL: FileKind("application/x-ndjson", "jsonl", "JSON"),
    Kind.GEOJSON: FileKind("application/geo+json", "geojson", "GEOJSON"),
    Kind.JSON_LD: FileKind("application/ld+json", "jsonld", "JSON_LD"),
    Kind.XML: FileKind("application/xml", "xml", "XML"),
    Kind.RDF_XML: FileKind("application/rdf+xml", "rdf", "RDF_XML"),
    Kind.TURTLE: FileKind("text/turtle", "ttl", "RDF_TURTLE"),
    Kind.N_TRIPLES: FileKind("application/n-triples", "nt", "RDF_N_TRIPLES"),
    Kind.N_QUADS: FileKind("application/n-quads", "nq", "RDF_N_QUADS"),
    Kind.KML: FileKind("application/vnd.google-earth.kml+xml", "kml", "KML"),
    Kind.GML: FileKind("application/gml+xml", "gml", "GML"),
    Kind.SVG: FileKind("image/svg+xml", "svg", "SVG"),
    Kind.RSS: FileKind("application/rss+xml", "rss", "RSS"),
    Kind.ATOM: FileKind("application/atom+xml", "atom", "ATOM"),
    Kind.XSD: FileKind("application/xml", "xsd", "SCHEMA_XML"),
    Kind.HTML: FileKind("text/html", "html", "HTML"),
    Kind.TEXT: FileKind("text/plain", "txt", "TXT"),
    Kind.RTF: FileKind("application/rtf", "rtf", "RTF"),
    Kind.ICS: FileKind("text/calendar", "ics", "ICS"),
    Kind.XLSX: FileKind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "XLSX"),
    Kind.XLSM: FileKind("application/vnd.ms-excel.sheet.macroEnabled.12", "xlsm", "XLSM"),
    Kind.XLSB: FileKind("application/vnd.ms-excel.sheet.binary.macroEnabled.12", "xlsb", "XLSB"),
    Kind.XLS: FileKind("application/vnd.ms-excel", "xls", "XLS"),
    Kind.ODS: FileKind(f"{_ODF}.spreadsheet", "ods", "ODS"),
    Kind.ODT: FileKind(f"{_ODF}.text", "odt", "ODT"),
    Kind.ODP: FileKind(f"{_ODF}.presentation", "odp", "ODP"),
    Kind.ODG: FileKind(f"{_ODF}.graphics", "odg", "ODG"),
    Kind.EPUB: FileKind("application/epub+zip", "epub", "EPUB"),
    Kind.DOCX: FileKind(f"{_OFFICE}.wordprocessingml.document", "docx", "DOCX"),
    Kind.DOC: FileKind("application/msword", "doc", "DOC"),
    Kind.PPTX: FileKind(f"{_OFFICE}.presentationml.presentation", "pptx", "PPTX"),
    Kind.PPT: FileKind("application/vnd.ms-powerpoint", "ppt", "PPT"),
    Kind.OLE: FileKind("application/octet-stream", "bin", "OCTET"),
    Kind.LOCKED_OFFICE: FileKind("application/octet-stream", "bin", "OCTET"),
    Kind.PDF: FileKind("application/pdf", "pdf", "PDF"),
    Kind.PNG: FileKind("image/png", "png", "PNG"),
    Kind.JPEG: FileKind("image/jpeg", "jpg", "JPEG"),
    Kind.GIF: FileKind("image/gif", "gif", "GIF"),
    Kind.TIFF: FileKind("image/tiff", "tif", "TIFF"),
    Kind.BMP: FileKind("image/bmp", "bmp", "BMP"),
    Kind.WEBP: FileKind("image/webp", "webp", "OCTET"),
    Kind.PARQUET: FileKind("application/vnd.apache.parquet", "parquet", ""),
    Kind.GPKG: FileKind("application/geopackage+sqlite3", "gpkg", "GPKG"),
    Kind.SQLITE: FileKind("application/vnd.sqlite3", "sqlite", "OCTET"),
    Kind.SHP: FileKind("application/zip", "zip", "SHP"),
    Kind.BARE_SHP: FileKind("application/vnd.shp", "shp", "SHP"),
    Kind.DBF: FileKind("application/vnd.dbf", "dbf", "DBF"),
    Kind.KMZ: FileKind("application/vnd.google-earth.kmz", "kmz", "KMZ"),
    Kind.GTFS: FileKind("application/zip", "zip", "ZIP"),
    Kind.ZIP: FileKind("application/zip", "zip", "ZIP"),
    Kind.GZIP: FileKind("application/gzip", "gz", "GZIP"),
    Kind.BZIP2: FileKind("application/octet-stream", "bz2", "BZIP2"),
    Kind.XZ: FileKind("application/octet-stream", "xz", "XZ"),
    Kind.SEVEN_ZIP: FileKind("application/octet-stream", "7z", "7Z"),
    Kind.RAR: FileKind("application/vnd.rar", "rar", "RAR"),
    Kind.TAR: FileKind("application/octet-stream", "tar", "TAR"),
    Kind.ACCESS: FileKind("application/vnd.ms-access", "mdb", "MDB"),
    Kind.EXECUTABLE: FileKind("application/octet-stream", "exe", "EXE"),
    Kind.MP4: FileKind("video/mp4", "mp4", "MPEG4"),
    Kind.MP3: FileKind("audio/mpeg", "mp3", "OCTET"),
    Kind.EMPTY: FileKind("application/octet-stream", "bin", "OCTET"),
    Kind.UNKNOWN: FileKind("application/octet-stream", "bin", "OCTET"),
}
