"""The actions of the CKAN door, room by room: dotted paths of tables `name -> Action`, one line each."""

CKAN_ACTIONS: tuple[str, ...] = (
    "opentusk.ckan.api.ACTIONS",
    "opentusk.ckan_directory.api.ACTIONS",
    "opentusk.datastore.api.ACTIONS",
    "opentusk.ckan_search.api.ACTIONS",
)
