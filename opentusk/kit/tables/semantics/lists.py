"""The lists that detectors compare with: territory, postal codes, bodies, licences, languages."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from opentusk.kit.vocabularies import LANGUAGES, LICENCES
from opentusk.kit.vocabularies.bodies import all_bodies
from opentusk.kit.vocabularies.spelling import spelling_key
from opentusk.kit.vocabularies.territory import all_municipalities, all_provinces, all_regions

_METROPOLITAN = (
    "001",
    "010",
    "015",
    "027",
    "037",
    "048",
    "058",
    "063",
    "072",
    "080",
    "082",
    "083",
    "087",
    "090",
    "092",
)
_FORMER_SIGLE = ("FO", "PS", "CI", "OG", "OT", "VS", "MD")  # Forlì, Pesaro, the Sardinian provinces of 2005–2016
_SAINT = re.compile(r"^(s\.?\s+|san\s+|santo\s+|santa\s+|sant['’]\s*|ss\.?\s+|santi\s+)", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:comune|citt(?:à|a')(?: metropolitana)?|(?:provincia|regione)(?: autonoma)?|libero consorzio(?: comunale)?)"
    r"\s+(?:d[ie]|del(?:la|l['’])?|dei|degli|delle|dello|d['’])?\s*",
    re.IGNORECASE,
)
_SIGLA_BEHIND = re.compile(r"\s*[(\[-]\s*[A-Za-z]{2}\s*[)\]]?\s*$")


def rows(name: str) -> Iterator[list[str]]:
    """The rows of one of our own tables, without its comments and its header."""
    text = files("opentusk.kit.tables.semantics").joinpath("tables", f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    for line in lines[1:]:
        yield line.split("\t")


@cache
def municipality_codes() -> frozenset[str]:
    """ISTAT codes of the municipalities of today and of the past."""
    return frozenset({place.istat for place in all_municipalities()} | {code for code, _name in rows("former_comune")})


@cache
def catastale_codes() -> frozenset[str]:
    """Codici catastali of the municipalities of today, where they are known."""
    return frozenset(place.catastale for place in all_municipalities() if place.catastale)


@cache
def province_codes() -> frozenset[str]:
    """ISTAT codes of provinces, and of metropolitan cities as supra-municipal units (province + 200)."""
    return frozenset({place.istat for place in all_provinces()} | {f"{int(code) + 200}" for code in _METROPOLITAN})


@cache
def region_codes() -> frozenset[str]:
    """ISTAT codes of the regions."""
    return frozenset(place.istat for place in all_regions())


@cache
def sigle() -> frozenset[str]:
    """Sigle of the provinces of today and of the last fifty years."""
    return frozenset({place.sigla for place in all_provinces()} | set(_FORMER_SIGLE))


@cache
def postal_codes() -> frozenset[str]:
    """Every CAP in use."""
    return frozenset(f"{code:05}" for first, last, _where in rows("cap") for code in range(int(first), int(last) + 1))


@cache
def body_codes() -> frozenset[str]:
    """IPA codes, lower case."""
    return frozenset(body.code for body in all_bodies())


def is_municipality(text: str) -> bool:
    """Whether a text is the name of a municipality: accents, apostrophes, `S.`, both languages, one slip of the pen."""
    keys = list(_name_keys(text))
    known = _municipality_keys()
    return any(key in known for key in keys) or any(_is_near(key) for key in keys if len(key) > 7)


def is_province(text: str) -> bool:
    """Whether a text is the name of a province."""
    return any(key in _province_keys() for key in _name_keys(text))


def is_region(text: str) -> bool:
    """Whether a text is the name of a region."""
    return any(key in _region_keys() for key in _name_keys(text))


def is_licence(text: str) -> bool:
    """Whether a text names a licence."""
    return LICENCES.find(text) is not None


def is_language(text: str) -> bool:
    """Whether a text names a language, or is its code."""
    return LANGUAGES.find(text) is not None


def _name_keys(text: str) -> Iterator[str]:
    """The spellings under which a place may be known: whole, without its sigla, without `Comune di`."""
    plain = _SIGLA_BEHIND.sub("", text)
    for name in dict.fromkeys((text, plain, _OFFICE.sub("", plain))):
        yield _place_key(name)
        if "/" in name:
            yield from (_place_key(part) for part in name.split("/"))


def _place_key(name: str) -> str:
    """Saints are one: `S. Vito`, `San Vito` and `Sant'Agata` are filed without their title."""
    return spelling_key(_SAINT.sub("s ", name.strip()))


@cache
def _municipality_keys() -> frozenset[str]:
    names = {name for place in all_municipalities() for name in (place.name, place.name_de) if name}
    return _keys_of(names | {name for _code, name in rows("former_comune")})


@cache
def _province_keys() -> frozenset[str]:
    others = {
        "Forlì",
        "Pesaro",
        "Pesaro Urbino",
        "Massa",
        "Reggio Calabria",
        "Reggio Emilia",
        "Monza Brianza",
        "Verbania",
    }
    more = {"Monza", "Bolzano Bozen", "Aosta", "Valle d'Aosta", "BAT", "Verbano Cusio Ossola", "Barletta Andria Trani"}
    return _keys_of({place.name for place in all_provinces()} | others | more)


@cache
def _region_keys() -> frozenset[str]:
    others = {"Emilia Romagna", "Friuli", "Trentino", "Trentino Alto Adige", "Valle d'Aosta", "Friuli Venezia Giulia"}
    return _keys_of({place.name for place in all_regions()} | others)


def _keys_of(names: set[str]) -> frozenset[str]:
    return frozenset(_place_key(part) for name in names for part in (name, *name.split("/")))


def _is_near(key: str) -> bool:
    """Whether one letter more, less or other makes it the name of a municipality."""
    index = _municipality_deletions()
    return key in index or any(cut in index or cut in _municipality_keys() for cut in _deletions(key))


@cache
def _municipality_deletions() -> frozenset[str]:
    return frozenset(cut for key in _municipality_keys() if len(key) > 7 for cut in _deletions(key))


def _deletions(key: str) -> list[str]:
    return [key[:at] + key[at + 1 :] for at in range(len(key))]
