"""The index of the search page on the disk, in `SEARCH_DIR`."""

from pathlib import Path

from django.conf import settings

from opentusk.search.disk import IndexOnDisk
from opentusk.search.schema import VERSION, register_analyzers, schema

_index = IndexOnDisk(
    lambda: Path(settings.SEARCH_DIR), version=VERSION, schema=schema, prepared=register_analyzers
)  # fmt: skip

searcher = _index.searcher
exists = _index.exists
updating = _index.updating
replacing = _index.replacing
