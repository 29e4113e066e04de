"""What a client changed in a package or a resource, told as a package that says it once.

`given` is what came, `shown` what the client was shown before, `raw` how the record itself is written. Of spellings
of one thing that no longer agree the changed one counts; a key that came back as it was shown means what the record
says, whatever way the portal shows it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from opentusk.kit.mapping.loose import read_objects, read_string

Json = dict[str, Any]

# Keys that say the same thing: when one has changed, those that have not are old.
_FAMILIES: tuple[tuple[str, ...], ...] = (
    ("license_id", "license_title", "license_url"),
    ("theme", "themes_aggregate"),
    ("publisher", "publisher_name", "publisher_identifier", "publisher_uri", "publisher_email", "publisher_url",
     "publisher_type"),
    ("contact", "contact_uri", "contact_name", "contact_email", "contact_telephone", "contact_url",
     "contact_identifier", "maintainer", "maintainer_email"),
    ("creator", "creator_name", "creator_identifier"),
    ("temporal_coverage", "temporal_start", "temporal_end"),
    ("spatial_coverage", "spatial", "spatial_uri", "spatial_text", "spatial_bbox", "spatial_centroid",
     "geographical_name", "geographical_geonames_url"),
    ("issued", "dcat_issued"),
    ("modified", "dcat_modified"),
    ("version", "dcat_version"),
)  # fmt: skip
_RESOURCE_FAMILIES: tuple[tuple[str, ...], ...] = (
    ("url", "access_url", "download_url"),
    ("format", "distribution_format"),
    ("license", "license_type", "license_title"),
    ("hash", "hash_algorithm"),
    ("last_modified", "modified"),
)
_TRANSLATED = ("title", "notes", "version_notes", "provenance")
_TRANSLATED_OF_RESOURCE = ("name", "description")
# What CKAN or this portal computes: it is never what somebody means.
COMPUTED = frozenset(
    ("creator_user_id", "extras", "groups", "id", "isopen", "metadata_created", "metadata_modified", "name",
     "num_resources", "num_tags", "opentusk", "organization", "owner_org", "package_id", "position", "private",
     "relationships_as_object", "relationships_as_subject", "resources", "revision_id", "state", "tag_string", "tags",
     "tracking_summary", "type", "uri"),
)  # fmt: skip
# What plain CKAN has a place for, besides what it computes.
_PLAIN = COMPUTED | {
    "author", "author_email", "license_id", "license_title", "license_url", "maintainer", "maintainer_email", "notes",
    "tags_translated", "title", "url", "version",
}  # fmt: skip
COMPUTED_OF_RESOURCE = frozenset(
    ("cache_last_updated", "created", "datastore_active", "id", "metadata_modified", "opentusk", "package_id",
     "position", "revision_id", "state", "tracking_summary", "upload", "clear_upload", "uri", "url_type"),
)  # fmt: skip


def package_meant(
    given: Json, shown: Json, raw: Json, known_extras: Collection[str] = ()
) -> tuple[Json, frozenset[str]]:
    """What a package says once, without resources and groups, and which of its keys came as extras.

    A client of plain CKAN says nothing that only extensions know: what people wrote there stays. `known_extras` are
    the extras that programs have given before: one that comes no more is cleared.
    """
    said, changed, from_extras = _with_extras(given, shown, raw)
    extended = {key: value for key, value in raw.items() if key not in _PLAIN and key not in known_extras}
    if not said.keys() & extended.keys():
        said = extended | said
    meant = {key: raw[key] if key not in changed and key in raw else value for key, value in said.items()}
    meant = _families(meant, changed, _FAMILIES)
    meant |= _translations(meant, raw, changed, _TRANSLATED)
    meant |= _tags(given, shown, raw)
    if (themes := _themes(given, shown, raw, changed)) is not None and themes != meant.get("theme"):
        meant.pop("themes_aggregate", None)
        meant["theme"] = themes
    return meant, from_extras


def resource_meant(given: Json, shown: Json, raw: Json) -> Json:
    """What a resource says once."""
    said = {key: value for key, value in given.items() if key not in COMPUTED_OF_RESOURCE and not is_empty(value)}
    changed = {key for key, value in said.items() if value != shown.get(key)}
    meant = {key: raw[key] if key not in changed and key in raw else value for key, value in said.items()}
    meant = _families(meant, changed, _RESOURCE_FAMILIES)
    if not shown and given.get("url_type"):
        # Of a file uploaded to another CKAN the address is that of the file itself.
        meant["url_type"] = given["url_type"]
    return meant | _translations(meant, raw, changed, _TRANSLATED_OF_RESOURCE)


def tag_names(package: Mapping[str, Any]) -> list[str]:
    """The keywords of a package, from its tags or from `tag_string`."""
    if package.get("tags") is not None:
        return [tag.get("name", "") if isinstance(tag, Mapping) else str(tag) for tag in package["tags"]]
    return [word.strip() for word in read_string(package.get("tag_string")).split(",") if word.strip()]


def group_names(package: Mapping[str, Any]) -> list[str]:
    """The groups of a package, by whatever names them."""
    return [str(group.get("name") or group.get("id") or "") for group in read_objects(package.get("groups"))]


def extras_of(package: Mapping[str, Any]) -> Json:
    """The extras as one object."""
    return {str(extra.get("key")): extra.get("value") for extra in read_objects(package.get("extras"))}


def is_empty(value: object) -> bool:
    """Whether a value says nothing: CKAN clears a key with an empty text."""
    return value in (None, "", [], {}, ())


def _with_extras(given: Json, shown: Json, raw: Json) -> tuple[Json, set[str], frozenset[str]]:
    """Top-level keys and extras as one object, the keys that changed, and those that count as extras."""
    said = {key: value for key, value in given.items() if key not in COMPUTED and not is_empty(value)}
    changed = {key for key, value in said.items() if value != shown.get(key)}
    before, from_extras = extras_of(shown), set()
    for key, value in extras_of(given).items():
        is_old = before.get(key) == value
        if is_empty(value) or key in COMPUTED or (key in said and (is_old or key in changed)):
            continue
        from_extras.add(key)
        said[key] = raw.get(key, value) if is_old else value
        if not is_old:
            changed.add(key)
    return said, changed, frozenset(from_extras)


def _families(meant: Json, changed: set[str], families: Sequence[Sequence[str]]) -> Json:
    """Without the old spellings of what was said anew."""
    old = {key for family in families if changed.intersection(family) for key in family if key not in changed}
    return {key: value for key, value in meant.items() if key not in old}


def _translations(meant: Json, raw: Json, changed: set[str], keys: Sequence[str]) -> Json:
    """A plain text that changed is the new Italian one; the translations that came with the old one stay."""
    found = {}
    for key in keys:
        translated = raw.get(f"{key}_translated")
        if key in changed and f"{key}_translated" not in changed and isinstance(translated, Mapping):
            main = "it" if "it" in translated else next(iter(translated), "it")
            found[f"{key}_translated"] = {**translated, main: meant.get(key, "")}
    return found


def _tags(given: Json, shown: Json, raw: Json) -> Json:
    """The keywords; those that stay keep their language, the new ones are Italian."""
    words = tag_names(given)
    if not words:
        return {"tags_translated": None}
    translated = raw.get("tags_translated")
    if given.get("tags_translated") not in (None, shown.get("tags_translated")):
        return {"tags_translated": given["tags_translated"]}
    if not isinstance(translated, Mapping):
        return {"tags": [{"name": word} for word in words]}
    known = {word for listed in translated.values() for word in listed}
    kept = {language: [word for word in listed if word in words] for language, listed in translated.items()}
    new = [word for word in words if word not in known]
    kept["it"] = [*kept.get("it", ()), *new]
    return {"tags_translated": {language: listed for language, listed in kept.items() if listed}}


def _themes(given: Json, shown: Json, raw: Json, changed: set[str]) -> object:
    """The groups when they say something new: they are themes by their names. None when the themes say it."""
    groups = sorted(group_names(given))
    if changed & {"theme", "themes_aggregate"}:
        return None
    if not groups:
        return [] if group_names(shown) and "groups" in given else None
    return groups if groups != sorted(group_names(shown)) else raw.get("theme")
