"""What is still being prepared while the pages are open already: said by whoever prepares, shown above every page.

A small file is enough: it is there for the first minutes of a portal only, and gone with the last piece. One that
nobody has touched for a while was left by a process that died, and says nothing.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

_STALE = 300.0


@dataclass(frozen=True)
class Preparing:
    """How far it is: datasets of the demonstration, then (`done` is `total`) what is made of them."""

    done: int
    total: int

    @property
    def is_loaded(self) -> bool:
        """Whether every dataset is here, and only search, scores and tables are missing."""
        return self.done >= self.total


def say_preparing(done: int, total: int) -> None:
    """Tell the readers of all pages how far it is."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(Preparing(done, total))))
    draft.replace(place)


def say_prepared() -> None:
    """Nothing is missing any more."""
    _place().unlink(missing_ok=True)


def what_is_prepared() -> Preparing | None:
    """What readers are told; None when the portal is whole."""
    place = _place()
    try:
        if time.time() - place.stat().st_mtime > _STALE:
            return None
        return Preparing(**json.loads(place.read_text()))
    except FileNotFoundError:
        return None


def _place() -> Path:
    return Path(settings.VAR_DIR) / "preparing.json"
