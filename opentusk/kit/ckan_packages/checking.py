"""CKAN's own rules for a package and a resource, with CKAN's own words: what it would refuse is refused here too.

Errors have CKAN's shape: field → list of sentences, or, for nested things, a list with one object for each of them.
Whether a name is taken or a body exists is asked elsewhere.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from opentusk.kit.ckan_packages.echo import as_text
from opentusk.kit.ckan_packages.intent import is_empty, tag_names

Json = dict[str, Any]
Errors = dict[str, Any]

NAME_LENGTH = 100
VERSION_LENGTH = 100
_NAME = re.compile(r"[a-z0-9_-]*")
_RESERVED = frozenset({"new", "edit", "search"})
_TAG = re.compile(r"[\w \-.]*")
# As CKAN's: something, an @, something with a dot that neither begins nor ends.
_EMAIL = re.compile(r"[^\s@,;<>()\[\]\\]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+")
_TEXTS = ("title", "notes", "url", "author", "maintainer", "license_id", "type")
_TEXTS_OF_RESOURCE = ("name", "description", "format", "mimetype", "url", "hash", "resource_type")


def check_package(package: Mapping[str, Any]) -> Errors:
    """Everything that CKAN would say against a package."""
    errors = {
        "name": check_name(package.get("name")),
        **{key: _check_email(package.get(key)) for key in ("author_email", "maintainer_email")},
        "version": _check_length("Version", package.get("version"), VERSION_LENGTH),
        "tag_string" if package.get("tags") is None else "tags": _check_tags(package),
        "extras": _check_extras(package),
        "extras_validation": _check_repeated(package),
        "groups": _check_objects(package.get("groups")),
        "resources": _check_resources(package),
    }
    errors |= {key: ["Must be a Unicode string value"] for key in _TEXTS if isinstance(package.get(key), list)}
    return {key: found for key, found in errors.items() if found}


def check_resource(resource: Mapping[str, Any]) -> Errors:
    """Everything that CKAN would say against a resource."""
    errors: Errors = {
        "id": _check_uuid(resource.get("id")),
        "size": _check_size(resource.get("size")),
        **{key: _check_time(resource.get(key)) for key in ("last_modified", "cache_last_updated")},
    }
    nested = [key for key in _TEXTS_OF_RESOURCE if isinstance(resource.get(key), list)]
    errors |= {key: ["Must be a Unicode string value"] for key in nested}
    return {key: found for key, found in errors.items() if found}


def check_name(name: object) -> list[str]:
    """What is wrong with the name of a package."""
    if is_empty(name):
        return ["Missing value"]
    if not isinstance(name, str):
        return ["Names must be strings"]
    wrong = {
        "That name cannot be used": name in _RESERVED,
        "Must be at least 2 characters long": len(name) < 2,
        f"Name must be a maximum of {NAME_LENGTH} characters long": len(name) > NAME_LENGTH,
        "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_": not _NAME.fullmatch(name),
    }
    return [words for words, is_so in wrong.items() if is_so]


def with_text_extras(package: Mapping[str, Any]) -> Json:
    """The package with the values of its extras as texts: CKAN keeps nothing else there."""
    extras = package.get("extras")
    if not isinstance(extras, list):
        return dict(package)
    return {**package, "extras": [{**extra, "value": as_text(extra.get("value"))} for extra in extras]}


def _check_email(value: object) -> list[str]:
    if is_empty(value) or (isinstance(value, str) and _EMAIL.fullmatch(value)):
        return []
    return [f"Email {value} is not a valid format"]


def _check_length(what: str, value: object, limit: int) -> list[str]:
    too_long = isinstance(value, str) and len(value) > limit
    return [f"{what} must be a maximum of {limit} characters long"] if too_long else []


def _check_tags(package: Mapping[str, Any]) -> list[str]:
    tags = package.get("tags")
    if tags is not None and (not isinstance(tags, list) or not all(isinstance(tag, Mapping) for tag in tags)):
        return ["Only lists of dicts can be placed against subschema ('tags',) not <class 'str'>"]
    return [words for words in map(_check_tag, tag_names(package)) if words]


def _check_tag(word: object) -> str:
    if not isinstance(word, str) or not word:
        return "Missing value"
    if len(word) < 2:
        return f'Tag "{word}" length is less than minimum 2'
    if len(word) > NAME_LENGTH:
        return f'Tag "{word}" length is more than maximum {NAME_LENGTH}'
    if not _TAG.fullmatch(word):
        return (
            f'Tag "{word}" can only contain alphanumeric characters, spaces (" "), hyphens ("-"), '
            'underscores ("_") or dots (".")'
        )
    return ""


def _check_extras(package: Mapping[str, Any]) -> list[Any]:
    extras = package.get("extras")
    if extras is None:
        return []
    if not isinstance(extras, list) or not all(isinstance(extra, Mapping) for extra in extras):
        return ["Only lists of dicts can be placed against subschema ('extras',) not <class 'str'>"]
    found = [_missing(extra) for extra in extras]
    return found if any(found) else []


def _missing(extra: Mapping[str, Any]) -> Errors:
    named = isinstance(extra.get("key"), str) and extra["key"]
    errors: Errors = {} if named else {"key": ["Missing value"]}
    return errors if "value" in extra else {**errors, "value": ["Missing value"]}


def _check_repeated(package: Mapping[str, Any]) -> list[str]:
    extras = package.get("extras")
    keys = [extra.get("key") for extra in extras if isinstance(extra, Mapping)] if isinstance(extras, list) else []
    texts = [key for key in keys if isinstance(key, str)]
    return [f'Duplicate key "{key}"' for key in dict.fromkeys(texts) if texts.count(key) > 1]


def _check_objects(value: object) -> list[str]:
    is_good = is_empty(value) or (isinstance(value, list) and all(isinstance(one, Mapping) for one in value))
    return [] if is_good else ["Only lists of dicts can be placed against subschema"]


def _check_resources(package: Mapping[str, Any]) -> list[Any]:
    if wrong := _check_objects(package.get("resources")):
        return wrong
    found = [check_resource(resource) for resource in package.get("resources") or ()]
    return found if any(found) else []


def _check_uuid(value: object) -> list[str]:
    if is_empty(value):
        return []
    try:
        return [] if len(str(value)) == 36 and UUID(str(value)) else ["Invalid id provided"]
    except ValueError:
        return ["Invalid id provided"]


def _check_size(value: object) -> list[str]:
    if is_empty(value):
        return []
    text = str(value).removesuffix(".0")
    is_whole = not isinstance(value, bool) and text.isascii() and text.isdigit() and len(text) <= 18
    return [] if is_whole else ["Invalid integer"]


def _check_time(value: object) -> list[str]:
    if is_empty(value):
        return []
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return ["Date format incorrect"]
    return []
