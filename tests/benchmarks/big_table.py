"""A million rows as an Italian office exports them: `;`, Windows-1252, decimal commas, dd/mm/yyyy, codes with zeros.

Dati dimostrativi: places are real, everything else is invented. The same seed gives the same file.
"""

import random
from datetime import date, timedelta
from pathlib import Path

ROWS = 1_000_000
HEADER = (
    "Numero pratica;Data rilascio;Comune;Provincia;Codice ISTAT;Indirizzo;CAP;Importo;Superficie (mq);Attività aperta;"
    "Latitudine;Note"
)
_PLACES = (
    ("Bari", "BA", "072006", "70121"), ("Napoli", "NA", "063049", "80121"), ("Siena", "SI", "052032", "53100"),
    ("Forlì", "FC", "040012", "47121"), ("Cantù", "CO", "013041", "22063"), ("Lecce", "LE", "075035", "73100"),
    ("Foggia", "FG", "071024", "71121"), ("Novara", "NO", "003106", "28100"), ("Torino", "TO", "001272", "10121"),
    ("Santhià", "VC", "002133", "13048"), ("Monopoli", "BA", "072030", "70043"), ("Nardò", "LE", "075052", "73048"),
    ("Agliè", "TO", "001001", "10011"), ("Manfredonia", "FG", "071029", "71043"), ("Pozzuoli", "NA", "063060", "80078"),
)  # fmt: skip
_STREETS = (
    "Via Giuseppe Garibaldi", "Corso Vittorio Emanuele II", "Piazza della Libertà", "Via Nicolò Machiavelli",
    "Viale Papa Giovanni XXIII", "Contrada Sant’Elia", "Via San Giovanni Bosco", "Strada provinciale per Andria",
)  # fmt: skip
_NOTES = (
    "n.d.", "", "Rilasciata con riserva", "Esito positivo (bollo € 16,00)", "In attesa di integrazioni",
    "Vedi anche l’autorizzazione dell’anno precedente", "Perché già rinnovata per silenzio-assenso",
)  # fmt: skip


def write_big_table(path: Path, *, rows: int = ROWS, seed: int = 20_260) -> Path:
    """Write the file once; 132 MB for a million rows."""
    chance = random.Random(seed)
    first = date(2015, 1, 1)
    days = [(first + timedelta(days=number)).strftime("%d/%m/%Y") for number in range(3_900)]
    with path.open("w", encoding="cp1252", newline="") as target:
        target.write(HEADER + "\r\n")
        for number in range(1, rows + 1):
            town, sigla, istat, cap = chance.choice(_PLACES)
            amount = f"{chance.randrange(100, 90_000_000) / 100:,.2f}".translate({44: ".", 46: ","})
            cells = (
                f"{number:010d}", chance.choice(days), town, sigla, istat,
                f"{chance.choice(_STREETS)}, {chance.randrange(1, 400)}", cap, amount, f"{chance.randrange(12, 900)}",
                "sì" if chance.random() < 0.7 else "no", f"{chance.uniform(38, 46):.6f}".replace(".", ","),
                chance.choice(_NOTES),
            )  # fmt: skip
            target.write(";".join(cells) + "\r\n")
    return path
