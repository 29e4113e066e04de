"""Tags and vocabularies: the keywords in use, and the controlled lists of the metadata, which are fixed."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from opentusk.catalog.models import Dataset
from opentusk.ckan.errors import NotFoundFault, ValidationFault
from opentusk.ckan.finding import as_uuid
from opentusk.ckan.protocol import Call
from opentusk.ckan.showing import package_dicts, tag_brief
from opentusk.ckan_directory.api.asking import part
from opentusk.ckan_directory.api.organizations import MOST_PACKAGES
from opentusk.ckan_directory.models import Tag, TagQuerySet
from opentusk.ckan_directory.permissions import require_sysadmin
from opentusk.ckan_directory.showing import Json
from opentusk.kit.vocabularies import Term, Vocabulary
from opentusk.ui.speech import VOCABULARIES

_FIXED = "Vocabularies are the controlled lists of DCAT-AP_IT: they cannot be changed here"


def tag_list(call: Call) -> Any:
    """Return the keywords of the public datasets, or the tags of `vocabulary_id`, in alphabetical order.

    `query` chooses those in which it stands; `all_fields` returns tags instead of names.
    """
    is_whole = call.boolean("all_fields", False)
    if vocabulary := _vocabulary_asked(call):
        terms = [term for term in _terms(vocabulary) if (call.text("query") or "").lower() in term["name"].lower()]
        return terms if is_whole else [term["name"] for term in terms]
    names = [tag.name for tag in _found(call)]
    return [tag_brief(name) for name in names] if is_whole else names


def tag_show(call: Call) -> Any:
    """Return the tag whose `id` (or name) is given; `include_datasets` adds its public datasets, at most 1000."""
    ref = call.required("id")
    if vocabulary := _vocabulary_asked(call):
        return _term(vocabulary, ref)
    number = as_uuid(ref)
    tag = Tag.objects.filter(uuid=number).first() if number else Tag.objects.filter(name=ref).first()
    if tag is None:
        raise NotFoundFault("Tag was not found.")
    shown = tag_brief(tag.name)
    if call.boolean("include_datasets", False):
        rows = Dataset.objects.published().filter(ckan_tags=tag).with_holder().by_title()
        shown["packages"] = package_dicts(list(rows[:MOST_PACKAGES]))
    return shown


def tag_search(call: Call) -> Any:
    """Return the tags in which `query` stands, and how many there are; `limit` and `offset` choose a part."""
    if vocabulary := _vocabulary_asked(call):
        text = _text(call).lower()
        terms = [term for term in _terms(vocabulary) if text in term["name"].lower()]
        return {"count": len(terms), "results": terms[part(call)]}
    rows = _found(call)
    return {"count": rows.count(), "results": [tag_brief(tag.name) for tag in rows[part(call)]]}


def tag_autocomplete(call: Call) -> Any:
    """Return the names of the tags in which `query` stands; `limit` and `offset` choose a part."""
    if not _text(call) and not _vocabulary_asked(call):
        return []
    return [tag["name"] for tag in tag_search(call)["results"]]


def tag_create(call: Call) -> Any:
    """Refuse: keywords are made by the datasets that have them, and the vocabularies are fixed."""
    require_sysadmin(call, "tag_create", "create tags")
    call.required("name")
    _vocabulary(call.required("vocabulary_id"))
    raise ValidationFault({"vocabulary_id": [_FIXED]})


def tag_delete(call: Call) -> Any:
    """Refuse: keywords are in use as long as a dataset has them, and the vocabularies are fixed."""
    require_sysadmin(call, "tag_delete", "delete tags")
    _term(_vocabulary(call.required("vocabulary_id")), call.required("id"))
    raise ValidationFault({"vocabulary_id": [_FIXED]})


def vocabulary_list(call: Call) -> Any:
    """Return the controlled vocabularies of the metadata, each with its tags."""
    return [_shown(name) for name in sorted(_all())]


def vocabulary_show(call: Call) -> Any:
    """Return the vocabulary whose `id` (or name) is given, with its tags."""
    return _shown(_vocabulary(call.required("id")))


def vocabulary_create(call: Call) -> Any:
    """Refuse: the vocabularies are the controlled lists of the national profile."""
    require_sysadmin(call, "vocabulary_create", "create vocabularies")
    name = call.required("name")
    raise ValidationFault({"name": ["That vocabulary name is already in use."] if name in _all() else [_FIXED]})


def vocabulary_update(call: Call) -> Any:
    """Refuse: the vocabularies are the controlled lists of the national profile."""
    _refuse_change(call, "vocabulary_update", "update vocabularies")


def vocabulary_delete(call: Call) -> Any:
    """Refuse: the vocabularies are the controlled lists of the national profile."""
    _refuse_change(call, "vocabulary_delete", "delete vocabularies")


def _refuse_change(call: Call, action: str, what: str) -> None:
    require_sysadmin(call, action, what)
    _vocabulary(call.required("id"))
    raise ValidationFault({"id": [_FIXED]})


def _text(call: Call) -> str:
    return " ".join(call.words("query") or call.words("q"))


def _found(call: Call) -> TagQuerySet:
    text = _text(call)
    return (Tag.objects.holding(text) if text else Tag.objects.all()).by_name()


def _vocabulary_asked(call: Call) -> str:
    ref = call.text("vocabulary_id")
    return _vocabulary(ref) if ref else ""


def _vocabulary(ref: str) -> str:
    """The name of a vocabulary by its name or number. Raises NotFoundFault."""
    found = next((name for name in _all() if ref in (name, _number(name))), "")
    if not found:
        raise NotFoundFault("Vocabulary was not found.")
    return found


@cache
def _all() -> Mapping[str, Vocabulary[Any]]:
    return {vocabulary.name: vocabulary for vocabulary in VOCABULARIES.values()}


def _shown(name: str) -> Json:
    return {"id": _number(name), "name": name, "title": _all()[name].title_it, "tags": _terms(name)}


@cache
def _terms(name: str) -> list[Json]:
    return sorted((_tag(name, term) for term in _all()[name].terms), key=lambda tag: str(tag["name"]))


def _term(vocabulary: str, ref: str) -> Json:
    found = next((tag for tag in _terms(vocabulary) if ref in (tag["name"], tag["id"], tag["uri"])), None)
    if found is None:
        raise NotFoundFault("Tag was not found.")
    return found


def _tag(vocabulary: str, term: Term) -> Json:
    return {
        "id": str(uuid5(NAMESPACE_URL, term.iri)),
        "name": term.code,
        "display_name": term.it,
        "uri": term.iri,
        "state": "active",
        "vocabulary_id": _number(vocabulary),
    }


def _number(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:x-ckan:vocabulary:{name}"))
