"""Proves that each of the 28 invariants of participation has tests by its number, and that the page lists them all."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = range(1, 29)
_TEST = re.compile(r"^def (test_invariant_(\d\d)_\w+)", re.MULTILINE)
_ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def names_by_number() -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for path in (*ROOT.glob("opentusk/**/tests/test_*.py"), *ROOT.glob("tests/**/test_*.py")):
        for name, number in _TEST.findall(path.read_text()):
            found[int(number)].add(name)
    return found


def test_every_invariant_has_a_test_by_its_number():
    assert sorted(names_by_number()) == list(NUMBERS)


def test_the_page_of_the_invariants_names_every_test_of_each():
    page = (ROOT / "docs/reference/invariants.md").read_text()

    listed = {int(number): set(re.findall(r"`(\w+)`", tests)) for number, _words, tests in _ROW.findall(page)}

    assert listed == names_by_number()
