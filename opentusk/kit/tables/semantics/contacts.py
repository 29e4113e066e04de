"""Detectors of how to reach somebody: certified and plain e-mail, telephones, plates, addresses of the web."""

import re

from opentusk.kit.tables.semantics.detector import LIST, Detector, always, words

_ADDRESS = r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
_ADDRESSES = rf"(?i)\s*{_ADDRESS}(?:\s*[;,/ ]\s*{_ADDRESS})*\s*"
_SHORT = r"(?:\+39 ?)?1(?:1[0-9]|5[0-9]{2}|16117)"
_NUMBER = r"(?:(?:\+|00)[0-9]{1,3}[ .-]?)?\(?[0-9]{2,4}\)?(?:[ ./-]{0,3}[0-9]{2,}){1,5}"
_CERTIFIED = re.compile(r"@(?:[\w.-]*\.)?(?:pec|postacert|cert|legalmail|certmail|\w*pec)[\w-]*\.[\w.]+", re.IGNORECASE)
_PLATE_LETTERS = "[A-HJ-NPR-TV-Z]"


def _is_certified(value: str) -> bool:
    return bool(_CERTIFIED.search(value))


def _is_phone(value: str) -> bool:
    """The figures of the first number: as many as a telephone has, beginning as one does."""
    first = re.split(r"\s[-/;,]\s|[;,]", value)[0]
    figures = re.sub(r"[^0-9+]", "", first)
    national = re.sub(r"^(?:\+|00)39", "", figures)
    return figures[:1] == "+" or bool(re.fullmatch(_SHORT, national)) or _is_national(national)


def _is_national(figures: str) -> bool:
    return figures[:1] in ("0", "3", "8") and 5 <= len(figures) <= 11


CONTACTS = (
    Detector(
        name="pec",
        label_it="Posta elettronica certificata (PEC)",
        hints=words(r"pec", r"posta (?:elettronica )?certificata", r"email certificata", r"mail pec"),
        pattern=re.compile(_ADDRESSES),
        test=always,
        least=LIST,
        accepts=("protocollo@pec.comune.bari.it", "ufficio@comune.it"),
        refuses=("protocollo", "@comune.it", "a@b"),
    ),
    Detector(
        name="pec",
        label_it="Posta elettronica certificata (PEC)",
        hints=words(r"pec"),
        pattern=re.compile(_ADDRESSES),
        test=_is_certified,
        alone=1,
        accepts=("protocollo@pec.comune.bari.it", "a@cert.ente.it", "b@arubapec.it"),
        refuses=("ufficio@comune.bari.it", "pec@comune.it"),
    ),
    Detector(
        name="email",
        label_it="Indirizzo e-mail",
        hints=words(r"e ?mail\w*", r"mail", r"posta elettronica", r"contatt\w*"),
        pattern=re.compile(_ADDRESSES),
        test=always,
        least=LIST,
        alone=1,
        accepts=("ufficio@comune.bari.it", "a.b@c.it; d@e.it", "o'neil@ente.eu"),
        refuses=("ufficio", "ufficio@comune", "www.comune.it"),
    ),
    Detector(
        name="telefono",
        label_it="Numero di telefono",
        hints=words(
            r"tel\w*", r"fax", r"cell\w*", r"phone", r"recapit\w*", r"centralino", r"numero verde", r"contatt\w*"
        ),
        pattern=re.compile(rf"\s*(?:{_SHORT}|{_NUMBER}(?:\s*[;,/-]\s*{_NUMBER})*)\s*"),
        test=_is_phone,
        least=LIST,
        accepts=(
            "080 5772111",
            "+39 080 577 2111",
            "0039 333 1234567",
            "080/5772111 - 080/5772112",
            "800123456",
            "118",
            "3331234567",
        ),
        refuses=("123", "n.d.", "12/05/2023", "70121"),
    ),
    Detector(
        name="targa",
        label_it="Targa di veicolo",
        hints=words(r"targ[ah]\w*", r"veicolo", r"plate"),
        pattern=re.compile(rf"(?i){_PLATE_LETTERS}{{2}} ?-?[0-9]{{3}} ?-?{_PLATE_LETTERS}{{2}}"),
        test=always,
        alone=2,
        accepts=("AB123CD", "fx 456 lm"),
        refuses=("AB123C", "AI123CD", "A123BCD"),
    ),
    Detector(
        name="url",
        label_it="Indirizzo web",
        hints=words(r"url\w*", r"link\w*", r"sito\w*", r"web\w*", r"pagina", r"website", r"homepage"),
        pattern=re.compile(r"(?i)(?:https?|ftp)://\S+|www\.\S+\.\S+"),
        test=always,
        least=LIST,
        alone=1,
        accepts=("https://www.comune.bari.it/", "http://dati.puglia.it/x?y=1", "www.comune.bari.it"),
        refuses=("comune.bari.it", "https://", "non disponibile"),
    ),
    Detector(
        name="url",
        label_it="Indirizzo web",
        hints=words(r"url\w*", r"link\w*", r"sito ?\w*", r"web ?\w*", r"pagina", r"website", r"homepage"),
        pattern=re.compile(r"(?i)(?:(?:https?|ftp)://)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?"),
        test=always,
        least=LIST,
        accepts=("comune.bari.it", "comune.bari.it/servizi"),
        refuses=("comune", "non disponibile", "3.5"),
    ),
)
