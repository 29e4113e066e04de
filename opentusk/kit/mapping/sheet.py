"""A spreadsheet of descriptions, one dataset a row in the columns of the template, to records."""

import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from opentusk.kit.items import CatalogReading, Item
from opentusk.kit.problems import Problem, Severity
from opentusk.kit.records import ContactPoint, Dataset, Distribution, LicenseDocument, Location, PeriodOfTime
from opentusk.kit.sheets.rows import SheetRow, read_rows

_LICENCE = "CC BY 4.0"


def read_sheet(content: bytes, *, address: str) -> CatalogReading:
    """The datasets of a spreadsheet found at an address (CSV, XLSX or ODS). Raises Unreadable."""
    name = Path(urlsplit(address).path).name or "foglio"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(content)
        rows = read_rows(path, name)
    return CatalogReading(catalog=None, items=tuple(_read_item(row, address) for row in rows), total=len(rows))


def _read_item(row: SheetRow, address: str) -> Item:
    key = row.cells.get("key", "")
    if not key:
        problem = Problem(code="sheet.no_key", severity=Severity.BLOCKS, values={"row": str(row.number)})
        return Item(record=None, source_id=f"riga {row.number}", problems=(problem,))
    return Item(record=_read_dataset(row.cells, key, address), source_id=key)


def _read_dataset(cells: dict[str, str], key: str, address: str) -> Dataset:
    """What the cells say, as they say it: harmonising knows the words of the lists better than this."""
    keywords = _split(cells.get("keyword", "").replace(";", ","), ",")
    place = cells.get("place", "")
    return Dataset(
        identifier=key,
        title=_text(cells, "title"),
        description=_text(cells, "description"),
        modified=_day(cells, "modified"),
        theme=_split(cells.get("theme", ""), ";"),
        subject=_split(cells.get("subtheme", ""), ";"),
        keyword={"it": keywords} if keywords else {},
        contact_point=_contact(cells),
        accrual_periodicity=cells.get("frequency") or None,
        distribution=_distributions(cells, address),
        temporal=_period(cells),
        spatial=(Location(geographic_name=place),) if place else (),
    )


def _distributions(cells: dict[str, str], address: str) -> tuple[Distribution, ...]:
    """The file of a row. A bare name lies beside the spreadsheet."""
    file = cells.get("file", "")
    if not file:
        return ()
    url = urljoin(address, file)
    licence = LicenseDocument(name={"": cells.get("license") or _LICENCE})
    return (Distribution(title=_text(cells, "title"), access_url=url, download_url=(url,), license=licence),)


def _contact(cells: dict[str, str]) -> tuple[ContactPoint, ...]:
    office, email = cells.get("office", ""), cells.get("email", "")
    return (ContactPoint(fn=office or email, has_email=email),) if email else ()


def _period(cells: dict[str, str]) -> tuple[PeriodOfTime, ...]:
    start = _day(cells, "start")
    return (PeriodOfTime(start_date=start, end_date=_day(cells, "end")),) if start else ()


def _day(cells: dict[str, str], column: str) -> str | None:
    # A year in a spreadsheet is a number.
    return cells.get(column, "").removesuffix(".0") or None


def _text(cells: dict[str, str], column: str) -> dict[str, str]:
    return {"it": cells[column]} if cells.get(column) else {}


def _split(text: str, separator: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(separator) if word.strip()))
