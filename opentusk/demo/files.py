"""Small real files, made from a topic and a place, the same at every run.

Values are drawn from a generator seeded by the file's name: invented, plausible, never about a real person. Files
are UTF-8; rows carry a last column that says they are demonstration data.
"""

import csv
import io
import json
from collections.abc import Callable
from random import Random

from opentusk.demo.topics import Topic

LABEL = "dati dimostrativi"
_Draw = Callable[[Random], str | int | float]

_STREETS = ("via Roma", "corso Vittorio Emanuele", "viale della Libertà", "piazza del Popolo", "via Garibaldi",
            "largo Porta Nuova", "lungomare", "via dei Mille", "contrada Sant'Angelo", "strada provinciale 12")  # fmt: skip
_TOWNS = ("Bari", "Lecce", "Taranto", "Brindisi", "Foggia", "Barletta", "Andria", "Trani", "Altamura", "Bitonto")

_LISTS: dict[str, tuple[str, ...]] = {
    "tree": ("Olea europaea", "Quercus ilex", "Pinus halepensis", "Ceratonia siliqua", "Platanus orientalis"),
    "waste": ("carta e cartone", "plastica", "vetro", "organico", "secco residuo"),
    "sex": ("F", "M"),
    "age": tuple(f"{start}-{start + 4}" for start in range(0, 100, 5)),
    "school": (
        "Istituto comprensivo Il Trullo",
        "Scuola primaria La Torre",
        "Liceo Il Faro",
        "Istituto tecnico Il Ponte",
    ),
    "grade": ("infanzia", "primaria", "secondaria di primo grado", "secondaria di secondo grado"),
    "crash": ("tamponamento", "scontro laterale", "fuoriuscita", "investimento", "urto con ostacolo"),
    "works": ("esistente", "in costruzione", "in progetto"),
    "lodging": ("Casa dell'Ulivo", "Masseria del Sole", "Albergo La Marina", "Corte Bianca", "Torre Antica"),
    "lodgingkind": ("albergo", "bed and breakfast", "agriturismo", "affittacamere"),
    "sector": ("agricoltura", "manifattura", "costruzioni", "commercio", "alloggio e ristorazione", "servizi"),
    "mission": ("istruzione", "trasporti", "tutela del territorio", "politiche sociali", "cultura", "turismo"),
    "organ": ("Giunta", "Consiglio"),
    "subject": ("approvazione progetto", "variazione di bilancio", "adesione a rete di enti", "affidamento servizio"),
    "use": ("scuola", "ufficio", "impianto sportivo", "alloggio", "magazzino", "terreno"),
    "state": ("buono", "discreto", "da ristrutturare"),
    "lamp": ("LED", "sodio alta pressione", "ioduri metallici"),
    "pharmacy": ("Farmacia del Corso", "Farmacia Centrale", "Parafarmacia La Salute", "Farmacia del Mare"),
    "weekday": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"),
    "access": ("sempre", "orario di ufficio", "orario di apertura"),
    "class": ("A1", "B", "C", "D", "E", "F", "G"),
    "matter": ("lavoro", "appalti", "sanzioni", "tributi", "risarcimento danni"),
    "degree": ("primo grado", "appello", "cassazione"),
    "social": ("centro giovanile", "casa rifugio", "sede di associazioni", "orto urbano"),
    "city": ("Salonicco", "Valencia", "Tirana", "Patrasso", "Marsiglia"),
    "country": ("Grecia", "Spagna", "Albania", "Montenegro", "Francia"),
    "field": ("cultura", "turismo", "scuola", "commercio"),
    "programme": ("Interreg Grecia-Italia", "Interreg Adrion", "Interreg Med", "Interreg IPA South"),
    "province": ("BA", "BT", "BR", "FG", "LE", "TA"),
    "science": ("agraria", "ingegneria", "medicina", "chimica", "fisica"),
    "station": ("Stazione A", "Stazione B", "Stazione C", "Stazione D"),
    "care": ("visita cardiologica", "ecografia addome", "risonanza magnetica", "visita oculistica", "mammografia"),
    "priority": ("U", "B", "D", "P"),
    "regime": ("ordinario", "day hospital"),
    "event": ("Rassegna di musica", "Festa patronale", "Mostra fotografica", "Mercatino dell'artigianato"),
    "university": ("Bari", "Politecnico di Bari", "Salento", "Foggia"),
    "quarter": ("T1", "T2", "T3", "T4"),
    "street": _STREETS,
    "town": _TOWNS,
}

_DRAWS: dict[str, _Draw] = {
    "code": lambda draw: f"{draw.randrange(100_000):06d}",
    "year": lambda draw: draw.randrange(2019, 2026),
    "month": lambda draw: draw.randrange(1, 13),
    "few": lambda draw: draw.randrange(1, 40),
    "people": lambda draw: draw.randrange(20, 9000),
    "height": lambda draw: round(draw.uniform(2, 22), 1),
    "tonnes": lambda draw: round(draw.uniform(5, 900), 2),
    "price": lambda draw: draw.choice([0.5, 1.0, 1.5, 2.0]),
    "money": lambda draw: round(draw.uniform(1_000, 900_000), 2),
    "decimal": lambda draw: round(draw.uniform(0, 60), 2),
    "micro": lambda draw: round(draw.uniform(4, 58), 1),
    "percent": lambda draw: draw.randrange(0, 101, 5),
    "date": lambda draw: f"{draw.randrange(2022, 2026)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
    "lat": lambda draw: round(draw.uniform(40.1, 41.6), 6),
    "lon": lambda draw: round(draw.uniform(15.4, 18.3), 6),
}


def make_rows(topic: Topic, *, seed: str) -> list[dict[str, str | int | float]]:
    """Between 20 and 60 rows of a topic; `seed` names the file, so that it never changes."""
    # Not for secrets: the same file must come out at every run.
    draw = Random(seed)  # noqa: S311
    columns = [column.partition(":") for column in topic.columns.split()]
    return [
        {name: _value(kind, draw) for name, _colon, kind in columns} | {"nota": LABEL}
        for _row in range(draw.randrange(20, 60))
    ]


def write_csv(rows: list[dict[str, str | int | float]]) -> bytes:
    """One clean table: UTF-8, comma, header in the first row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_json(rows: list[dict[str, str | int | float]]) -> bytes:
    """The same rows as a JSON list."""
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def write_geojson(rows: list[dict[str, str | int | float]]) -> bytes:
    """The rows that have coordinates, as points."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {name: value for name, value in row.items() if name not in {"lat", "lon"}},
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _value(kind: str, draw: Random) -> str | int | float:
    return draw.choice(_LISTS[kind]) if kind in _LISTS else _DRAWS[kind](draw)
