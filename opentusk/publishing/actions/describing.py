"""The description: kept while it is typed, saved when it is whole, published."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from opentusk.catalog import actions as catalog
from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit
from opentusk.catalog.permissions import require as require_in_catalog
from opentusk.catalog.records import text_in, to_record
from opentusk.journal.actors import Actor
from opentusk.kit import records as kit
from opentusk.kit.suggesting.naming import suggest_local_part
from opentusk.publishing.habits import names_taken
from opentusk.publishing.models import Guide


@transaction.atomic
def remember_typed(guide: Guide, typed: Mapping[str, list[str]], *, expected: str, by: Actor) -> Guide:
    """Keep what is in the form, right or wrong, without touching the description. Nobody else is told.

    `expected` is the checksum of the description that the form was filled from. What was saved already is not kept: the
    browser sends the form by itself while the button is pressed too, and on a slow line that arrives after the saving.
    """
    require_in_catalog(can_edit(by, guide.dataset), "edit", guide.dataset)
    guide = Guide.objects.with_dataset().select_for_update(of=("self",), no_key=True).get(pk=guide.pk)
    if guide.saved_typed == _fingerprint(typed):
        return guide
    guide.typed, guide.typed_from, guide.typed_at = dict(typed), expected[:64], timezone.now()
    guide.save(update_fields=["typed", "typed_from", "typed_at"])
    return guide


@transaction.atomic
def forget_typed(guide: Guide, *, by: Actor) -> Guide:
    """Go back to the description as it was saved last."""
    require_in_catalog(can_edit(by, guide.dataset), "edit", guide.dataset)
    guide.typed, guide.typed_from, guide.typed_at = {}, "", None
    guide.save(update_fields=["typed", "typed_from", "typed_at"])
    return guide


@transaction.atomic
def describe(
    guide: Guide, record: kit.Dataset, *, name: str, sent: Mapping[str, list[str]], expected: str, by: Actor
) -> Guide:
    """Save the description; `name` is the one in the address as the form had it, `sent` all its fields.

    Raises EditedMeanwhile, IdentifierTaken, NotPublishable.
    """
    saved = catalog.change_record(guide.dataset, record, by=by, expected=expected)
    _follow_name(guide, saved, name, by)
    guide.dataset = Dataset.objects.with_holder().get(pk=saved.pk)
    guide.typed, guide.typed_from, guide.typed_at = {}, "", None
    guide.saved_typed, guide.described_at = _fingerprint(sent), timezone.now()
    guide.save(update_fields=["typed", "typed_from", "typed_at", "saved_typed", "described_at", "follows_title"])
    return guide


def _fingerprint(fields: Mapping[str, list[str]]) -> str:
    return hashlib.sha256(json.dumps(dict(fields), sort_keys=True).encode()).hexdigest()


def _follow_name(guide: Guide, saved: Dataset, chosen: str, by: Actor) -> None:
    """The name in the address: the one that was chosen, else the one that the title makes."""
    if saved.status != Dataset.Status.DRAFT or saved.published_at or saved.is_harvested:
        return
    current = saved.identifier.partition(":")[2]
    guide.follows_title = guide.follows_title and chosen in {"", current}
    if guide.follows_title:
        title = text_in(to_record(saved).title)
        made = suggest_local_part(title, names_taken(saved), saved.rights_holder.territory)
        chosen = str(made.value) if made else current
    if chosen and chosen != current:
        catalog.rename_draft(saved, f"{saved.rights_holder.ipa_code}:{chosen}", by=by)
