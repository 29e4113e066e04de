"""Detectors of words and periods: sex, days, months, ages, years, licences, languages."""

import re
import unicodedata

from opentusk.kit.tables.semantics import lists
from opentusk.kit.tables.semantics.detector import LIST, Detector, always, words

_SEX = frozenset({"m", "f", "maschio", "femmina", "maschi", "femmine", "maschile", "femminile", "uomo", "donna",
                  "uomini", "donne", "male", "female"})  # fmt: skip
_DAYS = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
_MONTHS = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
           "novembre", "dicembre")  # fmt: skip
_DAY_WORDS = frozenset({*_DAYS, *(day[:3] for day in _DAYS), "festivo", "feriale", "prefestivo"})
_MONTH_WORDS = frozenset({*_MONTHS, *(month[:3] for month in _MONTHS), "sett"})
_WORD = re.compile(r"[A-Za-zÀ-ÿ]{1,12}['’.]?")
_AGE = (
    r"(?i)(?:da |tra |dai |età )?[0-9]{1,3} ?(?:-|–|—|/|_|a|ai|e) ?[0-9]{1,3}(?: ?anni)?"
    r"|(?:<=?|>=?|fino a|sotto i|meno di|oltre(?: i)?|over|under|più di) ?[0-9]{1,3}(?: ?anni)?"
    r"|[0-9]{1,3} ?(?:\+|e più|e piu'?|e oltre|ed oltre|anni e più|anni e oltre|anni ed oltre|o più|in poi|anni|anno)"
    r"|[0-9]{1,3}|totale"
)


def _folded(value: str) -> str:
    """A word in lower case, without accents and the sign that stands for one."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return "".join(sign for sign in plain if sign.isalpha() and not unicodedata.combining(sign))


def _is_sex(value: str) -> bool:
    return _folded(value) in _SEX


def _is_day(value: str) -> bool:
    return _folded(value) in _DAY_WORDS


def _is_month(value: str) -> bool:
    return _folded(value) in _MONTH_WORDS


def _is_age(value: str) -> bool:
    ages = [int(number) for number in re.findall(r"[0-9]+", value)]
    return all(age <= 120 for age in ages) and ages == sorted(ages)


def _are_consecutive(value: str) -> bool:
    first, second = re.findall(r"[0-9]+", value)
    return str(int(first) + 1).endswith(second)


TERMS = (
    Detector(
        name="sesso",
        label_it="Sesso",
        hints=words(r"sesso", r"genere", r"gender", r"sex", r"m f"),
        pattern=_WORD,
        test=_is_sex,
        least=LIST,
        alone=2,
        accepts=("M", "f", "Maschi", "FEMMINE", "Donna"),
        refuses=("X", "MF", "Mario", "1) < 10m"),
    ),
    Detector(
        name="giorno",
        label_it="Giorno della settimana",
        hints=words(r"giorn[oi]", r"day", r"gg", r"settimana"),
        pattern=_WORD,
        test=_is_day,
        least=LIST,
        alone=3,
        accepts=("Lunedì", "lunedi'", "LUN", "Domenica"),
        refuses=("1", "Luna", "marzo"),
    ),
    Detector(
        name="mese",
        label_it="Mese",
        hints=words(r"mes[ei]", r"month", r"mensilita", r"periodo"),
        pattern=_WORD,
        test=_is_month,
        least=LIST,
        alone=3,
        accepts=("Gennaio", "gen", "SETT.", "dicembre"),
        refuses=("13", "Genna", "lunedì"),
    ),
    Detector(
        name="mese",
        label_it="Mese (numero)",
        hints=words(r"mes[ei]", r"month", r"mm"),
        pattern=re.compile(r"0?[1-9]|1[0-2]"),
        test=always,
        is_text=False,
        accepts=("1", "01", "12"),
        refuses=("0", "13", "gen"),
    ),
    Detector(
        name="fascia_eta",
        label_it="Fascia d'età",
        hints=words(
            r"eta", r"fasc\w* (?:di )?(?:d )?eta", r"class\w* (?:di )?(?:d )?eta", r"age", r"anni di eta", r"eta\w*"
        ),
        pattern=re.compile(_AGE),
        test=_is_age,
        least=LIST,
        accepts=("0-4", "85+", "85 e oltre", "da 15 a 64 anni", "<18", "65 anni e più", "fino a 14"),
        refuses=("2020-2021", "64-15", "adulti"),
    ),
    Detector(
        name="anno_scolastico",
        label_it="Anno scolastico o a cavallo di due anni",
        hints=words(r"anno\w*", r"a s", r"a a", r"scolastico", r"accademico", r"stagione", r"annata"),
        pattern=re.compile(r"(?i)(?:a\.? ?[sa]\.? ?)?(?:19|20)[0-9]{2} ?[-/–_] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})"),
        test=_are_consecutive,
        least=LIST,
        accepts=("2023/2024", "2015-16", "a.s. 2022/2023", "1999/00"),
        refuses=("2023", "2023/2025", "2022-12"),
    ),
    Detector(
        name="anno",
        label_it="Anno",
        hints=words(r"ann[oi]\w*", r"year", r"esercizio", r"aaaa", r"yyyy"),
        pattern=re.compile(r"(?:1[89]|2[01])[0-9]{2}"),
        test=always,
        is_text=False,
        accepts=("2023", "1861", "2100"),
        refuses=("23", "1599", "2023/2024"),
    ),
    Detector(
        name="licenza",
        label_it="Licenza d'uso",
        hints=words(r"licen[zcs][ae]\w*", r"license"),
        pattern=re.compile(r"(?s).{2,200}"),
        test=lists.is_licence,
        least=LIST,
        accepts=("CC-BY-4.0", "IODL 2.0", "https://creativecommons.org/licenses/by/4.0/"),
        refuses=("libera", "gratis"),
    ),
    Detector(
        name="lingua",
        label_it="Lingua",
        hints=words(r"lingu[ae]\w*", r"language", r"lang"),
        pattern=re.compile(r"(?s).{2,60}"),
        test=lists.is_language,
        least=LIST,
        accepts=("it", "ITA", "italiano", "tedesco"),
        refuses=("xx", "dialetto barese"),
    ),
)
