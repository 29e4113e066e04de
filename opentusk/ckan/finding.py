"""Things by what clients call them: a UUID or a name. What is not there is 404, what is not for the caller 403."""

from uuid import UUID

from django.db.models import Q

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset, DatasetQuerySet, Distribution
from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault
from opentusk.ckan.permissions import may_edit, may_read, require_publishing, user_name
from opentusk.ckan.protocol import Call


def package(call: Call, ref: str) -> Dataset:
    """A dataset that the caller may see, by UUID, name or identifier."""
    found = find_package(ref)
    if found is None:
        raise NotFoundFault
    if not may_read(call, found):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to read package {found.uuid}")
    return found


def package_to_change(call: Call, ref: str) -> Dataset:
    """A dataset that the caller may change; with a key that only prepares, a draft."""
    found = find_package(ref)
    if found is None:
        raise NotFoundFault("Package was not found.")
    if not may_edit(call, found):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to edit package {found.uuid}")
    if found.status != Dataset.Status.DRAFT:
        require_publishing(call, "change")
    return found


def resource(call: Call, ref: str) -> Distribution:
    """A resource of a dataset that the caller may see; one that waits for its first release only for its people."""
    found = _find_resource(ref)
    if found is None:
        raise NotFoundFault
    require_seeing(call, found)
    return found


def require_seeing(call: Call, found: Distribution) -> None:
    """Raises NotFoundFault or NotAuthorizedFault when the caller may not see this resource."""
    if found.waiting is not None and not may_edit(call, found.dataset):
        raise NotFoundFault
    if not may_read(call, found.dataset):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to read resource {found.uuid}")


def resource_to_change(call: Call, ref: str) -> Distribution:
    """A resource of a dataset that the caller may change."""
    found = _find_resource(ref)
    if found is None:
        raise NotFoundFault("Resource was not found.")
    if not may_edit(call, found.dataset):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to edit resource {found.uuid}")
    if found.dataset.status != Dataset.Status.DRAFT:
        require_publishing(call, "change")
    return found


def organization(call: Call, ref: str) -> Agent:
    """A body, by UUID, name or IPA code."""
    found = find_organization(ref)
    if found is None:
        raise NotFoundFault("Organization was not found.")
    return found


def find_package(ref: str, rows: DatasetQuerySet | None = None) -> Dataset | None:
    """The dataset of this UUID, name or identifier, whoever may see it."""
    found = (Dataset.objects.all() if rows is None else rows).with_holder().select_related("package")
    number = as_uuid(ref)
    by_number = found.filter(uuid=number).first() if number else None
    return by_number or found.named(ref.lower()).first()


def find_organization(ref: str) -> Agent | None:
    """The body of this UUID, name or IPA code."""
    number = as_uuid(ref)
    by_number = Agent.objects.filter(uuid=number).first() if number else None
    return by_number or Agent.objects.filter(Q(slug=ref.lower()) | Q(ipa_code=ref.lower())).first()


def as_uuid(ref: str) -> UUID | None:
    """The UUID that a text is in its usual form; nothing else that Python would take for one."""
    if len(ref) != 36:
        return None
    try:
        return UUID(ref)
    except ValueError:
        return None


def _find_resource(ref: str) -> Distribution | None:
    number = as_uuid(ref)
    rows = Distribution.objects.select_related("dataset__rights_holder", "series")
    return rows.filter(uuid=number).first() if number else None
