"""Typed readers of the environment: a value that cannot be understood stops the start, with its name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    """The value of `name`, or of the file that `NAME_FILE` points to (container secrets), or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def boolean(name: str, default: bool) -> bool:
    """True or False, written `1`/`true` or `0`/`false`."""
    raw = text(name, "true" if default else "false").lower()
    if raw in {"1", "true"}:
        return True
    if raw in {"0", "false"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not «{raw}»")


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = text(name, str(default))
    if not raw.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not «{raw}»")
    return int(raw)


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
