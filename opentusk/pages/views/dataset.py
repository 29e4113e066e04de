"""The page of a dataset, and the tombstone of one that was withdrawn."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from opentusk.catalog.models import Dataset
from opentusk.catalog.permissions import can_edit, can_see
from opentusk.catalog.records import iris, to_record
from opentusk.feeds.negotiation import or_rdf
from opentusk.feeds.views.things import dataset_as, named
from opentusk.insights.custody import wishes_answered_by
from opentusk.kit.mapping.schema_org import schema_org, script_text
from opentusk.pages.citation import attribution_of
from opentusk.pages.freshness import freshness_of
from opentusk.pages.history import history_of
from opentusk.pages.metadata_rows import rows_of
from opentusk.pages.quality_panel import dictionary_of, files_with_state, quality_of
from opentusk.people.actors import actor_of
from opentusk.reuse.impact import works_with
from opentusk.tables.shelf import files_on_shelf
from opentusk.ui.speech import text_and_language


@or_rdf(dataset_as)
def dataset_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, whose it is, how fresh it is, what one may do with it, and its files."""
    dataset = get_object_or_404(Dataset.objects.with_holder(), named(slug))
    reader = actor_of(request.user)
    if not can_see(reader, dataset):
        raise Http404
    if dataset.slug != slug:
        return redirect("dataset", dataset.slug)
    context = {**_described(dataset), "can_edit": can_edit(reader, dataset)}
    if dataset.is_withdrawn:
        return render(request, "pages/tombstone.html", context, status=410)
    return render(request, "pages/dataset.html", context)


def _described(dataset: Dataset) -> dict[str, object]:
    record = to_record(dataset)
    title = text_and_language(record.title)[0] or dataset.identifier
    holder = dataset.rights_holder
    shelf = files_on_shelf(dataset)
    address = iris().dataset_page(dataset.slug)
    return {
        "dataset": dataset,
        "record": record,
        "title": title,
        "holder": holder,
        "address": address,
        "iri": record.iri or iris().dataset(dataset.identifier),
        "site": settings.SITE_URL,
        "licences": list(dict.fromkeys(part.license.iri for part in record.distribution if part.license)),
        "freshness": freshness_of(dataset.modified, dataset.frequency, timezone.localdate()),
        "files": [(part, check, shelf.get(part.iri or "")) for part, check in files_with_state(record)],
        "quality": quality_of(dataset),
        "dictionary": dictionary_of(dataset),
        # `script_text` escapes whatever could end the element: the only markup here that is not the template's.
        "structured": mark_safe(script_text(schema_org(record, page=address, catalog=iris().catalog()))),  # noqa: S308
        "rows": rows_of(record),
        "attribution": attribution_of(record, address=address),
        "history": history_of(dataset),
        "works": works_with(dataset),
        "wishes": wishes_answered_by(dataset),
        "announcements": dataset.announcements.standing(timezone.localdate()),
        "duplicates": dataset.duplicates.filter(status=Dataset.Status.PUBLISHED).with_holder(),
        "crumbs": [(holder.name, f"/enti/{holder.slug}"), (title, "")],
    }
