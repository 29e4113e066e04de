"""What is publicly known of the programme: days, places and figures, with their source. What is not known stays empty.

Read in August 2026 on dati.puglia.it (pages of the datalabs, of the hackathons and of the network events), dati.gov.it
(news on the consultation) and in the local press. The totals of the basket, 219 and 242, were given by the promoter;
their split by theme and by datalab is invented, and so is every single wish.
"""

from typing import NamedTuple

_SITE = "https://dati.puglia.it"


class KnownEvent(NamedTuple):
    """An event; `start` and `end` are local times, a day without a time when only the day is known, empty when not."""

    slug: str
    edition: str
    kind: str
    title: str
    start: str
    end: str
    venue: str
    municipality: str
    attendance: int | None
    registered: int | None
    source: str
    note: str = ""


_UNKNOWN_WEBINAR = "Si conosce solo il numero dei webinar: titolo e data non sono stati trovati."

EVENTS = (
    KnownEvent("kickoff-2023", "2023", "kickoff", "Incontro di avvio", "2023-05-03T15:00", "",
               "Regione Puglia, via Gentile", "Bari", None, None, f"{_SITE}/web/guest/kick-off-meeting"),
    KnownEvent("datalab-lecce-2023", "2023", "datalab", "Datalab di Lecce", "2023-05-29", "2023-05-29",
               "Officine Cantelmo", "Lecce", 60, None, f"{_SITE}/datalab-lecce"),
    KnownEvent("datalab-foggia-2023", "2023", "datalab", "Datalab di Foggia", "2023-06-09", "2023-06-09",
               "Biblioteca La Magna Capitana", "Foggia", 80, None, f"{_SITE}/datalab-foggia"),
    KnownEvent("datalab-brindisi-2023", "2023", "datalab", "Datalab di Brindisi", "2023-06-29", "2023-06-29",
               "Biblioteca provinciale", "Brindisi", 45, None, f"{_SITE}/web/guest/datalab-brindisi",
               "Funzionari di dieci comuni; tre aree, sei gruppi per tema."),
    *(
        KnownEvent(f"webinar-{number}-2023", "2023", "webinar", f"Webinar divulgativo {number}", "", "",
                   "", "", None, None, f"{_SITE}/hackathon-2023", _UNKNOWN_WEBINAR)
        for number in range(1, 6)
    ),
    KnownEvent("giornata-hackathon-2023", "2023", "hackathon", "Hackathon 2023", "2023-10-12", "2023-10-12",
               "Fiera del Levante, padiglione della Regione", "Bari", 91, None, f"{_SITE}/hackathon-2023",
               "Diciannove tavoli, tredici gruppi, oltre novanta iscritti."),
    KnownEvent("rete-crispiano-2024", "2024", "network", "Evento di rete a Crispiano", "2024-03-04T09:00",
               "2024-03-04T13:00", "Sala consiliare", "Crispiano", None, None, f"{_SITE}/-/riparte-opentusk",
               "Il primo degli incontri del 2024."),
    KnownEvent("rete-universita-bari-2024", "2024", "network", "Evento di rete all'Università di Bari", "", "",
               "Università degli Studi di Bari Aldo Moro", "Bari", None, None, f"{_SITE}/eventi-di-rete-2024",
               "Fra marzo e maggio 2024: il giorno non è stato trovato."),
    KnownEvent("giornata-hackathon-2024", "2024", "hackathon", "Hackathon 2024", "2024-12-17T08:30", "2024-12-17T20:00",
               "Fiera del Levante, padiglione 152", "Bari", 100, 135, f"{_SITE}/web/guest/hackathon-opentusk-2024"),
    KnownEvent("giornata-hackathon-2026", "2026", "hackathon", "Hackathon 2026", "2026-10-01T08:30",
               "2026-10-01T20:00", "Fiera del Levante, padiglione 152", "Bari", None, None,
               "appunti pubblici di partecipanti, non verificati"),
)  # fmt: skip

EDITIONS = {"2023": "Programma 2023", "2024": "Programma 2024", "2026": "Programma 2026"}
DATALABS = ("datalab-lecce-2023", "datalab-foggia-2023", "datalab-brindisi-2023")

# Theme -> wishes from Lecce, Foggia, Brindisi, and from the consultation. Totals 71 + 95 + 53 = 219, + 23 = 242.
BASKET = {
    "AGRI": (4, 5, 3, 1), "ECON": (7, 9, 5, 2), "EDUC": (8, 10, 6, 3), "ENER": (3, 5, 3, 1), "ENVI": (9, 12, 7, 3),
    "GOVE": (9, 12, 6, 2), "HEAL": (5, 8, 4, 2), "INTR": (1, 1, 1, 0), "JUST": (3, 3, 2, 1), "REGI": (6, 9, 4, 1),
    "SOCI": (5, 6, 4, 2), "TECH": (3, 4, 2, 1), "TRAN": (8, 11, 6, 4),
}  # fmt: skip
CONSULTATION_OPENS, CONSULTATION_CLOSES = "2023-08-01T00:00", "2023-09-16T00:00"
CONSULTATION_SOURCE = "https://www.dati.gov.it, notizia sulla consultazione pubblica di agosto 2023"


class KnownHackathon(NamedTuple):
    """A hackathon; `criteria` are code, name and weight, empty where no weights were published."""

    slug: str
    edition: str
    title: str
    event: str
    tables: int | None
    participants: int | None
    registered: int | None
    criteria: tuple[tuple[str, str, int], ...]
    source: str


APP, STORY = "app", "storytelling"
HACKATHONS = (
    KnownHackathon("hackathon-2023", "2023", "Hackathon 2023", "giornata-hackathon-2023", 19, 91, None, (),
                   f"{_SITE}/hackathon-2023"),
    KnownHackathon("hackathon-2024", "2024", "Hackathon 2024", "giornata-hackathon-2024", 19, 100, 135, (),
                   f"{_SITE}/web/guest/hackathon-opentusk-2024"),
    KnownHackathon("hackathon-2026", "2026", "Hackathon 2026", "giornata-hackathon-2026", None, None, None,
                   (("impact", "Impatto e utilità", 30), ("open_data", "Uso dei dati aperti", 25),
                    ("originality", "Originalità", 20), ("feasibility", "Fattibilità tecnica", 15),
                    ("pitch", "Presentazione", 10)),
                   "appunti pubblici di partecipanti, non verificati"),
)  # fmt: skip


class KnownWork(NamedTuple):
    """A work of a hackathon: `is_real` when its name is public; category and table may be invented all the same."""

    hackathon: str
    table: int
    title: str
    category: str
    award: str = ""
    is_real: bool = False


_TABLES_2023 = (1, 2, 3, 4, 6, 7, 9, 10, 12, 13, 17, 19)
_STORIES_2023 = frozenset({3, 7, 12, 19})
_REAL_2024 = (
    ("LidoLink", APP, "Primo posto, categoria app"), ("EcoCluster", APP, "Premiato"), ("Ulivin", APP, "Premiato"),
    ("iMENSA Puglia", STORY, "Premiato"), ("Apulian Cybersecurity LivingLabs", STORY, "Premiato"),
    ("SafeRoad Bari", STORY, "Premiato"),
)  # fmt: skip
WORKS = (
    KnownWork("hackathon-2023", 15, "Alcadata", APP, "Menzione speciale", is_real=True),
    *(
        KnownWork("hackathon-2023", table, f"Progetto dimostrativo {number}", STORY if table in _STORIES_2023 else APP)
        for number, table in enumerate(_TABLES_2023, start=1)
    ),
    *(
        KnownWork("hackathon-2024", table, title, category, award, is_real=True)
        for table, (title, category, award) in enumerate(_REAL_2024, start=1)
    ),
    *(
        KnownWork("hackathon-2024", number + 6, f"Progetto dimostrativo {number}", APP if number <= 9 else STORY)
        for number in range(1, 14)
    ),
)
