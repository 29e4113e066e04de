"""Every sentence of the interface that must exist in English, found in the sources of all rooms.

Python is read as syntax and templates as Django compiles them, so nothing is guessed and GNU gettext is not needed.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.template import Template
from django.template.base import Node, NodeList
from django.template.library import SimpleBlockNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

# A sentence, or its singular and plural: the key of Babel's catalogues.
Message = str | tuple[str, str]

_SINGULAR = {"_", "gettext", "gettext_lazy"}
_PLURAL = {"ngettext", "ngettext_lazy"}


def messages_under(folder: Path) -> dict[Message, list[str]]:
    """Each message with the files that use it, relative to the folder's parent."""
    found: dict[Message, list[str]] = {}
    templates = [*folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]
    for path in [*sorted(folder.rglob("*.py")), *sorted(templates)]:
        if {"tests", "migrations"} & set(path.parts):
            continue
        text = path.read_text()
        for message in _in_python(text) if path.suffix == ".py" else _in_template(text):
            found.setdefault(message, []).append(str(path.relative_to(folder.parent)))
    return found


def _in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        words = [value.value for value in node.args if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        if node.func.id in _SINGULAR and words:
            yield words[0]
        elif node.func.id in _PLURAL and len(words) > 1:
            yield words[0], words[1]


def _in_template(text: str) -> Iterator[Message]:
    nodes = Template(text).nodelist
    for node in _nodes(nodes, TranslateNode):
        yield str(node.filter_expression.var.literal)  # type: ignore[attr-defined]
    for node in _nodes(nodes, BlockTranslateNode):
        yield _block(node)


def _nodes(nodes: NodeList, kind: type[Node]) -> Iterator[Node]:
    """The nodes of a kind, those inside a simple block tag too: Django 5.2 says of these that they have no children."""
    yield from nodes.get_nodes_by_type(kind)
    for block in nodes.get_nodes_by_type(SimpleBlockNode):
        yield from _nodes(block.nodelist, kind)  # type: ignore[attr-defined]


def _block(node: Node) -> Message:
    singular, _names = node.render_token_list(node.singular)  # type: ignore[attr-defined]
    if not node.plural:  # type: ignore[attr-defined]
        return str(singular)
    plural, _names = node.render_token_list(node.plural)  # type: ignore[attr-defined]
    return str(singular), str(plural)
