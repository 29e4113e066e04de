"""Invented wishes: what people might want to know, theme by theme, and in which detail. All of it is made up."""

from itertools import islice, product

_THINGS = {
    "AGRI": ("Aziende agricole biologiche", "Superfici a uliveto", "Mercati di produttori", "Consorzi irrigui"),
    "ECON": ("Imprese attive", "Spese per fornitore", "Contributi concessi", "Botteghe storiche", "Entrate tributarie",
             "Aree per insediamenti produttivi"),
    "EDUC": ("Palestre scolastiche", "Orari delle biblioteche", "Corsi di lingua", "Musei e visitatori",
             "Mense scolastiche", "Archivi storici", "Posti nelle residenze universitarie"),
    "ENER": ("Consumi degli edifici scolastici", "Lampioni per tecnologia", "Impianti solari sui tetti pubblici"),
    "ENVI": ("Isole ecologiche", "Spiagge e divieti", "Centraline dell'aria", "Alberi abbattuti e piantati",
             "Consumo di suolo", "Pozzi e falde", "Cestini e rifiuti abbandonati", "Rumore nelle strade"),
    "GOVE": ("Sedute del consiglio", "Tempi dei procedimenti", "Uffici e orari", "Beni immobili dell'ente",
             "Bandi e graduatorie", "Accessi agli atti", "Sportelli digitali", "Votazioni dei consiglieri"),
    "HEAL": ("Liste d'attesa", "Ambulatori accessibili", "Farmacie di turno", "Consultori",
             "Punti di primo intervento"),
    "INTR": ("Progetti europei in corso", "Comuni gemellati"),
    "JUST": ("Beni confiscati", "Incidenti per incrocio", "Presidi di polizia locale"),
    "REGI": ("Numeri civici", "Cantieri aperti", "Panchine e fontanelle", "Piani urbanistici", "Bagni pubblici"),
    "SOCI": ("Residenti", "Posti negli asili nido", "Case di edilizia pubblica", "Associazioni",
             "Turisti"),
    "TECH": ("Copertura della fibra", "Reti senza fili pubbliche", "Laboratori di ricerca"),
    "TRAN": ("Fermate e passaggi", "Piste ciclabili", "Posti auto riservati", "Colonnine di ricarica",
             "Ritardi dei treni", "Zone a traffico limitato", "Noleggio di biciclette"),
}  # fmt: skip
_DETAILS = ("per comune", "per quartiere", "con le coordinate", "mese per mese", "per anno dal 2015")
_USES = (
    "Per scegliere dove andare senza telefonare a ogni ufficio.",
    "Per un lavoro di ricerca con gli studenti.",
    "Per un'app che avvisa quando qualcosa cambia.",
    "Per confrontare il mio comune con quelli vicini.",
    "Per rispondere alle domande che i cittadini ci fanno allo sportello.",
)


def invented_wishes(theme: str, number: int) -> list[tuple[str, str]]:
    """So many wishes of a theme, all different: the data, and what it would be good for."""
    titles = islice(product(_DETAILS, _THINGS[theme]), number)
    return [(f"{thing} {detail}", _USES[index % len(_USES)]) for index, (detail, thing) in enumerate(titles)]
