"""Every write of the consultation room."""

from opentusk.consultation.actions.answering import publish_answers, write_answer, write_intro
from opentusk.consultation.actions.importing import (
    ImportReport,
    confirm_draft,
    discard_draft,
    draft_of,
    import_export,
    note_reviewed,
)
from opentusk.consultation.actions.reporting import freeze_datalab_report, freeze_report
from opentusk.consultation.actions.running import change_consultation, create_consultation, schedule
from opentusk.consultation.actions.taking_part import (
    comment_on,
    endorse_proposal,
    endorse_wish,
    propose_wish,
    withdraw_from_proposal,
    withdraw_from_wish,
)

__all__ = [
    "ImportReport",
    "change_consultation",
    "comment_on",
    "confirm_draft",
    "create_consultation",
    "discard_draft",
    "draft_of",
    "endorse_proposal",
    "endorse_wish",
    "freeze_datalab_report",
    "freeze_report",
    "import_export",
    "note_reviewed",
    "propose_wish",
    "publish_answers",
    "schedule",
    "withdraw_from_proposal",
    "withdraw_from_wish",
    "write_answer",
    "write_intro",
]
