"""What the desk says about joining: texts, obligations, documents to fill in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from opentusk.bodies.permissions import is_desk, require
from opentusk.joining.events import JoiningEvent
from opentusk.joining.models import Agreement, Obligation, TemplateDocument
from opentusk.joining.store import FORMS, Upload, keep
from opentusk.journal.actions import record as write_entry
from opentusk.journal.actors import Actor

_TEXTS = ("summary", "who", "sending", "duties", "duration", "pec", "reminder_days")


@transaction.atomic
def change_agreement(values: Mapping[str, Any], *, by: Actor) -> Agreement:
    """Change the texts of the page about joining; `values` holds fields of the row."""
    require(is_desk(by), "change_agreement", "agreement")
    agreement = Agreement.current()
    changes = {
        name: [getattr(agreement, name), values[name]]
        for name in _TEXTS
        if name in values and values[name] != getattr(agreement, name)
    }
    for name, (_before, after) in changes.items():
        setattr(agreement, name, after)
    agreement.changed_at = timezone.now()
    agreement.save()
    if changes:
        write_entry(JoiningEvent.AGREEMENT_CHANGED, agreement, by=by, changes=changes)
    return agreement


@transaction.atomic
def add_obligation(*, text: str, side: str, position: int = 0, by: Actor) -> Obligation:
    """One more thing that whoever joins from now on promises, or is promised."""
    require(is_desk(by), "add_obligation", "agreement")
    obligation = Obligation.objects.create(text=text.strip(), side=side, position=position)
    write_entry(JoiningEvent.AGREEMENT_CHANGED, obligation, by=by, facts={"text": obligation.text})
    return obligation


@transaction.atomic
def change_obligation(
    obligation: Obligation, *, text: str, side: str, position: int, is_active: bool, by: Actor
) -> Obligation:
    """Change an obligation for those who join from now on; who joined before keeps the words they ticked."""
    require(is_desk(by), "change_obligation", "agreement")
    before = [obligation.text, obligation.is_active]
    obligation.text, obligation.side, obligation.position = text.strip(), side, position
    obligation.is_active = is_active
    obligation.save(update_fields=["text", "side", "position", "is_active"])
    changes = {"text": [before[0], obligation.text], "is_active": [before[1], is_active]}
    write_entry(JoiningEvent.AGREEMENT_CHANGED, obligation, by=by, changes=changes)
    return obligation


@transaction.atomic
def add_template(*, title: str, version: str, upload: Upload, by: Actor) -> TemplateDocument:
    """Offer a document to fill in; an earlier one of the same title is offered no more. Raises FileRefused."""
    require(is_desk(by), "add_template", "agreement")
    kept = keep(upload, allowed=FORMS)
    TemplateDocument.objects.filter(title=title.strip()).update(is_offered=False)
    template = TemplateDocument.objects.create(
        title=title.strip(),
        version=version.strip(),
        filename=kept.filename,
        sha256=kept.sha256,
        byte_size=kept.byte_size,
        media_type=kept.media_type,
    )
    write_entry(JoiningEvent.AGREEMENT_CHANGED, template, by=by, facts={"template": template.title})
    return template


@transaction.atomic
def withdraw_template(template: TemplateDocument, *, by: Actor) -> None:
    """Offer a document no more."""
    require(is_desk(by), "withdraw_template", "agreement")
    template.is_offered = False
    template.save(update_fields=["is_offered"])
    write_entry(JoiningEvent.AGREEMENT_CHANGED, template, by=by, facts={"withdrawn": template.title})
