"""Finds values in ISO 19139 trees: the standard puts three nodes where others have one, and texts in many shapes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree  # type: ignore[import-untyped]

from opentusk.kit.errors import Unreadable
from opentusk.kit.rdf.guard import decode_document, plain_xml

GMD = "{http://www.isotc211.org/2005/gmd}"
_FREE_TEXT = f"{GMD}PT_FreeText"
_HREF = "{http://www.w3.org/1999/xlink}href"


def parse_xml(content: bytes) -> Element:
    """The root of a document of somebody else's. Raises Unreadable for what is no XML, or hostile."""
    text, _is_guessed = decode_document(content)
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise Unreadable("reading.html_page")
    if not text.lstrip().startswith("<"):
        raise Unreadable("iso.not_xml", text.strip()[:80])
    try:
        root: Element = ElementTree.fromstring(plain_xml(text), forbid_dtd=True)
    except (ElementTree.ParseError, ValueError) as fault:
        raise Unreadable("reading.syntax", str(fault)) from fault
    return root


def local_name(node: Element) -> str:
    """The name of a node without its namespace."""
    return str(node.tag).rpartition("}")[2]


def find_all(node: Element, path: str) -> Iterator[Element]:
    """The nodes on a path of local names (`citation/CI_Citation/title`), whatever their namespaces."""
    first, _, rest = path.partition("/")
    for child in node:
        if local_name(child) == first:
            if rest:
                yield from find_all(child, rest)
            else:
                yield child


def find_deep(node: Element, name: str) -> Iterator[Element]:
    """Every node of this local name below a node."""
    return (child for child in node.iter() if local_name(child) == name)


def text_of(node: Element | None) -> str:
    """What a property says: its text or, of a code list, the code. "" for an empty or absent one."""
    if node is None:
        return ""
    value = next((child for child in node if child.tag != _FREE_TEXT), None)
    if value is None:
        return _squeezed(node.text or "")
    return _squeezed("".join(value.itertext())) or value.get("codeListValue", "").strip()


def code_of(node: Element | None) -> str:
    """The code of a code list, which counts more than the words beside it."""
    value = next(iter(node), None) if node is not None else None
    return (value.get("codeListValue") or "".join(value.itertext())).strip() if value is not None else ""


def link_of(node: Element | None) -> str:
    """The address behind a text (`gmx:Anchor`); "" when it has none."""
    value = next(iter(node), None) if node is not None else None
    return value.get(_HREF, "").strip() if value is not None else ""


def first_text(node: Element, path: str) -> str:
    """The first text on a path."""
    return next((text for found in find_all(node, path) if (text := text_of(found))), "")


def texts_in(node: Element | None, language: str) -> dict[str, str]:
    """A text by language: the plain one in the record's, the localised ones (`PT_FreeText`) in theirs."""
    if node is None:
        return {}
    plain = text_of(node)
    texts = {language: plain} if plain else {}
    for found in find_deep(node, "LocalisedCharacterString"):
        tag = found.get("locale", "").removeprefix("#").removeprefix("locale-").lower()
        said = _squeezed("".join(found.itertext()))
        if said and 2 <= len(tag) <= 3:
            texts.setdefault(tag[:2], said)
    return texts


def _squeezed(text: str) -> str:
    """The text without the indentation of the document it stood in; its own paragraphs stay."""
    return "\n".join(line.strip() for line in text.strip().splitlines()).strip()
