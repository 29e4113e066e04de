"""Detectors of codes that identify a person, a body, a contract, a thing."""

import re

from opentusk.kit.tables.semantics.checks import is_aic, is_cig, is_codice_fiscale, is_iban, is_partita_iva
from opentusk.kit.tables.semantics.detector import LIST, Detector, always, words
from opentusk.kit.tables.semantics.lists import body_codes, catastale_codes, sigle

_FISCAL = words(r"codic[ei] fiscal[ei]", r"cod fisc\w*", r"cf", r"c f", r"cod ?fis\w*", r"codicefiscale\w*")
_PERSON = r"(?i)[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"
_SCHOOL_KINDS = re.compile(r"[A-Z]{2}|1[AEM]")
_CPV_DIVISIONS = {3, 9, *range(14, 17), 18, 19, 22, 24, *range(30, 36), *range(37, 40), *range(41, 46), 48, 50, 51, 55,
                  60, 63, 64, 65, 66, 70, 71, 72, 73, 75, 76, 77, 79, 80, 85, 90, 92, 98}  # fmt: skip
_NO_ATECO = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}


def _of_a_person(value: str) -> bool:
    return is_codice_fiscale(value.upper())


def _of_a_body(value: str) -> bool:
    return is_partita_iva(value.upper().removeprefix("IT").strip())


def _of_either(value: str) -> bool:
    return _of_a_person(value) or _of_a_body(value)


def _is_iban(value: str) -> bool:
    return is_iban(value.replace(" ", "").upper())


def _is_cig(value: str) -> bool:
    return is_cig(value.upper())


def _is_body_code(value: str) -> bool:
    return value.lower() in body_codes()


def _is_catastale(value: str) -> bool:
    return value.upper() in catastale_codes()


def _is_school(value: str) -> bool:
    return value[:2].upper() in sigle() and bool(_SCHOOL_KINDS.fullmatch(value[2:4].upper()))


def _is_cpv(value: str) -> bool:
    return int(value[:2]) in _CPV_DIVISIONS


def _is_ateco(value: str) -> bool:
    division = int(value.lstrip("ABCDEFGHIJKLMNOPQRSTUV .")[:2])
    return division > 0 and division not in _NO_ATECO


IDENTIFIERS = (
    Detector(
        name="codice_fiscale",
        label_it="Codice fiscale di persona",
        hints=_FISCAL,
        pattern=re.compile(_PERSON),
        test=_of_a_person,
        alone=1,
        is_personal=True,
        accepts=("RSSMRA85T10A562S", "rssmra85t10a562s", "RSSMRA85T10A56NH"),
        refuses=("RSSMRA85T10A562T", "RSSMRA85Z10A562S", "RSSMRA85T10A562", "12345678901"),
    ),
    Detector(
        name="partita_iva",
        label_it="Partita IVA",
        hints=words(r"part(?:ita)? iva", r"p ?iva", r"partitaiva\w*", r"vat", r"iva"),
        pattern=re.compile(r"(?i)(?:IT ?)?[0-9]{11}"),
        test=_of_a_body,
        alone=3,
        accepts=("00743110157", "IT00743110157", "01199250158"),
        refuses=("00743110158", "12345678901", "0074311015", "00000000000"),
    ),
    Detector(
        name="codice_fiscale_ente",
        label_it="Codice fiscale di ente",
        hints=_FISCAL,
        pattern=re.compile(r"[0-9]{11}"),
        test=_of_a_body,
        alone=3,
        accepts=("80017210727", "01199250158"),
        refuses=("80017210728", "8001721072", "RSSMRA85T10A562S"),
    ),
    Detector(
        name="codice_fiscale_misto",
        label_it="Codice fiscale di persone e di enti",
        hints=_FISCAL,
        pattern=re.compile(rf"{_PERSON}|[0-9]{{11}}"),
        test=_of_either,
        alone=3,
        is_personal=True,
        accepts=("RSSMRA85T10A562S", "80017210727"),
        refuses=("RSSMRA85T10A562T", "80017210728"),
    ),
    Detector(
        name="cig",
        label_it="Codice identificativo di gara (CIG)",
        hints=words(r"cig", r"codice identificativo (?:di )?gara", r"smart ?cig", r"codicecig"),
        pattern=re.compile(r"(?i)[0-9]{7}[0-9A-F]{3}|[XYZA-U][0-9A-F]{9}"),
        test=_is_cig,
        alone=2,
        accepts=("95156957EC", "918052266A", "Z1E31EB332", "B059EA242B", "A00465395C"),
        refuses=("95156957ED", "0000000000", "Z1F31EB332", "B059EA242C", "95156957E"),
    ),
    Detector(
        name="cup",
        label_it="Codice unico di progetto (CUP)",
        hints=words(r"cup", r"codice unico (?:di )?progetto", r"codicecup"),
        pattern=re.compile(r"(?i)[A-Z][0-9]{2}[A-Z][0-9]{11}"),
        test=always,
        alone=1,
        accepts=("I98I21000110001", "E13C22001800001"),
        refuses=("I98I2100011000", "198I21000110001", "I98I2100011000A"),
    ),
    Detector(
        name="iban",
        label_it="IBAN",
        hints=words(r"iban", r"conto corrente", r"coordinate bancarie", r"c c"),
        pattern=re.compile(r"(?i)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}"),
        test=_is_iban,
        alone=1,
        accepts=("IT60X0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456"),
        refuses=("IT61X0542811101000000123456", "IT60X054281110100000012345"),
    ),
    Detector(
        name="codice_ipa",
        label_it="Codice IPA dell'ente",
        hints=words(r"ipa", r"cod(?:ice)? (?:ipa|amm\w*)", r"codiceipa", r"cod amm"),
        pattern=re.compile(r"(?i)[a-z0-9_-]{2,20}"),
        test=_is_body_code,
        alone=3,
        accepts=("c_a662", "C_A662", "r_puglia"),
        refuses=("c_a000", "c a662", "puglia"),
    ),
    Detector(
        name="codice_univoco_ufficio",
        label_it="Codice univoco ufficio",
        hints=words(
            r"univoco", r"cod(?:ice)? uni\w* ?(?:ou|ufficio)?", r"cuf", r"codice ufficio", r"codice destinatario"
        ),
        pattern=re.compile(r"(?i)[A-Z0-9]{6}"),
        test=always,
        accepts=("UFQ0AB", "UF8B4Z"),
        refuses=("UFQ0A", "UFQ0AB1", "UFQ-AB"),
    ),
    Detector(
        name="codice_catastale",
        label_it="Codice catastale del comune",
        hints=words(r"catast\w*", r"belfiore", r"cod(?:ice)? cat\w*"),
        pattern=re.compile(r"(?i)[A-Z][0-9]{3}"),
        test=always,
        least=LIST,
        accepts=("A662", "h501", "Z404"),
        refuses=("A66", "6621", "AA62"),
    ),
    Detector(
        name="codice_catastale",
        label_it="Codice catastale del comune",
        hints=words(r"catast\w*", r"belfiore", r"codice comune", r"cod comune"),
        pattern=re.compile(r"(?i)[A-M][0-9]{3}"),
        test=_is_catastale,
        least=LIST,
        alone=4,
        accepts=("A662", "e630"),
        refuses=("A000", "Z404"),
    ),
    Detector(
        name="codice_scuola",
        label_it="Codice meccanografico della scuola",
        hints=words(
            r"meccanografico", r"cod(?:ice)? (?:mecc\w*|scuola|istituto|plesso)", r"codicescuola", r"codiceistituto\w*"
        ),
        pattern=re.compile(r"(?i)[A-Z]{2}(?:[A-Z]{2}|1[AEM])[0-9]{2}[0-9A-Z][0-9A-Z]{2}[0-9A-Z]"),
        test=_is_school,
        alone=1,
        accepts=("BAIC80800X", "BA1A00100X", "BAMM80801Q", "NATD01500T"),
        refuses=("XXIC80800X", "BAIC8080X", "BAIC80800XX", "RSSMRA85T1"),
    ),
    Detector(
        name="cpv",
        label_it="Codice CPV (vocabolario degli appalti)",
        hints=words(r"cpv"),
        pattern=re.compile(r"[0-9]{8}-[0-9]"),
        test=_is_cpv,
        alone=1,
        accepts=("45111230-9", "71315400-3", "03000000-1"),
        refuses=("4511123-9", "00111230-9", "45111230"),
    ),
    Detector(
        name="cpv",
        label_it="Codice CPV (vocabolario degli appalti)",
        hints=words(r"cpv"),
        pattern=re.compile(r"[0-9]{8}(?:-[0-9])?"),
        test=_is_cpv,
        accepts=("45111230-9", "45111230"),
        refuses=("00111230", "4511123"),
    ),
    Detector(
        name="ateco",
        label_it="Codice ATECO dell'attività economica",
        hints=words(r"ateco\w*", r"nace", r"cod(?:ice)? attivita(?: economica)?"),
        pattern=re.compile(r"[A-V]?[ .]?[0-9]{2}(?:\.?[0-9]{1,2}(?:\.?[0-9]{1,2})?)?"),
        test=_is_ateco,
        least=LIST,
        accepts=("56.10.11", "01.11.10", "47.11", "62", "I.56.10", "561011"),
        refuses=("04.10", "5", "56.10.11.1", "bar"),
    ),
    Detector(
        name="codice_aic",
        label_it="Codice AIC del medicinale",
        hints=words(r"aic", r"codice farmaco", r"minsan"),
        pattern=re.compile(r"A?[0-9]{9}"),
        test=lambda value: is_aic(value.removeprefix("A")),
        accepts=("000307052", "A000307052"),
        refuses=("000307053", "00030705"),
    ),
    Detector(
        name="siope",
        label_it="Codice SIOPE (piano dei conti)",
        hints=words(r"siope", r"piano (?:dei )?conti(?: integrato)?", r"cod(?:ice)? gestionale", r"codice economico"),
        pattern=re.compile(r"[EU]?\.?[1-9](?:\.?[0-9]{2}){1,4}(?:\.?[0-9]{3})?|[0-9]{4}"),
        test=always,
        least=LIST,
        accepts=("U.1.03.02.09.008", "1.03.02.09.008", "1101", "1030209008", "E.3.05"),
        refuses=("U", "spese", "0.03.02"),
    ),
)
