"""A CKAN package as the fields that queries know: exact values, texts, dates.

The fields are those of CKAN's own schema: every extra by its own key (`tema:ENVI`), once more as a text
(`extras_tema`), and the keys that the extensions write at top level like extras, which is what they are in CKAN.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opentusk.kit.solr.moments import micros_of, read_written, write_moment

Values = Mapping[str, tuple[str, ...]]

# What one index term can hold; CKAN leaves longer values out of its index as well.
LONGEST_VALUE = 32_000

TEXTS = ("title", "notes", "text", "author", "maintainer", "res_name", "res_description")
EXTRA_TEXTS = ("extras_", "res_extras_")
MOMENTS = ("metadata_created", "metadata_modified")
SITE_ID = "default"

_STRINGS = (
    "id", "name", "url", "version", "author_email", "maintainer_email", "license_id", "license_title", "type", "state",
    "owner_org", "creator_user_id", "num_resources", "num_tags", "isopen",
)  # fmt: skip
_OF_RESOURCES = {"url": "res_url", "format": "res_format", "resource_type": "res_type"}
_RESOURCE_KEYS = frozenset({
    *_OF_RESOURCES, "name", "description", "id", "package_id", "position", "state", "created", "last_modified",
    "metadata_modified", "cache_url", "cache_last_updated", "mimetype", "mimetype_inner", "size", "hash", "url_type",
    "datastore_active",
})  # fmt: skip
_OWN_KEYS = frozenset({
    *_STRINGS, *MOMENTS, "title", "notes", "author", "maintainer", "private", "tags", "groups", "resources", "extras",
    "organization", "relationships_as_subject", "relationships_as_object", "opentusk", "license_url",
})  # fmt: skip


@dataclass(frozen=True)
class Fields:
    """What queries can ask of a package. `moments` are microseconds since 1970, UTC."""

    exact: Values
    texts: Values
    moments: Mapping[str, int]


def kind_of_text(field: str) -> bool:
    """Whether the values of a field are texts, found word by word."""
    return field in TEXTS or field.startswith(EXTRA_TEXTS)


def kind_of_moment(field: str) -> bool:
    """Whether the values of a field are moments."""
    return field in MOMENTS or (field.endswith("_date") and not kind_of_text(field))


def fields_of(package: Mapping[str, Any]) -> Fields:
    """Every field of a package, as the CKAN door shows it."""
    extras = dict(_extras(package))
    exact = {name: values for name, found in _exact(package, extras) if (values := _kept(name, found))}
    texts = {name: tuple(text for text in found if text) for name, found in _texts(package, extras)}
    texts["text"] = _everything(exact, texts)
    return Fields(
        exact=exact,
        texts={name: found for name, found in texts.items() if found},
        moments={name: _micros(str(package[name])) for name in MOMENTS if package.get(name)},
    )


def flat_of(package: Mapping[str, Any]) -> dict[str, Any]:
    """The package as the flat object that `fl` asks for: one value, or a list where the field has many."""
    found = fields_of(package)
    lists = {"tags", "groups", *_OF_RESOURCES.values(), "res_name", "res_description"}
    flat: dict[str, Any] = {}
    for name, values in {**found.texts, **found.exact}.items():
        flat[name] = list(values) if name in lists or len(values) > 1 else values[0]
    for name in ("title", "notes", "author", "maintainer", *MOMENTS):
        if package.get(name):
            flat[name] = f"{package[name]}Z" if name in MOMENTS else package[name]
    flat.pop("text", None)
    return flat


def _exact(package: Mapping[str, Any], extras: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Iterable[str]]]:
    yield from extras.items()
    for name in _STRINGS:
        yield name, _strings(package.get(name))
    private = bool(package.get("private"))
    yield "private", [str(private).lower()]
    yield "capacity", ["private" if private else "public"]
    yield "title_string", _strings(package.get("title"))
    yield "dataset_type", _strings(package.get("type"))
    yield "entity_type", ["package"]
    yield "site_id", [SITE_ID]
    yield "organization", _strings((package.get("organization") or {}).get("name"))
    yield "tags", [tag["name"] for tag in package.get("tags", ())]
    yield "groups", [group["name"] for group in package.get("groups", ())]
    for key, name in _OF_RESOURCES.items():
        yield name, [text for resource in package.get("resources", ()) for text in _strings(resource.get(key))]


def _texts(package: Mapping[str, Any], extras: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Iterable[str]]]:
    for name in ("title", "notes"):
        translated = package.get(f"{name}_translated")
        others = translated.values() if isinstance(translated, dict) else ()
        yield name, dict.fromkeys([*_strings(package.get(name)), *(text for text in others if isinstance(text, str))])
    for name in ("author", "maintainer"):
        yield name, _strings(package.get(name))
    resources = package.get("resources", ())
    for name in ("name", "description"):
        yield f"res_{name}", [text for resource in resources for text in _strings(resource.get(name))]
    for key, values in extras.items():
        yield f"extras_{key}", values
    others_of_resources: dict[str, list[str]] = {}
    for resource in resources:
        for key in resource.keys() - _RESOURCE_KEYS:
            others_of_resources.setdefault(f"res_extras_{key}", []).extend(_strings(resource[key]))
    yield from others_of_resources.items()


def _everything(exact: Values, texts: Values) -> tuple[str, ...]:
    """What a word without a field is looked for in."""
    words = [text for found in texts.values() for text in found]
    named = ("name", "url", "license_id", "license_title", "organization", "tags", "groups", "res_url", "res_format")
    return tuple(dict.fromkeys([*words, *(text for name in named for text in exact.get(name, ()))]))


def _extras(package: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the package says beyond CKAN's own keys; an extra never hides one of these."""
    for key in package.keys() - _OWN_KEYS:
        if values := tuple(_strings(package[key])):
            yield key, values
    for extra in package.get("extras") or ():
        if extra["key"] not in _OWN_KEYS and (values := tuple(_strings(extra["value"]))):
            yield extra["key"], values


def _kept(name: str, values: Iterable[str]) -> tuple[str, ...]:
    if kind_of_moment(name):
        moments = [moment for value in values if (moment := read_written(value))]
        return tuple(map(write_moment, moments))
    return tuple(dict.fromkeys(value for value in values if value and len(value.encode()) <= LONGEST_VALUE))


def _strings(value: object) -> list[str]:
    """The texts of a value: of a list each; of an object none, since no query could name it."""
    match value:
        case None | "" | dict():
            return []
        case bool():
            return [str(value).lower()]
        case list() | tuple():
            return [text for one in value for text in _strings(one)]
    return [str(value)]


def _micros(moment: str) -> int:
    found = read_written(moment)
    return 0 if found is None else micros_of(found)
