"""Resources, one at a time, with the files that come along."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentusk.catalog.models import Dataset
from opentusk.ckan import actions
from opentusk.ckan.actions.resources import Given
from opentusk.ckan.admitting import admit_resource, require_key
from opentusk.ckan.describing import new_number
from opentusk.ckan.errors import Fault, ValidationFault
from opentusk.ckan.finding import package_to_change, resource, resource_to_change
from opentusk.ckan.protocol import Call
from opentusk.ckan.refusing import fault_of
from opentusk.ckan.showing import resource_dict
from opentusk.files.upload_handler import AnyUploadedFile, RefusedFile

Json = dict[str, Any]


def resource_show(call: Call) -> Any:
    """Return the resource whose `id` is given."""
    return resource_dict(resource(call, call.required("id")))


def resource_create(call: Call) -> Any:
    """Add a resource to the dataset `package_id`: an address as `url`, or a file as `upload`."""
    token = require_key(call, "create resources")
    dataset = package_to_change(call, call.required("package_id"))
    admit_resource(call.data, dataset)
    given = dict(call.data)
    file = _file(call)
    with noting_change(call, dataset):
        row = actions.add_resource(dataset, given, number=new_number(given), file=file, by=call.actor, token=token)
    return resource_dict(row)


def resource_update(call: Call) -> Any:
    """Replace a resource; a file as `upload` is the next version of the one that is here."""
    require_key(call, "edit resources")
    row = resource_to_change(call, call.required("id"))
    shown = resource_dict(row)
    given = {**call.data, "id": shown["id"]}
    # An uploaded file stays when nothing else is given in its place, as in CKAN.
    if not given.get("url") and shown["url_type"] == "upload":
        given["url"] = shown["url"]
    return _change(call, given)


def resource_patch(call: Call) -> Any:
    """Change the keys of a resource that are given and leave the others as they are."""
    require_key(call, "edit resources")
    row = resource_to_change(call, call.required("id"))
    return _change(call, {**resource_dict(row), **call.data, "id": str(row.uuid)})


def resource_delete(call: Call) -> Any:
    """Take a resource out of its dataset."""
    token = require_key(call, "delete resources")
    row = resource_to_change(call, call.required("id"))
    with noting_change(call, row.dataset):
        actions.remove_resource(row, by=call.actor, token=token)


def file_given(file: AnyUploadedFile) -> Given:
    """A file of a call. Raises the fault that says why it was not taken."""
    if isinstance(file, RefusedFile):
        raise _refused(file)
    return Given(file.chunks(), file.name or "file")


def _refused(file: RefusedFile) -> Fault:
    return fault_of(file.refusal)


def _change(call: Call, given: Json) -> Any:
    token = require_key(call, "edit resources")
    admit_resource(given, None)
    row = resource_to_change(call, str(given["id"]))
    with noting_change(call, row.dataset):
        changed = actions.change_resource(row, given, file=_file(call), by=call.actor, token=token)
    return resource_dict(changed)


@contextmanager
def noting_change(call: Call, dataset: Dataset) -> Iterator[None]:
    """Tell of a dataset whose metadata are others after than before."""
    rows, before = Dataset.objects.filter(pk=dataset.pk), dataset.metadata_modified_at
    yield
    if not rows.filter(metadata_modified_at=before).exists():
        call.changed.append(str(dataset.uuid))


def _file(call: Call) -> Given | None:
    """The file of a resource: the field `upload`, whatever else a form holds."""
    file = call.files.get("upload")
    if file is not None:
        return file_given(file)
    if _is_text(call.data, "upload"):
        raise ValidationFault({"upload": ["Not a file: send it as a field of multipart/form-data"]})
    return None


def _is_text(given: Mapping[str, Any], key: str) -> bool:
    return bool(given.get(key))
