"""The actions of this room, by their CKAN names."""

from collections.abc import Mapping

from opentusk.ckan.protocol import Action
from opentusk.datastore import refusing
from opentusk.datastore.api import searching, sql, writing

ACTIONS: Mapping[str, Action] = {
    "datastore_info": Action(searching.datastore_info),
    "datastore_search": Action(searching.datastore_search),
    "datastore_search_sql": Action(sql.datastore_search_sql),
    "datastore_create": Action(writing.datastore_create, writes=True),
    "datastore_upsert": Action(writing.datastore_upsert, writes=True),
    "datastore_delete": Action(writing.datastore_delete, writes=True),
    "datastore_records_delete": Action(writing.datastore_records_delete, writes=True),
    "datastore_function_create": Action(writing.datastore_function_create, writes=True),
    "datastore_function_delete": Action(writing.datastore_function_delete, writes=True),
    "datastore_run_triggers": Action(writing.datastore_run_triggers, writes=True),
    "opentusk_datastore_version_create": Action(writing.opentusk_datastore_version_create, writes=True),
}

__all__ = ["ACTIONS", "refusing"]
