"""The two indexes on the disk, beside that of the search page: packages and, for `resource_search`, resources."""

from pathlib import Path

from django.conf import settings

from opentusk.ckan_search.schema import VERSION, package_schema, prepared, resource_schema
from opentusk.search.disk import IndexOnDisk

PACKAGES = IndexOnDisk(
    lambda: Path(settings.SEARCH_DIR) / "packages", version=VERSION, schema=package_schema, prepared=prepared
)
RESOURCES = IndexOnDisk(
    lambda: Path(settings.SEARCH_DIR) / "resources", version=VERSION, schema=resource_schema, prepared=prepared
)
