"""The values of a web service: where it is, how it pages, what its rows become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the service writes its rows."""

    JSON = "json"
    CSV = "csv"


class Paging(StrEnum):
    """How the service is asked for the next rows."""

    NONE = "none"  # everything in one answer
    PAGE = "page"  # ?page=1, ?page=2 … until a page has no rows
    OFFSET = "offset"  # ?offset=0&limit=100 … until a page has no rows
    NEXT = "next"  # the answer names the address of the next page


@dataclass(frozen=True, kw_only=True)
class Service:
    """Where the rows are. `rows_path` and `next_path` are dotted paths in the answer, "" for the answer itself.

    `page_parameter` is the name of the page number or of the offset, `size_parameter` that of the page size ("" when
    the service has none), `first` the number of the first page or row.
    """

    url: str
    kind: Kind = Kind.JSON
    rows_path: str = ""
    paging: Paging = Paging.NONE
    page_parameter: str = "page"
    size_parameter: str = ""
    size: int = 100
    first: int = 1
    next_path: str = ""
    total_path: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a service answered. `seconds` is how long it took; `etag` and `last_modified` as sent, else ""."""

    status: int
    url: str
    content: bytes
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    seconds: float = 0.0


Ask = Callable[[str], Reply]
Row = Mapping[str, str]  # field → value as it was written; null is ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of the rows and the column that it becomes; `column` is "" when it is left out."""

    path: str
    column: str
