"""Every write of the joining room, one module for each subject."""

from opentusk.joining.actions.activation import activate
from opentusk.joining.actions.agreement import (
    add_obligation,
    add_template,
    change_agreement,
    change_obligation,
    withdraw_template,
)
from opentusk.joining.actions.closing import end, reactivate, suspend
from opentusk.joining.actions.reminding import remind
from opentusk.joining.actions.requesting import (
    confirm_request,
    forget_unconfirmed,
    forget_unused_files,
    refuse_if_taken,
    request_accreditation,
)
from opentusk.joining.actions.steps import (
    add_document,
    answer_integration,
    begin_review,
    name_people,
    note_catalogues,
    note_transmission,
    reject,
    renew_address,
    request_integration,
    upload_act,
    upload_scheme,
)

__all__ = [
    "activate",
    "add_document",
    "add_obligation",
    "add_template",
    "answer_integration",
    "begin_review",
    "change_agreement",
    "change_obligation",
    "confirm_request",
    "end",
    "forget_unconfirmed",
    "forget_unused_files",
    "name_people",
    "note_catalogues",
    "note_transmission",
    "reactivate",
    "refuse_if_taken",
    "reject",
    "remind",
    "renew_address",
    "request_accreditation",
    "request_integration",
    "suspend",
    "upload_act",
    "upload_scheme",
    "withdraw_template",
]
