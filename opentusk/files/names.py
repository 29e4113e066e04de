"""Names of files: as people gave them, without what a name can do to a folder, a header or a reader."""

import unicodedata

_LONGEST = 150
_NAMELESS = "file"


def clean_name(name: str) -> str:
    """The last part of a path, without control and direction marks, at most 150 characters with its ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", last))
    # Other than letters, digits, marks and punctuation: "gpj.exe" turned round by a direction mark is one of them.
    kept = "".join(character for character in shown if unicodedata.category(character)[0] != "C")
    text = " ".join(kept.split()).strip(". ")
    return _shortened(text) or _NAMELESS


def ending_of(name: str) -> str:
    """What follows the last point, in lower case and without it; empty where there is none."""
    stem, point, ending = name.rpartition(".")
    return ending.lower() if stem and point and ending.isalnum() and len(ending) <= 10 else ""


def _shortened(text: str) -> str:
    ending = ending_of(text)
    suffix = f".{ending}" if ending else ""
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(suffix)].rstrip() + suffix
