"""A report as a tagged PDF (PDF/UA-1): title, language, headings and the headers of tables are in its structure."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from opentusk.consultation.models import MilestoneReport
from opentusk.consultation.report_tables import written

_TEMPLATE = Path(__file__).parent / "templates" / "consultation" / "report.typ"


def pdf_of(report: MilestoneReport, language: str) -> bytes:
    """The same bytes each time for the same figures and language."""
    words = written(report)
    content = {
        "title": words.title,
        "author": settings.PORTAL_PUBLISHER_NAME,
        "lang": language,
        "intro": words.intro,
        "tables": [{"title": one.title, "columns": one.columns, "rows": one.rows} for one in words.tables],
        "answers_title": _("Le risposte ufficiali"),
        "answers": words.answers,
    }
    return _compiled(json.dumps(content, ensure_ascii=False), report.as_of.replace(microsecond=0))


@lru_cache(maxsize=8)
def _compiled(content: str, moment: datetime) -> bytes:
    made: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"content": content},
        format="pdf",
        pdf_standards="ua-1",
        timestamp=moment,
        ignore_system_fonts=True,
    )
    return made
