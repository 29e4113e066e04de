"""Addresses of the web and of people: URLs, IRIs, e-mails, phones."""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from opentusk.kit.values.repaired import Repaired

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_HOST_LIKE = re.compile(r"^(www\.|[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}([:/?#]|$))")
_HOST = re.compile(r"^(\[[0-9a-fA-F:]*:[0-9a-fA-F:.]*\]|[\w.~-]+)(:\d{0,5})?$")
# Bounded as RFC 5321 bounds them, so that a long text without an address costs no more than its length.
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}"
)
_AT = re.compile(r"\s*[\[(]\s*(?:at|chiocciola|©)\s*[\])]\s*|\s*©\s*", re.IGNORECASE)
# Reserved and unreserved characters of RFC 3986, and the percent sign of what is encoded already.
_SAFE = "!#$&'()*+,/:;=?@[]~%-._"
_SAFE_PATH = "!$&'()*+,/:;=@~%-._"
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PHONE = re.compile(r"[^\d+]")
_CURIE = re.compile(r"^(dct|dcterms|vcard|foaf|dcat|dcatapit|skos|rdf|rdfs|owl|adms|xsd):\w+$")


def repair_url(text: str) -> Repaired:
    """An absolute http(s) address, percent-encoded once. Any other scheme, or no host, is None with a code."""
    given = _HIDDEN.sub("", text).strip().strip("<>\"'").strip()
    if not given:
        return Repaired(None, None if text == "" else "value.blank")
    given = given.replace("\\", "/")
    if not _SCHEME.match(given) or re.match(r"^[\w.-]+:\d+(/|$)", given):
        if not _HOST_LIKE.match(given):
            return Repaired(None, "value.url_unusable")
        given = f"http://{given}"
    scheme = _SCHEME.match(given)
    if scheme is None or scheme[1].lower() not in {"http", "https"}:
        return Repaired(None, "value.url_unusable")
    found = _encode(re.sub(r"^(https?):/*", lambda start: f"{start[1].lower()}://", given, flags=re.IGNORECASE))
    if found is None:
        return Repaired(None, "value.url_unusable")
    return Repaired(found, None if found == text else "value.url_rewritten")


def repair_iri(text: str) -> Repaired:
    """An absolute IRI that every RDF writer takes: blanks and quotes encoded, empty and prefixed names refused."""
    given = _HIDDEN.sub("", text).strip().strip("<>\"'").strip()
    if not given:
        return Repaired(None, None if text == "" else "value.blank")
    scheme = _SCHEME.match(given)
    if scheme is None or _CURIE.match(given):
        return Repaired(None, "value.iri_unusable")
    if scheme[1].lower() in {"http", "https"}:
        return _as_iri(repair_url(given), text)
    encoded = _quote(given, _SAFE)
    return Repaired(encoded, None if encoded == text else "value.iri_rewritten")


def _as_iri(url: Repaired, text: str) -> Repaired:
    if url.value is None:
        return Repaired(None, "value.iri_unusable")
    return Repaired(url.value, None if url.value == text else "value.iri_rewritten")


def repair_email(text: str) -> Repaired:
    """One bare address in lower-case domain; of several the first. None when there is none."""
    if not text.strip():
        return Repaired(None, None if text == "" else "value.blank")
    plain = _AT.sub("@", _HIDDEN.sub("", text))
    plain = re.sub(r"\s*@\s*", "@", re.sub(r"^\s*mailto:", "", plain, flags=re.IGNORECASE))
    addresses = _EMAIL.findall(plain) if "@" in plain else []
    if not addresses:
        return Repaired(None, "value.email_unusable")
    local, _at, domain = addresses[0].strip(".").rpartition("@")
    found = f"{local}@{domain.lower()}"
    if len(addresses) > 1:
        return Repaired(found, "value.email_first_of_several")
    return Repaired(found, None if found == text else "value.email_rewritten")


def repair_phone(text: str) -> Repaired:
    """A phone number as figures with an optional `+`; of several the first. None below five figures."""
    first = re.split(r"[;,]|\s/\s|\bo\b", text.strip().removeprefix("tel:"))[0]
    figures = _PHONE.sub("", unicodedata.normalize("NFKC", first))
    found = ("+" if figures.startswith("+") else "") + figures.replace("+", "")
    if len(found.lstrip("+")) < 5:
        return Repaired(None, None if text == "" else "value.phone_unusable")
    return Repaired(found, None if found == text else "value.phone_rewritten")


def _encode(address: str) -> str | None:
    """The address with its host in ASCII and everything else percent-encoded, once; None when it has no host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = _host(parts.netloc.rpartition("@")[2])
    if host is None:
        return None
    path = _quote(parts.path, _SAFE_PATH)
    return urlunsplit(
        (parts.scheme, host, path, _quote(parts.query, _SAFE_PATH + "?"), _quote(parts.fragment, _SAFE_PATH + "?"))
    )


def _host(netloc: str) -> str | None:
    if not _HOST.match(netloc):
        return None
    name, colon, port = (netloc, "", "") if netloc.startswith("[") and netloc.endswith("]") else netloc.rpartition(":")
    if not colon:
        name, port = netloc, ""
    try:
        plain = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return None
    plain = plain.rstrip(".").lower()
    if not plain or (port and int(port) > 65535):
        return None
    return f"{plain}:{port}" if port else plain


def _quote(text: str, safe: str) -> str:
    """Percent-encode what must be, keep what is encoded already, and write its figures in capitals."""
    protected = _BAD_PERCENT.sub("%25", text)
    encoded = quote(protected.encode("utf-8", "replace"), safe=safe)
    return re.sub(r"%[0-9a-fA-F]{2}", lambda sign: sign[0].upper(), encoded)
