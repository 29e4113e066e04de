"""A certificate of attendance as a tagged PDF (PDF/UA-1), made anew each time: no copy of it is kept."""

import json
from io import BytesIO
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils.timezone import localtime

from opentusk.programme.models import Certificate
from opentusk.ui.speech import spoken_day

_TEMPLATE = Path(__file__).parent / "templates" / "programme" / "certificate.typ"


def pdf_of(certificate: Certificate, name: str) -> bytes:
    """The certificate, in Italian: who issues it, for whom, which event, and where to verify it."""
    event = certificate.event
    day = spoken_day(localtime(event.starts_at)) if event.starts_at else ""
    address = f"{settings.SITE_URL}/attestati/{certificate.code}"
    content = {
        "title": "Attestato di partecipazione",
        "author": settings.PORTAL_PUBLISHER_NAME,
        "name": name,
        "event": event.title,
        "kind": event.get_kind_display(),
        "when": ", ".join(part for part in (day, event.venue, event.municipality) if part),
        "issued": f"Rilasciato il {spoken_day(localtime(certificate.issued_at))}",
        "code": certificate.code,
        "address": address,
        "picture": _picture(address),
        "picture_words": f"Codice QR che porta a {address}",
    }
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=certificate.issued_at.replace(microsecond=0),
        ignore_system_fonts=True,
    )
    return made


def _picture(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4)
    return drawn.getvalue().decode()
