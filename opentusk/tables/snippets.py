"""The same question as a program asks it: ready to paste."""

from opentusk.tables.addresses import api_of
from opentusk.tables.models import Table
from opentusk.tables.question import Question

FORMATS = (
    ("csv", "CSV"),
    ("csv-it", "CSV per Excel italiano"),
    ("xlsx", "XLSX"),
    ("json", "JSON"),
    ("jsonl", "JSON Lines"),
    ("parquet", "Parquet"),
    ("geojson", "GeoJSON"),
)
_PYTHON = """import pandas as pd

righe = pd.read_csv("ADDRESS")
print(righe)"""
_R = """righe <- read.csv("ADDRESS")
print(righe)"""
_JAVASCRIPT = """const risposta = await fetch("ADDRESS");
const { data, meta } = await risposta.json();
console.log(meta.total, data);"""


def snippets_of(table: Table, question: Question) -> list[tuple[str, str, str]]:
    """(short name, name, code) in curl, Python, R and JavaScript."""
    rows = f"{api_of(table)}/rows" + (f"?{question.api_query}" if question.asked else "")
    csv = f"{api_of(table)}/export.csv" + (f"?{question.export_query}" if question.export_query else "")
    return [
        ("curl", "curl", f'curl "{rows}"'),
        ("python", "Python", _PYTHON.replace("ADDRESS", csv)),
        ("r", "R", _R.replace("ADDRESS", csv)),
        ("javascript", "JavaScript", _JAVASCRIPT.replace("ADDRESS", rows)),
    ]
