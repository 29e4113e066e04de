"""Rows of texts written to a plain file that DuckDB reads in one go (see `rows`). It imports nothing, to start fast."""

from collections.abc import Sequence
from pathlib import Path


class RowWriter:
    """Takes rows one by one. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream = path.open("wb")
        self.longest = 0
        self.rows = 0
        self.width = 0

    def write(self, line: int, cells: Sequence[str | None], geometry: bytes | None = None) -> None:
        """One row: its number in the source, its cells (empty ones are null), its geometry as WKB."""
        shape = geometry.hex() if geometry else ""
        row = f"{line},{shape},{','.join(map(_quoted, cells))}\n".encode("utf-8", "replace")
        self._stream.write(row)
        self.longest = max(self.longest, len(row))
        self.width = max(self.width, len(cells))
        self.rows += 1

    def close(self) -> None:
        """Nothing more is written."""
        self._stream.close()


def _quoted(cell: str | None) -> str:
    """A cell as CSV. DuckDB's texts hold no zero byte."""
    if not cell:
        return ""
    if "\0" in cell:
        cell = cell.replace("\0", "")
    return '"' + cell.replace('"', '""') + '"'
