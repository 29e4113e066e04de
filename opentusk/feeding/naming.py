"""Names of the files that feeds bring."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from opentusk.kit.values.slugs import slugify


def file_name_of(name: str) -> str:
    """The file that a service's table is kept in: `Righe dei tributi` is `righe-dei-tributi.csv`."""
    return f"{slugify(name) or 'tabella'}.csv"


def name_of_address(url: str) -> str:
    """The last part of an address, as a file name; `file` when it has none."""
    return PurePosixPath(unquote(urlsplit(url).path)).name[:200] or "file"
