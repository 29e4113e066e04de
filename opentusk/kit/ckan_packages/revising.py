"""The language of `package_revise`: a package matched, filtered and updated by flattened paths.

A path is keys and places joined by two underscores: `resources__0__name`, `resources__-1`, and for a resource or an
extra also the beginning of its id or key (`resources__1492a`). `update__resources__extend` adds to a list.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from opentusk.kit.mapping.loose import read_json

Json = dict[str, Any]


class CannotRevise(Exception):
    """A path or a parameter that means nothing in this package: its name, and why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field)
        self.field, self.words = field, words


def read_instructions(given: Mapping[str, Any]) -> tuple[Json, list[str], list[tuple[str, Any]], list[str]]:
    """What must match, what to filter out (`-`) and keep (`+`), what to update, and what to answer with."""
    match: Json = {}
    updates: list[tuple[str, Any]] = []
    for key, value in given.items():
        if key == "match":
            match |= _object("match", value)
        elif key.startswith("match__"):
            match[key.removeprefix("match__")] = _unpacked(value)
        elif key == "update":
            updates += list(_object("update", value).items())
        elif key.startswith("update__"):
            updates.append((key.removeprefix("update__"), _unpacked(value) if _is_packed(value) else value))
    return match, _words(given.get("filter")), updates, _words(given.get("include"))


def mismatches(package: Json, match: Mapping[str, Any]) -> list[str]:
    """The keys of `match` that the package does not have in that way."""
    return [key for key, value in match.items() if not _matches(package, key, value)]


def revise(package: Json, filters: Iterable[str], updates: Iterable[tuple[str, Any]]) -> Json:
    """The package as it is asked to be. Raises CannotRevise."""
    found = deepcopy(package)
    kept: list[str] = []
    for word in filters:
        if word.startswith("+"):
            kept.append(word[1:])
        elif word.startswith("-"):
            found = _without(found, word[1:].split("__"), kept)
        else:
            raise CannotRevise("filter", "Filter must start with + or -")
    # Short paths first: a whole list is there before one of its members is changed.
    for path, value in sorted(updates, key=lambda update: update[0].count("__")):
        _put(found, path.split("__"), value, path)
    return found


def pick(package: Json, include: Iterable[str]) -> Json:
    """The parts of the answer that were asked for; all of it when nothing was."""
    paths = [word.lstrip("+").split("__") for word in include if not word.startswith("-")]
    if not paths:
        return package
    return {path[0]: package[path[0]] for path in paths if path[0] in package}


def place_of(items: list[Any], step: str) -> int | None:
    """The place of a member of a list that a step means: a number, or the beginning of its id or key."""
    if step.removeprefix("-").isdigit() and len(step) < 10:
        place = int(step)
        return place if -len(items) <= place < len(items) else None
    for place, one in enumerate(items):
        name = str(one.get("id") or one.get("key") or "") if isinstance(one, Mapping) else ""
        if len(step) >= 5 and name.startswith(step):
            return place
    return None


def _matches(package: Any, path: str, value: Any) -> bool:
    here: Any = package
    for step in path.split("__"):
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and (place := place_of(here, step)) is not None:
            here = here[place]
        else:
            return False
    return _is_part(value, here)


def _is_part(value: Any, here: Any) -> bool:
    if isinstance(value, Mapping) and isinstance(here, Mapping):
        return all(_is_part(part, here.get(key)) for key, part in value.items())
    return bool(value == here)


def _without(package: Json, path: list[str], kept: list[str]) -> Json:
    """The package without what a filter names; `*` is every key that was not kept before."""
    if path == ["*"]:
        tops = {word.partition("__")[0] for word in kept}
        return {key: value for key, value in package.items() if key in tops}
    _remove(package, path)
    return package


def _remove(here: Any, path: list[str]) -> None:
    step, rest = path[0], path[1:]
    if isinstance(here, list):
        places = range(len(here)) if step == "*" else [place_of(here, step)]
        if not rest:
            gone = {place % len(here) for place in places if place is not None} if here else set()
            here[:] = [one for place, one in enumerate(here) if place not in gone]
            return
        for place in places:
            if place is not None:
                _remove(here[place], rest)
    elif isinstance(here, dict) and step in here:
        if rest:
            _remove(here[step], rest)
        else:
            del here[step]


def _put(here: Any, path: list[str], value: Any, whole: str) -> None:
    step, rest = path[0], path[1:]
    if isinstance(here, dict):
        if rest:
            _put(here.setdefault(step, [] if rest == ["extend"] else {}), rest, value, whole)
        elif isinstance(here.get(step), dict) and isinstance(value, Mapping):
            here[step].update(value)
        else:
            here[step] = value
        return
    if not isinstance(here, list):
        raise CannotRevise(f"update__{whole}", "Path not found")
    if step == "extend":
        here.extend(value if isinstance(value, list) else [value])
        return
    place = place_of(here, step)
    if place is None:
        raise CannotRevise(f"update__{whole}", "Item not found in list")
    if rest:
        _put(here[place], rest, value, whole)
    elif isinstance(here[place], dict) and isinstance(value, Mapping):
        here[place].update(value)
    else:
        here[place] = value


def _is_packed(value: object) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] in ("{", "[")


def _unpacked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(value) if _is_packed(value) else value
    except ValueError:
        return value


def _object(field: str, value: Any) -> Json:
    found = _unpacked(value)
    if not isinstance(found, dict):
        raise CannotRevise(field, "Must be a dict")
    return found


def _words(value: Any) -> list[str]:
    found = _unpacked(value)
    if isinstance(found, str):
        found = [word.strip() for word in found.split(",") if word.strip()]
    return [str(word) for word in found] if isinstance(found, list) else []
