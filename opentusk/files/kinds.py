"""What a file is, by its content: never by what a browser says; its name only breaks ties between kinds of text."""

from pathlib import Path

from opentusk.kit.tables.formats.sniffing import media_type_of


def kind_of(path: Path, *, name: str) -> tuple[str, str]:
    """The media type of a file and the ending that such files have."""
    kind = media_type_of(path, name=name)
    return kind.media_type, kind.extension
