"""An event as programs read it, and lists of events as Atom and JSON Feed 1.1."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from opentusk.notices.models import Event
from opentusk.notices.words import line_for

_JSON_FEED = "https://jsonfeed.org/version/1.1"


def event_json(event: Event) -> dict[str, Any]:
    """An event in the shape of the API, the stream and the webhooks."""
    return {
        "seq": event.seq,
        "id": str(event.id),
        "type": event.type,
        "family": event.family,
        "severity": event.severity,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "distribution": str(event.distribution) if event.distribution else None,
        "themes": event.themes,
        "places": event.places,
        "data": event.payload,
    }


def title_of(event: Event) -> str:
    """The dataset and what happened to it, in one line."""
    return f"{name_of(event)} – {line_for(event)}"


def page_of(event: Event) -> str:
    """Where to read on; what is for the people of a body leads to where they can act."""
    return str(event.payload.get("act") or (event.payload.get("dataset") or event.payload["subject"])["page"])


def differences_of(event: Event) -> str:
    """The page with the rows that differ, where an event counts rows; nothing for the others."""
    facts = event.payload
    if event.type != "file.updated" or not {"added", "removed"} <= facts.keys() or "dataset" not in facts:
        return ""
    return f"{facts['dataset']['page']}/tabella/{facts['table']}/versioni/{facts['to_version']}"


def name_of(event: Event) -> str:
    """What the event is about: a dataset, a thing of another room, or a source or the body itself for its people."""
    return str(event.payload["dataset"]["title"] if "dataset" in event.payload else event.payload["about"])


def holder_of(event: Event) -> str:
    """The name of the body, or nothing."""
    return str((event.payload.get("holder") or {}).get("name", ""))


def atom_feed(events: Sequence[Event], *, about: str, page: str, address: str) -> str:
    """The events as Atom; the id of an entry is that of its event."""
    feed = Atom1Feed(title=_feed_title(about), link=page, description="", feed_url=address, language="it")
    for event in events:
        feed.add_item(
            title=_printable(title_of(event)),
            link=page_of(event),
            description=_printable(line_for(event)),
            unique_id=f"urn:uuid:{event.id}",
            author_name=_printable(holder_of(event) or settings.PORTAL_TITLE),
            updateddate=event.at,
            pubdate=event.at,
            categories=[event.type, *event.themes],
        )
    return str(feed.writeString("utf-8"))


def json_feed(events: Sequence[Event], *, about: str, page: str, address: str) -> str:
    """The events as JSON Feed 1.1, with the facts of each under `_opentusk`."""
    document = {
        "version": _JSON_FEED,
        "title": _feed_title(about),
        "home_page_url": page,
        "feed_url": address,
        "language": "it",
        "items": [
            {
                "id": str(event.id),
                "url": page_of(event),
                "title": title_of(event),
                "content_text": line_for(event),
                "date_published": event.at.isoformat(),
                "authors": [{"name": holder_of(event) or settings.PORTAL_TITLE}],
                "tags": [event.type, *event.themes],
                "_opentusk": event_json(event),
            }
            for event in events
        ],
    }
    return json.dumps(document, ensure_ascii=False)


def _feed_title(about: str) -> str:
    name = _("Novità") + (f" – {about}" if about else "")
    return f"{name} · {settings.PORTAL_TITLE}"


def _printable(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
