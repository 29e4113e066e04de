"""Texts of Decidim: HTML or plain, wrapped or not; the lists in them, and the labels of themes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from opentusk.kit.vocabularies import THEMES

_BULLET = re.compile(r"^\s*[*•\-–]\s+")
_PRODUCERS = re.compile(r"[\s;,.(]*\bproduttor[ie]\s*:\s*(?P<who>.*?)[\s;.)]*$", re.IGNORECASE | re.DOTALL)
_RUBY_VALUE = re.compile(r'"(?P<locale>[a-z-]{2,7})"\s*=>\s*"(?P<text>(?:[^"\\]|\\.)*)"')
_BLOCKS = frozenset({"p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})


@dataclass(frozen=True)
class ListedItem:
    """A line of a list: what is wanted, and who is said to have it."""

    title: str
    producers: str = ""


class _Reader(HTMLParser):
    """The text of some HTML, its list items apart; scripts and styles are no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.items: list[str] = []
        self._open_items = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"script", "style"}:
            self._silent += 1
        if tag in _BLOCKS:
            self.lines.append("")
        if tag == "li":
            self._open_items += 1
            self.items.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.lines.append("")
        if tag == "li":
            self._open_items = max(0, self._open_items - 1)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.lines[-1] += data
        if self._open_items:
            self.items[-1] += data


def is_html(text: str) -> bool:
    """Whether there are tags in it."""
    return bool(re.search(r"<(p|ul|ol|li|br|div|strong|em|a|h\d)\b[^>]*>", text, re.IGNORECASE))


def plain(text: str) -> str:
    """The words, one paragraph a line."""
    if not is_html(text):
        return text.strip()
    reader = _read(text)
    return "\n".join(line for line in (_squeezed(line) for line in reader.lines) if line)


def listed_items(text: str) -> list[ListedItem]:
    """The items of the list in a text: of its `<li>`, else of its bullets, else of its lines, else between semicolons.

    Lines that were wrapped belong to the item above; a semicolon before "produttori:" divides nothing.
    """
    if is_html(text):
        reader = _read(text)
        found = reader.items or [line for line in reader.lines if _squeezed(line)]
    else:
        found = _bulleted(text) or _lines(text)
    return [item for item in map(_item, found) if item.title]


def printed_labels(cell: str) -> tuple[str, ...]:
    """The names in a cell of taxonomies: a plain word, or hashes as Ruby prints them."""
    if "=>" in cell:
        found = [(match["locale"], match["text"]) for match in _RUBY_VALUE.finditer(cell)]
        italian = [text for locale, text in found if locale == "it"]
        return tuple(text.replace('\\"', '"') for text in italian or [text for _locale, text in found])
    return (cell.strip(),) if cell.strip() else ()


def theme_of(labels: Iterable[str]) -> str:
    """The European theme that one of the labels names, in Italian or English; nothing where none does."""
    for label in labels:
        if code := _CODES.get(normal(label)):
            return code
    return ""


def normal(text: str) -> str:
    """The words without case, accents and punctuation, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(kept.split())


_CODES = {normal(name): term.code for term in THEMES.terms if term.code != "OP_DATPRO" for name in (term.it, term.en)}


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


def _bulleted(text: str) -> list[str]:
    items: list[str] = []
    is_inside = False
    for line in text.splitlines():
        if _BULLET.match(line):
            items.append(_BULLET.sub("", line))
            is_inside = True
        elif not line.strip():
            is_inside = False
        elif is_inside:
            items[-1] += f" {line.strip()}"
    return items


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        return [line for line in lines if not line.endswith(":")]
    if not lines:
        return []
    return re.split(r";(?!\s*produttor[ie]\s*:)", lines[0], flags=re.IGNORECASE)


def _item(text: str) -> ListedItem:
    words = _squeezed(text)
    found = _PRODUCERS.search(words)
    title = (words[: found.start()] if found else words).strip(" ;,.")
    return ListedItem(title, _squeezed(found["who"]) if found else "")


def _squeezed(text: str) -> str:
    return " ".join(text.split())
