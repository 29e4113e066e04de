"""From what a client sends to the record that is stored: what it did not change stays as it was, to the last word."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar
from uuid import UUID, uuid4

from opentusk.bodies.models import Agent
from opentusk.catalog.beginnings import first_record
from opentusk.catalog.records import iris
from opentusk.ckan.naming import find_group
from opentusk.kit import records as kit
from opentusk.kit.ckan_packages.intent import package_meant, resource_meant
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.mapping.ckan import read_package
from opentusk.kit.mapping.ckan_extras import read_extras, write_extra
from opentusk.kit.mapping.ckan_nodes import PACKAGE_ID, read_licence
from opentusk.kit.mapping.ckan_resource import read_resource

Json = dict[str, Any]
R = TypeVar("R", kit.Dataset, kit.Distribution)
_OUR_EXTRA = "<urn:x-ckan:extra:"
# An extra of such a name is the client's alone: in a record it would come back as CKAN's own key.
_TOP_LEVEL = frozenset({"author", "author_email", "maintainer", "maintainer_email"})
_LICENCE = ("license", "license_type", "license_title")
_LICENCE_OF_ALL = ("license_id", "license_title", "license_url")


@dataclass(frozen=True)
class Known:
    """What a client was shown of a package before it wrote, and how the record itself is written."""

    record: kit.Dataset
    shown: Json
    raw: Json
    known_extras: Collection[str] = ()

    def leaves_resources(self, given: Json) -> bool:
        """Whether a client gives no resources, or all of them as it was shown them."""
        return "resources" not in given or given["resources"] == self.shown.get("resources")


def nothing_known(holder: Agent, identifier: str) -> Known:
    """Before a package is created: what its body's row already tells."""
    return Known(record=first_record(holder, identifier=identifier, title=""), shown={}, raw={})


def record_meant(given: Json, known: Known, holder: Agent) -> kit.Dataset:
    """The record that a whole package means. Resources that are not given stay, as in CKAN 2.12."""
    meant, from_extras = package_meant(given, known.shown, known.raw, known.known_extras)
    meant["theme"] = _theme_iris(meant.get("theme"))
    is_new = not known.raw or any(meant.get(key) != known.raw.get(key) for key in _LICENCE_OF_ALL)
    if is_new or not known.leaves_resources(given):
        return _record(meant, _resources_meant(given, known, meant), from_extras, known, holder)
    # What hundreds of resources say is not read again for the one word of the package that has changed.
    bare = replace(known, record=replace(known.record, distribution=()), raw={**known.raw, "resources": []})
    record = _record(meant, [], from_extras, bare, holder)
    return replace(record, distribution=tuple(map(_own, known.record.distribution)))


def _record(
    meant: Json, resources: list[Json], from_extras: Collection[str], known: Known, holder: Agent
) -> kit.Dataset:
    new = _read({**meant, "resources": resources})
    base = _read(known.raw) if known.raw else kit.Dataset()
    record = _merged(known.record, base, replace(new, distribution=()))
    record = replace(record, distribution=_parts(new, base, known.record), extra=_extra(known.record, new, from_extras))
    # What a new package begins with is what its body's row tells.
    start = known.record if not known.raw else first_record(holder, identifier=known.record.identifier, title="")
    return harmonised(_with_beginnings(record, known.record, start))


def part_meant(given: Json, shown: Json, raw: Json, old: kit.Distribution, *, licence: Json) -> kit.Distribution:
    """The distribution that a resource means; `licence` is what its package says."""
    meant = {**resource_meant(given, shown, raw), "uri": old.iri}
    default = _licence_of(licence)
    new = read_resource(meant, address="", licence=default)
    base = read_resource(raw, address="", licence=default) if raw else kit.Distribution(iri=old.iri)
    return replace(_merged(old, base, new), extra=_own(old).extra)


def harmonised(record: kit.Dataset) -> kit.Dataset:
    """The record as every other one is stored."""
    return harmonise_dataset(record, Defaults(), iris())[0]


def harmonised_part(record: kit.Dataset, part: kit.Distribution) -> kit.Distribution:
    """One distribution of a record harmonised, whatever their number."""
    return harmonised(replace(record, distribution=(part,))).distribution[0]


def new_number(given: Mapping[str, Any]) -> UUID:
    """The number that a resource brings, or one by chance."""
    return UUID(str(given["id"])) if given.get("id") else uuid4()


def _read(package: Json) -> kit.Dataset:
    """The record of a package; its names and numbers are the row's, not the client's."""
    found = read_package({key: value for key, value in package.items() if key not in _NOT_READ}).record
    if not isinstance(found, kit.Dataset):
        raise TypeError("a package without type and state is a dataset")
    others = tuple(one for one in found.other_identifier if not (one.iri or "").startswith(PACKAGE_ID))
    return replace(found, identifier="", iri=None, other_identifier=others, rights_holder=None)


_NOT_READ = frozenset({"id", "name", "type", "state", "private", "groups", "uri", "metadata_modified", "extras"})


def _theme_iris(themes: object) -> object:
    """Groups by name become themes; what is none of them is left for the mender."""
    if not isinstance(themes, list):
        return themes
    return [found.iri if (found := find_group(str(theme))) else theme for theme in themes]


def _resources_meant(given: Json, known: Known, meant: Json) -> list[Json]:
    if "resources" not in given:
        return list(known.raw.get("resources", ()))
    shown = {resource["id"]: resource for resource in known.shown.get("resources", ())}
    raw = {resource["uri"]: resource for resource in known.raw.get("resources", ())}
    found = []
    for resource in given["resources"] or ():
        before = shown.get(str(resource.get("id")), {})
        iri = before.get("uri") or iris().distribution(str(new_number(resource)))
        one = {**resource_meant(resource, before, raw.get(iri, {})), "uri": iri}
        if before and meant.get("license_id") != known.raw.get("license_id"):
            _follow_package(one, before, known.shown)
        found.append(one)
    return found


def _follow_package(one: Json, before: Json, shown: Json) -> None:
    """A resource that had the licence of its package has the new one too."""
    if "license" in one and shown.get("license_url") == before.get("license") == one["license"]:
        for key in _LICENCE:
            one.pop(key, None)


def _licence_of(package: Json) -> kit.LicenseDocument | None:
    return read_licence(
        address=package.get("license_url"), code=package.get("license_id"), title=package.get("license_title")
    )


def _parts(new: kit.Dataset, base: kit.Dataset, old: kit.Dataset) -> tuple[kit.Distribution, ...]:
    before = {part.iri: part for part in base.distribution}
    stored = {part.iri: part for part in old.distribution}
    found = []
    for part in new.distribution:
        own = _own(stored.get(part.iri, part)).extra
        bare = kit.Distribution(iri=part.iri)
        # A file that has just become an address is nothing yet: all that is said of it is new.
        merged = _merged(stored[part.iri], before.get(part.iri, bare), part) if part.iri in stored else part
        # What no field of a distribution means is kept in the resource's row.
        found.append(replace(merged, extra=own))
    return tuple(found)


def _own(part: kit.Distribution) -> kit.Distribution:
    """A distribution without what CKAN's clients added to it, which is kept in the resource's row."""
    extra = tuple(one for one in part.extra if not one.predicate.startswith(_OUR_EXTRA))
    return part if extra == part.extra else replace(part, extra=extra)


def _merged(old: R, base: R, new: R) -> R:
    """The old record with the fields in which the client's package differs from how the old one is written."""
    changed = {
        field.name: getattr(new, field.name)
        for field in fields(new)
        if getattr(new, field.name) != getattr(base, field.name)
    }
    return replace(old, **changed)


def _extra(old: kit.Dataset, new: kit.Dataset, from_extras: Collection[str]) -> tuple[kit.Statement, ...]:
    """Statements of other vocabularies stay; of CKAN's extras, those that are given now."""
    others = tuple(one for one in old.extra if not one.predicate.startswith(_OUR_EXTRA))
    unknown = {key: value for key, value in read_extras(new.extra) if key in from_extras and key not in _TOP_LEVEL}
    return (*others, *(write_extra(key, value) for key, value in unknown.items()))


def _with_beginnings(record: kit.Dataset, old: kit.Dataset, start: kit.Dataset) -> kit.Dataset:
    """With its identity, and with what its body's row tells where a client says nothing."""
    given = tuple(one for one in old.other_identifier if (one.iri or "").startswith(PACKAGE_ID))
    return replace(
        record,
        identifier=old.identifier,
        iri=old.iri,
        rights_holder=start.rights_holder,
        publisher=record.publisher or start.publisher,
        contact_point=record.contact_point or start.contact_point,
        language=record.language or start.language,
        other_identifier=tuple(dict.fromkeys((*record.other_identifier, *given))),
    )
