"""How CKAN writes times and names of files."""

import re
from datetime import UTC, date, datetime
from unicodedata import normalize


def moment(at: datetime) -> str:
    """A time as CKAN writes it: UTC, without zone, with microseconds."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def moment_of_text(text: str | None) -> str | None:
    """The same for a day or a time of a record; what is neither stays as it is."""
    if not text:
        return None
    try:
        return f"{date.fromisoformat(text).isoformat()}T00:00:00" if len(text) == 10 else moment(_aware(text))
    except ValueError:
        return text


def _aware(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def download_name(name: str) -> str:
    """A file's name as CKAN cleans it: ASCII, lower case, without accents and blanks."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace(" ", "-")
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9._-]", "", plain)).strip("-") or "file"
