"""`resource_search`."""

from typing import Any

from opentusk.ckan.errors import ValidationFault
from opentusk.ckan.protocol import Call
from opentusk.ckan_search.api.parameters import refuse_too_many
from opentusk.ckan_search.resources import find_resources, is_known
from opentusk.querying.gates import working_for

# More at once would be a whole catalogue in one answer; `count` tells how many there are, `offset` leads on.
_MOST = 1000
# What every resource may have, though at the moment none does.
_FIELDS = frozenset({
    "name", "description", "url", "format", "mimetype", "mimetype_inner", "hash", "id", "size", "state", "created",
    "last_modified", "metadata_modified", "resource_type", "url_type", "cache_url", "cache_last_updated", "position",
    "package_id",
})  # fmt: skip


def resource_search(call: Call) -> Any:
    """Return the public resources that contain each `query` (`field:term`, one or a list) in its field.

    The case of letters does not matter; a `hash` is looked for by its beginning. `order_by` is a field, `offset` and
    `limit` (at most 1000) choose a part.
    """
    queries = call.words("query")
    if not queries:
        raise ValidationFault({"query": ["Missing value"]})
    refuse_too_many("query", queries)
    terms = [_term(text) for text in queries]
    order_by, offset = call.text("order_by") or "", call.natural("offset", 0) or 0
    limit = call.natural("limit", _MOST, maximum=_MOST)
    with working_for(call.request):
        count, results = find_resources(
            terms, order_by=order_by, offset=offset, limit=_MOST if limit is None else limit
        )  # fmt: skip
    return {"count": count, "results": results}


def _term(text: str) -> tuple[str, str]:
    field, colon, term = text.partition(":")
    if not (field and colon):
        raise ValidationFault({"query": ["Must be <field>:<value> pair(s)"]})
    if field not in _FIELDS and not is_known(field):
        raise ValidationFault({"query": f'Field "{field}" not recognised in resource_search.'})
    return field, term
