"""Resource views: clients keep theirs here; the portal's own pages choose by the table itself."""

from typing import Any

from opentusk.ckan import actions
from opentusk.ckan.admitting import require_key
from opentusk.ckan.errors import NotAuthorizedFault, NotFoundFault, ValidationFault
from opentusk.ckan.finding import as_uuid, package_to_change, resource, resource_to_change
from opentusk.ckan.models import ResourceView
from opentusk.ckan.permissions import is_sysadmin, user_name
from opentusk.ckan.protocol import Call

Json = dict[str, Any]
_KNOWN = ("title", "description", "view_type")
_COMPUTED = frozenset({"id", "resource_id", "package_id", *_KNOWN})
_LONGEST = {"title": 500, "view_type": 100}


def resource_view_show(call: Call) -> Any:
    """Return the view whose `id` is given."""
    view = _view(call.required("id"))
    resource(call, str(view.distribution.uuid))
    return _shown(view)


def resource_view_list(call: Call) -> Any:
    """Return the views of the resource whose `id` is given, in their order."""
    row = resource(call, call.required("id"))
    return [_shown(view) for view in row.resource_views.in_order().select_related("distribution__dataset")]


def resource_view_create(call: Call) -> Any:
    """Keep a view of a resource: `resource_id`, `view_type`, `title`, and whatever the view needs."""
    require_key(call, "create resource view")
    row = resource_to_change(call, call.required("resource_id"))
    return _shown(actions.create_view(row, by=call.actor, **_columns(call)))


def resource_view_update(call: Call) -> Any:
    """Replace a view."""
    require_key(call, "edit resource view")
    view = _view(call.required("id"))
    resource_to_change(call, str(view.distribution.uuid))
    columns = _columns(call, view_type=view.view_type)
    return _shown(actions.update_view(view, by=call.actor, **columns))


def resource_view_delete(call: Call) -> Any:
    """Take a view away."""
    require_key(call, "delete resource view")
    view = _view(call.required("id"))
    resource_to_change(call, str(view.distribution.uuid))
    actions.delete_view(view, by=call.actor)


def resource_view_reorder(call: Call) -> Any:
    """Put the views of the resource `id` in the `order` of their ids."""
    require_key(call, "edit resource view")
    row = resource_to_change(call, call.required("id"))
    order = call.words("order")
    known = {str(view.uuid): view for view in row.resource_views.in_order()}
    if not order or len(set(order)) != len(order) or not set(order) <= known.keys():
        raise ValidationFault({"order": ["Must be the ids of views of this resource, each once"]})
    actions.reorder_views(row, [known[number] for number in order], by=call.actor)
    return {"id": str(row.uuid), "order": [str(view.uuid) for view in row.resource_views.in_order()]}


def resource_view_clear(call: Call) -> Any:
    """Take every view of the portal away, or those of some `view_types`."""
    require_key(call, "clear resource views")
    if not is_sysadmin(call):
        raise NotAuthorizedFault(f"User {user_name(call)} not authorized to clear resource views")
    views, types = ResourceView.objects.all(), call.words("view_types")
    if types:
        views = views.filter(view_type__in=types)
    actions.clear_views(views, by=call.actor)


def resource_create_default_resource_views(call: Call) -> Any:
    """Return the views that a resource gets by itself: none, its page already shows the table."""
    require_key(call, "create resource view")
    given = call.data.get("resource")
    number = given.get("id") if isinstance(given, dict) else None
    if not number:
        raise ValidationFault({"resource": ["Missing value"]})
    resource_to_change(call, str(number))
    return []


def package_create_default_resource_views(call: Call) -> Any:
    """Return the views that the resources of a package get by themselves: none."""
    require_key(call, "create resource view")
    given = call.data.get("package")
    number = given.get("id") if isinstance(given, dict) else None
    if not number:
        raise ValidationFault({"package": ["Missing value"]})
    package_to_change(call, str(number))
    return []


def _view(ref: str) -> ResourceView:
    number = as_uuid(ref)
    found = ResourceView.objects.select_related("distribution__dataset").filter(uuid=number).first() if number else None
    if found is None:
        raise NotFoundFault
    return found


def _columns(call: Call, view_type: str = "") -> Json:
    found = {
        "title": call.required("title"),
        "description": call.text("description") or "",
        "view_type": call.text("view_type") or view_type or call.required("view_type"),
        "config": {key: value for key, value in call.data.items() if key not in _COMPUTED},
    }
    for key, limit in _LONGEST.items():
        if len(str(found[key])) > limit:
            raise ValidationFault({key: [f"Must be at most {limit} characters long"]})
    return found


def _shown(view: ResourceView) -> Json:
    row = view.distribution
    return {
        **view.config,
        "id": str(view.uuid),
        "resource_id": str(row.uuid),
        "package_id": str(row.dataset.uuid),
        "title": view.title,
        "description": view.description,
        "view_type": view.view_type,
    }
