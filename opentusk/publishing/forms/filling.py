"""Between the guide's form and the record: what is shown first, what was typed, what is saved."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from opentusk.catalog.records import iris, text_in, to_record
from opentusk.kit import records as kit
from opentusk.kit.editing.filling import applied_to, initial_of
from opentusk.kit.harmonise import Defaults, harmonise_dataset
from opentusk.kit.problems import Problem
from opentusk.kit.quality.value_rules import HVD_REGULATION
from opentusk.kit.suggesting.description import complete_description, describe_file
from opentusk.kit.suggesting.shapes import Suggestion
from opentusk.kit.vocabularies import FILE_TYPES
from opentusk.publishing.forms.guided import QUESTIONS, GuidedForm
from opentusk.publishing.forms.showing import sent
from opentusk.publishing.habits import examined_tables
from opentusk.publishing.models import Guide


def form_of(guide: Guide, suggestions: Mapping[str, Suggestion]) -> GuidedForm:
    """The form to show: what was typed and not saved, else what is stored, else what we suggest."""
    shown = _shown(guide, suggestions)
    if guide.typed:
        shown |= _typed_values(query_of(guide.typed), GuidedForm(initial=shown))
    return GuidedForm(initial=shown)


def typed_form(guide: Guide, typed: QueryDict) -> GuidedForm:
    """The form as the browser sent it."""
    return GuidedForm(typed, initial=_stored(guide))


def query_of(typed: Mapping[str, list[str]]) -> QueryDict:
    """What was typed, as a browser sends it."""
    query = QueryDict(mutable=True)
    for name, values in typed.items():
        query.setlist(name, values)
    return query


def accepted_form(guide: Guide, suggestions: Mapping[str, Suggestion]) -> GuidedForm:
    """The form sent back unchanged: what was typed, else what is stored, else what we suggest."""
    shown = form_of(guide, suggestions)
    return typed_form(guide, query_of({name: sent(shown[name].value()) for name in shown.fields}))


def record_of(guide: Guide, cleaned: Mapping[str, Any]) -> tuple[kit.Dataset, list[Problem]]:
    """The record that was typed, harmonised, with a problem for each value that was changed."""
    stored = to_record(guide.dataset)
    record = applied_to(stored, cleaned)
    text = complete_description(record.description.get("it", ""), {name: cleaned[name] for name in QUESTIONS})
    described = replace(record, description={**record.description, "it": text} if text else record.description)
    return harmonise_dataset(_with_files(guide, described, cleaned["license"]), Defaults(), iris())


def _with_files(guide: Guide, record: kit.Dataset, licence: str) -> kit.Dataset:
    """The files with the licence, with a name where they have none, and with what the Regulation wants declared."""
    law = (HVD_REGULATION,) if record.hvd_category else ()
    tables = examined_tables(guide.dataset)
    parts = tuple(
        replace(
            part,
            license=kit.LicenseDocument(iri=licence) if licence else None,
            rights=part.rights or record.access_rights,
            title=part.title or {"it": _file_title(record, part)},
            description=part.description or describe_file(tables),
            applicable_legislation=_with_law(part.applicable_legislation, law),
        )
        for part in record.distribution
    )
    laws = _with_law(record.applicable_legislation, law)
    return replace(record, distribution=parts, applicable_legislation=laws)


def _with_law(stored: tuple[str, ...], law: tuple[str, ...]) -> tuple[str, ...]:
    return (*(iri for iri in stored if iri != HVD_REGULATION), *law)


def _file_title(record: kit.Dataset, part: kit.Distribution) -> str:
    found = FILE_TYPES.by_iri(part.format or "")
    return ", ".join(filter(None, [text_in(record.title), found.code if found else ""]))


def _shown(guide: Guide, suggestions: Mapping[str, Suggestion]) -> dict[str, Any]:
    shown = _stored(guide)
    # A draft that the guide made says only what it guessed before the file was read.
    is_ours = guide.described_at is None and guide.way != Guide.Way.OTHER
    for name, suggestion in suggestions.items():
        if name != "hvd_category" and (is_ours or not shown.get(name)):
            shown[name] = suggestion.value
    today = timezone.localdate().isoformat()
    return {**shown, "modified": shown.get("modified") or today}


def _stored(guide: Guide) -> dict[str, Any]:
    record = to_record(guide.dataset)
    licence = next((part.license.iri for part in record.distribution if part.license and part.license.iri), "")
    local_part = guide.dataset.identifier.partition(":")[2]
    return {**initial_of(record), "license": licence or "", "local_part": local_part}


def _typed_values(typed: QueryDict, form: GuidedForm) -> dict[str, Any]:
    """What was typed in each field, right or wrong: a form is always sent whole."""
    return {name: field.widget.value_from_datadict(typed, {}, name) for name, field in form.fields.items()}
