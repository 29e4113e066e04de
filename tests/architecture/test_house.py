"""Proves what the import linter cannot see: the plan is true, doors do not write, everything is documented."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from opentusk.kit.sentences import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "opentusk"
WRITES = {"save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def rooms() -> list[str]:
    return sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())


def test_every_room_is_in_the_plan_and_nothing_else():
    plan = re.findall(r"^\| [\w ]+ \| `(\w+)` \|", (ROOT / "ARCHITECTURE.md").read_text(), re.MULTILINE)

    assert sorted(plan) == rooms()


@pytest.mark.parametrize("room", rooms())
def test_every_room_says_what_it_is_for(room):
    docstring = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text()))

    assert docstring and len(docstring) > 60


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*/views*.py")) + sorted(PACKAGE.glob("*/api*.py")), ids=str)
def test_doors_never_write(path):
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and "objects" in ast.unparse(node.func.value)
    }

    assert not calls & WRITES


# path -> why its lock must keep away even those who point at the row
_WHOLE_LOCKS = {
    "files/actions/sweeping.py": "a stored file that goes must not get a version meanwhile: its bytes go with it",
}


def test_locks_leave_the_key_free_so_that_nobody_waits_for_them_with_the_journals_pen():
    """A plain FOR UPDATE stops whoever writes a row that points here; holding the journal, both wait for ever."""
    plain = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and "no_key=True" not in ast.unparse(node)
    }

    assert plain == _WHOLE_LOCKS.keys()


def test_every_model_and_field_has_an_italian_name():
    nameless = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("opentusk")
        for field in model._meta.local_fields
        if not field.auto_created and field._verbose_name is None
    ]

    assert nameless == []


def test_every_setting_read_from_the_environment_is_documented():
    source = (PACKAGE / "config" / "settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"(\w+)"', source))
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text()

    assert {name for name in names if f"`{name}`" not in documented} == set()


def test_every_event_is_documented():
    documented = (ROOT / "docs" / "reference" / "events.md").read_text()
    codes = set()
    for path in PACKAGE.glob("*/events.py"):
        codes |= set(re.findall(r'= "(\w+\.\w+)"', path.read_text()))

    assert {code for code in codes if f"`{code}`" not in documented} == set()


def test_every_reaction_and_scheduled_task_can_be_imported():
    from django.utils.module_loading import import_string

    for row in (*import_string(settings.REACTIONS), *import_string(settings.SCHEDULE)):
        assert callable(import_string(row.task))


def test_no_file_names_a_package_registry():
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "npmjs" + ".org")
    listed = [ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json", ".npmrc")]

    assert [path.name for path in listed if path.exists() and any(host in path.read_text() for host in hosts)] == []


def test_every_problem_code_has_its_sentence():
    used = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" not in path.parts:
            used |= set(re.findall(r'code="([\w.]+)"', path.read_text()))

    assert {code for code in used if "." in code and code not in SENTENCES} == set()


def test_every_sentence_is_said_in_both_languages_with_the_same_values():
    def values(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert {code for code, said in SENTENCES.items() if not (said.it and said.en)} == set()
    assert {code for code, said in SENTENCES.items() if values(said.it) != values(said.en)} == set()
