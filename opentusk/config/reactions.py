"""What follows from an event, as one table: name, events, and the task that is given the entries.

A reaction reads the journal with its own cursor, so a slow or failing one never holds the others back.
Events end with `*` for a family.
"""

from django.conf import settings

from opentusk.journal.reactions import Reaction

# What becomes an event of the room `notices`, for everybody or for the people of a body.
_TOLD = (
    "catalog.*", "tables.*", "notices.*", "feeding.*", "quality.band_changed", "quality.case_opened", "harvest.*",
    "bodies.member*",
    # The rooms that speak for themselves: `opentusk.demand.telling.WantedDatasets` listens to `demand.*`.
    *(f"{path.split('.')[1]}.*" for path in settings.NOTICE_SPEAKERS),
)  # fmt: skip

REACTIONS: tuple[Reaction, ...] = (
    Reaction(
        "tables",
        (
            "catalog.file_added",
            "catalog.file_released",
            "catalog.file_held_back",
            "catalog.dataset_published",
            "catalog.dataset_restored",
            "quality.case_decided",
            "quality.decision_repeated",
        ),
        "opentusk.tables.tasks.follow",
    ),
    # Scores before the index, which keeps their bands.
    Reaction("quality", ("catalog.*",), "opentusk.quality.tasks.follow"),
    Reaction("search", ("catalog.*", "bodies.agent_changed", "quality.band_changed"), "opentusk.search.tasks.follow"),
    Reaction(
        "packages",
        ("catalog.*", "bodies.agent_changed", "tables.file_examined", "tables.data_changed", "datastore.store_*"),
        "opentusk.ckan_search.tasks.follow",
    ),
    Reaction("feeds", ("catalog.*", "bodies.agent_changed"), "opentusk.feeds.tasks.follow"),
    # After the feeds, which say what must stay out of both.
    Reaction("sparql", ("catalog.*", "bodies.agent_changed", "feeds.dataset_*"), "opentusk.sparql.tasks.follow"),
    Reaction(
        "notices",
        _TOLD,
        "opentusk.notices.tasks.follow",
    ),
    # After the notices, whose events it reads.
    Reaction(
        "subscriptions",
        _TOLD,
        "opentusk.subscriptions.tasks.follow",
    ),
    Reaction(
        "demand",
        ("catalog.dataset_published", "catalog.dataset_restored", "catalog.dataset_withdrawn"),
        "opentusk.demand.tasks.follow",
    ),
    Reaction("ckan_directory", ("catalog.dataset_*",), "opentusk.ckan_directory.tasks.follow"),
    Reaction("programme", ("programme.*",), "opentusk.programme.tasks.follow"),
    Reaction("feeding", ("catalog.dataset_*",), "opentusk.feeding.tasks.follow"),
    Reaction(
        "datastore",
        ("catalog.file_released", "quality.case_opened", "quality.case_decided", "quality.decision_repeated"),
        "opentusk.datastore.tasks.follow",
    ),
    Reaction("ckan", ("catalog.hold_lifted", "catalog.dataset_changed"), "opentusk.ckan.tasks.follow"),
)
