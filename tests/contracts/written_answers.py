"""Small answers in the shape of portals of which we have no sample, written after their public documentation."""

import io
import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import xlsxwriter
from pyoxigraph import RdfFormat, Store

from opentusk.harvest.sources.sparql import EVERY_DATASET
from opentusk.harvest.tests.catalogs import catalog
from opentusk.kit.sheets.columns import COLUMNS

_UDATA = "/api/1/datasets/?page={page}&page_size=100&sort=created"
_OPENDATASOFT = "/api/explore/v2.1/catalog/datasets?limit=100&offset={offset}&order_by=dataset_id"
_SOCRATA = "/api/catalog/v1?domains=127.0.0.1&search_context=127.0.0.1&limit=100&offset={offset}&order=dataset_id"


def udata() -> dict[str, bytes]:
    """Two pages; the one dataset of the second is archived."""
    first, second = _udata_dataset("alberi"), _udata_dataset("strade")
    last = _udata_dataset("vecchio", archived="2024-01-01T00:00:00+00:00")
    page = {"page_size": 2, "previous_page": None, "total": 3}
    return {
        _UDATA.format(page=1): _json({**page, "page": 1, "data": [first, second], "next_page": "http://inner/?page=2"}),
        _UDATA.format(page=2): _json({**page, "page": 2, "data": [last], "next_page": None}),
    }


def _udata_dataset(name: str, **changes: object) -> Mapping[str, object]:
    return {
        "id": f"5f2a{name}",
        "title": f"Dati: {name}",
        "slug": name,
        "description": "Un elenco inventato per la prova, con specie, altezza e posizione di ogni albero.",
        "created_at": "2023-01-10T09:00:00+00:00",
        "last_modified": "2024-05-02T10:00:00+00:00",
        "last_update": "2024-05-01T10:00:00+00:00",
        "internal": {"last_modified_internal": "2024-05-02T10:00:00+00:00"},
        "frequency": "semiannual",
        "license": "cc-by",
        "organization": {"id": "org1", "name": "Comune di Lecce", "class": "Organization"},
        "tags": ["alberi", "verde"],
        "temporal_coverage": {"start": "2023-01-01", "end": "2023-12-31"},
        "spatial": {"granularity": "other", "zones": [], "geom": None},
        "contact_points": [{"name": "Ufficio dati", "email": "dati@comune.example.it", "role": "contact"}],
        "page": f"https://portale.example/datasets/{name}/",
        "uri": f"https://portale.example/api/1/datasets/{name}/",
        "private": False,
        "archived": None,
        "deleted": None,
        "extras": {"harvest": "no"},
        "resources": [
            {
                "id": f"r-{name}",
                "title": "Alberi in CSV",
                "description": None,
                "filetype": "file",
                "type": "main",
                "format": "csv",
                "mime": "text/csv",
                "filesize": 2048,
                "checksum": {"type": "sha1", "value": "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"},
                "url": f"https://static.portale.example/{name}-20240501.csv",
                "latest": f"https://portale.example/datasets/r/r-{name}",
                "created_at": "2023-01-10T09:00:00+00:00",
                "last_modified": "2024-05-01T10:00:00+00:00",
            }
        ],
        **changes,
    }


def opendatasoft() -> dict[str, bytes]:
    """Two pages of one dataset each, the first with places, a document beside it and an export made elsewhere."""
    trees = _opendatasoft_dataset(
        "alberi",
        features=["analyze", "geo"],
        attachments=[{"id": "note_pdf", "title": "note.pdf", "mimetype": "application/pdf", "url": "odsfile://note"}],
        alternative_exports=[
            {"id": "zip", "title": "Archivio", "url": "https://x.example/a.zip", "mimetype": "application/zip"}
        ],
    )
    pages = {0: trees, 1: _opendatasoft_dataset("strade", has_records=False, data_visible=False)}
    return {
        _OPENDATASOFT.format(offset=offset): _json({"total_count": 2, "results": [found]})
        for offset, found in pages.items()
    }


def _opendatasoft_dataset(name: str, **changes: object) -> Mapping[str, object]:
    return {
        "dataset_id": name,
        "dataset_uid": f"da_{name}",
        "has_records": True,
        "data_visible": True,
        "features": ["analyze"],
        "attachments": [],
        "alternative_exports": [],
        "fields": [{"name": "specie", "label": "Specie", "type": "text"}],
        "metas": {
            "default": {
                "title": f"Dati: {name}",
                "description": "<p>Gli alberi del comune, uno per riga, con specie, altezza e posizione.</p>",
                "theme": ["Ambiente"],
                "keyword": ["alberi"],
                "license": "CC BY 4.0",
                "license_url": "https://creativecommons.org/licenses/by/4.0/",
                "language": "it",
                "publisher": "Comune di Lecce",
                "modified": "2024-05-01T10:00:00+00:00",
                "metadata_processed": "2024-05-02T10:00:00+00:00",
                "records_count": 12,
                "timezone": "Europe/Rome",
                "territory": ["Lecce"],
                "references": "https://www.comune.example.it/verde",
            },
            "dcat": {
                "created": "2023-01-10T00:00:00+00:00",
                "creator": "Settore ambiente",
                "contact_name": "Ufficio dati",
                "contact_email": "dati@comune.example.it",
                "accrualperiodicity": "annuale",
            },
        },
        **changes,
    }


def socrata() -> dict[str, bytes]:
    """Two pages: a table with places and a file, then a chart, which is no dataset."""
    found = [
        _socrata_dataset("abcd-0001", columns_datatype=["Text", "Point"]),
        _socrata_dataset("abcd-0002", type="file", blob_mime_type="application/pdf"),
        _socrata_dataset("abcd-0003", type="chart"),
    ]
    pages = {0: found[:2], 2: found[2:]}
    return {
        _SOCRATA.format(offset=offset): _json({"results": results, "resultSetSize": 3, "timings": {}})
        for offset, results in pages.items()
    }


def _socrata_dataset(identifier: str, **changes: object) -> Mapping[str, object]:
    return {
        "resource": {
            "id": identifier,
            "name": f"Dati {identifier}",
            "description": "Gli alberi del comune, uno per riga, con specie, altezza e posizione di ognuno.",
            "attribution": "Regione Puglia",
            "type": "dataset",
            "createdAt": "2023-01-10T00:00:00.000Z",
            "updatedAt": "2024-05-02T00:00:00.000Z",
            "data_updated_at": "2024-05-01T00:00:00.000Z",
            "metadata_updated_at": "2024-05-02T00:00:00.000Z",
            "columns_name": ["specie", "posto"],
            "columns_datatype": ["Text", "Text"],
            **changes,
        },
        "classification": {
            "categories": ["environment"],
            "tags": [],
            "domain_category": "Ambiente",
            "domain_tags": ["alberi"],
            "domain_metadata": [
                {"key": "Aggiornamento_Frequenza-di-aggiornamento", "value": "annuale"},
                {"key": "Contatti_Email", "value": "dati@regione.example.it"},
            ],
        },
        "metadata": {"domain": "127.0.0.1", "license": "CC BY 4.0"},
        "permalink": f"https://dati.example.it/d/{identifier}",
    }


def sparql(numbers: Iterable[int]) -> dict[str, bytes]:
    """What a real engine answers to the query of the kind, over a catalogue of so many datasets."""
    store = Store()
    store.load(catalog(numbers), format=RdfFormat.TURTLE)
    answers = {}
    for offset in (0, 100, 200):
        query = EVERY_DATASET.replace("{limit}", "100").replace("{offset}", str(offset))
        content = store.query(query).serialize(format=RdfFormat.TURTLE)
        answers[f"/sparql?{urlencode({'query': query})}"] = content or b""
    return answers


def sheet() -> bytes:
    """The template with three rows, one of them without its key, under a title as people put there."""
    rows = [
        {**{column.name: column.example for column in COLUMNS}, "key": "alberi", "file": "alberi.csv"},
        {"key": "strade", "title": "Strade", "file": "https://dati.example.it/strade.json", "theme": "Trasporti"},
        {"title": "Senza chiave", "file": "x.csv"},
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("Dataset")
        page.write_string(0, 0, "Catalogo dei dati del Comune")
        for place, column in enumerate(COLUMNS):
            page.write_string(2, place, column.header + (" *" if column.is_required else ""))
            for line, row in enumerate(rows, start=3):
                page.write_string(line, place, row.get(column.name, ""))
    return buffer.getvalue()


def _json(answer: object) -> bytes:
    return json.dumps(answer).encode()
