"""The slow, obviously correct search: every package is asked whether it matches, in plain Python.

It shares with the index how a text becomes words (`search.words`), which is not what is compared here; all the rest is
written once more, from the tree that was meant rather than from the text of the query.
"""

import re
from collections import Counter
from datetime import UTC, datetime

from opentusk.kit.solr.tree import All, Everything, Exists, Gap, Not, Range, Some, Wildcard
from opentusk.search.words import forms_of, stems_of, variants_of

OF_RESOURCES = {"res_format": "format", "res_url": "url", "res_name": "name", "res_description": "description"}
TEXTS = {"title", "notes", "text", "res_name", "res_description"}


def values(package, field):
    """Every value of a field."""
    said = {
        "tags": [one["name"] for one in package["tags"]],
        "groups": [one["name"] for one in package["groups"]],
        "organization": [package["organization"]["name"]],
        "capacity": ["private" if package["private"] else "public"],
        "private": [str(package["private"]).lower()],
        "entity_type": ["package"],
        "dataset_type": [package["type"]],
        "title_string": [package["title"]],
        "metadata_created": [as_moment(package["metadata_created"])],
        "metadata_modified": [as_moment(package["metadata_modified"])],
        "res_extras_codifica": [one["codifica"] for one in package["resources"]],
    }
    for name, key in OF_RESOURCES.items():
        said[name] = [one[key] for one in package["resources"] if one[key]]
    for extra in package["extras"]:
        key, value = extra["key"], extra["value"]
        said[f"extras_{key}"] = [value]
        moment = as_moment(value)
        said[key] = ([moment] if moment else []) if key.endswith("_date") else [value]
    plain = package.get(field)
    return said[field] if field in said else [str(plain)] if isinstance(plain, str | int) else []


def everything(package):
    """What a word without a field is looked for in."""
    found = [package["name"], package["organization"]["name"], *values(package, "tags"), *values(package, "groups")]
    found += [package["title"], package["notes"], package["license_id"]]
    found += [extra["value"] for extra in package["extras"]]
    for one in package["resources"]:
        found += [one["name"], one["description"], one["format"], one["url"], one["codifica"]]
    return [text for text in found if text]


def as_moment(text):
    """The moment of a value, or nothing."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def verdict(package, node, moments):
    """Whether a package matches; None for what asks for no word at all. `moments` says what dates in queries are."""
    match node:
        case Everything():
            return True
        case Not(inner):
            found = verdict(package, inner, moments)
            return None if found is None else not found
        case All(inner) | Some(inner):
            found = [one for one in (verdict(package, each, moments) for each in inner) if one is not None]
            return (all(found) if isinstance(node, All) else any(found)) if found else None
    field = node.field or "text"
    if field in TEXTS or field.startswith(("extras_", "res_extras_")):
        return text_verdict(everything(package) if field == "text" else values(package, field), node)
    return any(one_verdict(value, node, moments) for value in values(package, field))


def text_verdict(texts, node):
    match node:
        case Exists() | Range():
            return bool(texts)
        case Wildcard(_, pattern):
            folded = tuple(one if isinstance(one, Gap) else "".join(forms_of(one)) for one in pattern)
            return any(regex(folded).fullmatch(form) for text in texts for form in forms_of(text))
    return holds_words(texts, node.text)


def holds_words(texts, asked):
    """Whether one of the texts has the word, or the words beside each other; None when there is no word."""
    wanted = stems_of(asked)
    if not wanted:
        return None
    if len(wanted) == 1:
        stems = variants_of(forms_of(asked)[0])
        return any(stem in stems_of(text) for text in texts for stem in stems)
    length = len(wanted)
    return any(
        stems_of(text)[at : at + length] == wanted for text in texts for at in range(len(stems_of(text)))
    )  # fmt: skip


def one_verdict(value, node, moments):
    match node:
        case Exists():
            return True
        case Wildcard(_, pattern):
            return bool(regex(pattern).fullmatch(value))
        case Range(_, low, high, with_low, with_high):
            low, high = (bound if bound is None or isinstance(value, str) else moments(bound) for bound in (low, high))
            above = low is None or value > low or (with_low and value == low)
            return above and (high is None or value < high or (with_high and value == high))
    return value == (node.text if isinstance(value, str) else moments(node.text))


def regex(pattern):
    return re.compile("".join({Gap.ANY: ".*", Gap.ONE: "."}.get(one) or re.escape(one) for one in pattern), re.DOTALL)


def has_word(package, word, fields):
    """Whether a bare word is in one of the fields."""
    for field in fields:
        found = everything(package) if field == "text" else values(package, field)
        if field in TEXTS and holds_words(found, word.text):
            return True
        if field not in TEXTS and word.text in found:
            return True
    return False


def is_visible(package, view):
    """Whether a caller may find a package at all, and asked for such."""
    if package["state"] not in view.states or ("private" if package["private"] else "public") not in view.capacities:
        return False
    is_public = package["state"] == "active" and not package["private"]
    return is_public or view.bodies is None or package["body"] in view.bodies


def count_values(packages, field, limit, least, visible):
    """The facet of a field: the most frequent values, equal ones by their name."""
    counts = Counter(value for package in packages for value in dict.fromkeys(values(package, field)))
    if least == 0:
        counts.update(dict.fromkeys((value for package in visible for value in values(package, field)), 0))
    ordered = sorted((-count, value) for value, count in counts.items() if count >= least)
    return {value: -count for count, value in (ordered if limit < 0 else ordered[:limit])}


def sorted_by(packages, keys):
    """The packages by several fields, missing values last, the number deciding in the end."""
    found = sorted(packages, key=lambda package: package["number"])
    for key in reversed(keys):
        having = [package for package in found if sort_value(package, key.field) is not None]
        without = [package for package in found if sort_value(package, key.field) is None]
        having.sort(key=lambda package: sort_value(package, key.field), reverse=key.is_descending)
        found = [*having, *without]
    return found


def sort_value(package, field):
    found = [] if field == "score" else values(package, {"title": "title_string"}.get(field, field))
    return found[0] if found else None
