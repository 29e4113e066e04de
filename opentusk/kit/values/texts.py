"""Texts for people: plain, without markup, hidden characters and stray blanks."""

import html
import re
import unicodedata
from html.parser import HTMLParser

from opentusk.kit.values.repaired import Repaired

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile("[^\\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_SILENT = {"script", "style", "head", "template"}
_BREAKING = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section"}


def repair_text(text: str) -> Repaired:
    """Plain text: markup, scripts, entities, control and zero-width characters gone, blanks made regular.

    Line breaks stay. `<` and `&` that are no markup stay too: only real tags and entities are read as such.
    """
    plain = text
    for _round in range(3):
        # Exports escape what was escaped already (`&amp;lt;p&amp;gt;`), so a second look may still find markup.
        if not _TAG.search(plain) and html.unescape(plain) == plain:
            break
        plain = _without_markup(plain)
    plain = "".join(" " if _is_control(character) else character for character in plain)
    plain = _HIDDEN.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_BLANKS.sub(" ", line).strip() for line in plain.split("\n"))
    plain = _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
    plain = unicodedata.normalize("NFC", plain)
    if plain == text:
        return Repaired(text or None)
    had_markup = bool(_TAG.search(text)) or html.unescape(text) != text
    return Repaired(plain or None, "value.markup_removed" if had_markup else "value.blanks_removed")


def _without_markup(text: str) -> str:
    reader = _TextOnly()
    reader.feed(_without_comments(text))
    reader.close()
    return "".join(reader.parts)


def _without_comments(text: str) -> str:
    """The text without comments and declarations: the standard parser takes quadratic time over unfinished ones."""
    for opening, closing in (("<!--", "-->"), ("<![", "]>"), ("<!", ">"), ("<?", ">")):
        kept = []
        before, *others = text.split(opening)
        kept.append(before)
        for other in others:
            _inside, found, after = other.partition(closing)
            kept.append(after if found else other)
        text = "".join(kept)
    return text


def _is_control(character: str) -> bool:
    if character in "\n\r":
        return False
    # Surrogates and non-characters cannot be written in any RDF syntax.
    return unicodedata.category(character) in {"Cc", "Cs"} or ord(character) & 0xFFFE == 0xFFFE


class _TextOnly(HTMLParser):
    """Keeps what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
