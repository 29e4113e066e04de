"""How the smaller things are called in CKAN: stable names and numbers for themes and keywords."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from opentusk.bodies.models import Agent
from opentusk.kit.mapping.loose import read_objects, read_string
from opentusk.kit.vocabularies import THEMES, Theme

# The part of an identifier after the code of its body.
_LOCAL = re.compile(r"[a-z0-9._-]{1,100}")


def groups() -> tuple[Theme, ...]:
    """The themes that are groups: all but the provisional one, in the order of their names."""
    return tuple(sorted((theme for theme in THEMES.terms if not theme.provisional), key=group_name))


def group_name(theme: Theme) -> str:
    """`envi`."""
    return theme.code.lower()


def group_id(theme: Theme) -> str:
    """A number made from the theme's IRI, the same on every portal."""
    return str(uuid5(NAMESPACE_URL, theme.iri))


def find_group(ref: str) -> Theme | None:
    """The theme that a name, a number, a code or an IRI means."""
    known = {key: theme for theme in groups() for key in (group_name(theme), group_id(theme), theme.iri)}
    return known.get(ref) or known.get(ref.lower())


def tag_id(word: str) -> str:
    """A number made from the keyword."""
    return str(uuid5(NAMESPACE_URL, f"urn:x-ckan:tag:{word}"))


def identifier_for(holder: Agent, given: Mapping[str, Any]) -> str:
    """`ipa:name`, or the identifier that the client gives when it is one of the body's own."""
    start = f"{holder.ipa_code}:"
    extras = {extra.get("key"): extra.get("value") for extra in read_objects(given.get("extras"))}
    own = read_string(given.get("identifier") or extras.get("identifier")).lower()
    if own.startswith(start) and _LOCAL.fullmatch(own.removeprefix(start)):
        return own
    name = str(given["name"])
    return start + (name.removeprefix(f"{holder.ipa_code}-") or name)
