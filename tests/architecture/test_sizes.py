"""Proves that modules, functions and rooms stay small; an exception is named with its reason."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sizes

PACKAGE = Path(__file__).resolve().parents[2] / "opentusk"


def modules() -> Iterator[Path]:
    """Every module of the product, tests and migrations left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def test_no_module_is_longer_than_its_limit():
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text().splitlines()) for path in modules()}

    too_long = {name: length for name, length in lengths.items() if length > sizes.MODULE_LINES}

    assert too_long.keys() == sizes.LONG_MODULES.keys()


def test_no_function_is_longer_than_its_limit():
    too_long = {
        f"{path.relative_to(PACKAGE)}:{node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > sizes.FUNCTION_LINES
    }

    assert too_long == sizes.LONG_FUNCTIONS.keys()


def test_no_room_is_larger_than_its_limit():
    lines: Counter[str] = Counter()
    for path in modules():
        parts = path.relative_to(PACKAGE).parts
        # The workshop is measured by package, a package inside another on its own (kit/tables/formats).
        room = "/".join(parts[:-1]) if parts[0] == "kit" else parts[0]
        lines[room] += sum(1 for line in path.read_text().splitlines() if line.strip())

    too_large = {room for room, count in lines.items() if count > sizes.ROOM_LINES}

    assert too_large <= sizes.LARGE_ROOMS.keys()
