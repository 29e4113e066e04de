"""Un servizio web di esempio, pronto da adattare: legge un CSV e lo espone a pagine in JSON.

    python3 servizio_esempio.py dati.csv --porta 9000 --chiave parola-segreta

Serve solo Python 3.9 o successivo, senza librerie. Risponde a:

    GET /righe?pagina=1&righe=100    (intestazione X-Api-Key: parola-segreta)

con {"totale": 230, "pagina": 1, "righe": [{...}, ...], "successiva": "http://.../righe?pagina=2&righe=100" o null}.

Quello che rende il servizio conforme, e che il tuo gestionale deve fare allo stesso modo:
- UTF-8, Content-Type application/json, righe come oggetti con gli stessi campi in ogni riga;
- un valore che manca è null; date 2026-05-31; numeri con il punto;
- un ordine fisso per una chiave unica (qui il numero di riga), cosi' nessuna riga si perde fra due pagine;
- il totale in ogni pagina; ETag che cambia solo quando cambiano i dati; la chiave in un'intestazione.
"""

import argparse
import csv
import hashlib
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

PAGINA_MASSIMA = 1000


def leggi(percorso):
    """Le righe del CSV, in ordine, con null dove non c'e' nulla e i numeri come numeri."""
    with Path(percorso).open(encoding="utf-8-sig", newline="") as file:
        return [{nome: valore_json(testo) for nome, testo in riga.items()} for riga in csv.DictReader(file)]


def valore_json(testo):
    """Un testo come valore JSON; i codici con lo zero davanti restano testo."""
    testo = (testo or "").strip()
    if not testo:
        return None
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})", testo):
        return int(testo)
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})\.\d{1,10}", testo):
        return float(testo)
    return testo


class Servizio(BaseHTTPRequestHandler):
    """Risponde a una richiesta."""

    righe: list = []
    chiave = ""
    etag = ""

    def do_HEAD(self):
        """Come GET, senza il corpo."""
        self.rispondi(con_corpo=False)

    def do_GET(self):
        """Una pagina di righe."""
        self.rispondi(con_corpo=True)

    def rispondi(self, con_corpo):
        """Controlla indirizzo, chiave e parametri, poi manda la pagina chiesta."""
        indirizzo = urlsplit(self.path)
        if indirizzo.path != "/righe":
            return self.manda(404, {"errore": "l'indirizzo giusto e' /righe"}, con_corpo)
        if self.chiave and self.headers.get("X-Api-Key") != self.chiave:
            return self.manda(401, {"errore": "manca l'intestazione X-Api-Key, o la chiave non e' quella"}, con_corpo)
        if self.headers.get("If-None-Match") == self.etag:
            return self.manda(304, None, False)
        try:
            chiesti = {nome: int(valori[0]) for nome, valori in parse_qs(indirizzo.query).items()}
        except ValueError:
            return self.manda(400, {"errore": "pagina e righe devono essere numeri"}, con_corpo)
        pagina, quante = chiesti.get("pagina", 1), min(chiesti.get("righe", 100), PAGINA_MASSIMA)
        if pagina < 1 or quante < 1:
            return self.manda(400, {"errore": "pagina e righe cominciano da 1"}, con_corpo)
        inizio, fine = (pagina - 1) * quante, pagina * quante
        successiva = None
        if fine < len(self.righe):
            parametri = urlencode({"pagina": pagina + 1, "righe": quante})
            successiva = f"http://{self.headers['Host']}/righe?{parametri}"
        documento = {
            "totale": len(self.righe),
            "pagina": pagina,
            "righe": self.righe[inizio:fine],
            "successiva": successiva,
        }
        return self.manda(200, documento, con_corpo)

    def manda(self, stato, documento, con_corpo):
        """Scrive la risposta."""
        corpo = b"" if documento is None else json.dumps(documento, ensure_ascii=False).encode("utf-8")
        self.send_response(stato)
        if documento is not None:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        if stato in (200, 304):
            self.send_header("ETag", self.etag)
        self.send_header("Content-Length", str(len(corpo)))
        self.end_headers()
        if con_corpo:
            self.wfile.write(corpo)

    def log_message(self, formato, *valori):
        """Nessun registro su schermo: conterrebbe gli indirizzi di chi chiama."""


def main():
    """Legge le opzioni e serve finché non lo si ferma."""
    opzioni = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    opzioni.add_argument("csv")
    opzioni.add_argument("--porta", type=int, default=9000)
    opzioni.add_argument("--chiave", default="")
    scelte = opzioni.parse_args()
    Servizio.righe, Servizio.chiave = leggi(scelte.csv), scelte.chiave
    contenuto = json.dumps(Servizio.righe, ensure_ascii=False, sort_keys=True).encode("utf-8")
    Servizio.etag = '"' + hashlib.sha256(contenuto).hexdigest()[:32] + '"'
    servizio = ThreadingHTTPServer(("127.0.0.1", scelte.porta), Servizio)
    print(f"Il servizio risponde su http://127.0.0.1:{servizio.server_address[1]}/righe", flush=True)
    servizio.serve_forever()


if __name__ == "__main__":
    main()
