"""The gallery of reuses, for people and for programs."""

import csv
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opentusk.catalog.models import Dataset
from opentusk.journal.models import reference_of
from opentusk.journal.subjects import card_of
from opentusk.people.actors import actor_of
from opentusk.reuse.forms import GalleryForm
from opentusk.reuse.images import KINDS
from opentusk.reuse.impact import bodies_by_works, datasets_by_works
from opentusk.reuse.models import Work, WorkQuerySet
from opentusk.reuse.permissions import can_decide, can_edit
from opentusk.search.lists import harmless_cell

_PER_PAGE = 24


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """What people made with the data."""
    form = GalleryForm(request.GET)
    page = Paginator(_found(form), _PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "dataset": Dataset.objects.published().filter(identifier=form.cleaned_data.get("dataset") or "-").first(),
        "holder": form.holder(),
        "query": query.urlencode(),
        "crumbs": [(_("Riusi"), "")],
    }
    return render(request, "reuse/gallery.html", context)


@require_safe
def gallery_json(request: HttpRequest) -> JsonResponse:
    """The same list for programs."""
    works = [_said(work) for work in _found(GalleryForm(request.GET))]
    return JsonResponse({"count": len(works), "works": works})


@require_safe
def gallery_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    rows = [_said(work) for work in _found(GalleryForm(request.GET))]
    names = ("title", "kind", "authors", "page", "url", "published", "is_demo", "datasets")
    lines = ([*(row[name] for name in names[:-1]), " | ".join(one["title"] for one in row["datasets"])] for row in rows)
    return table("riusi.csv", names, lines)


@require_safe
def work_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One reuse: what it is, its address, the data that it is made with."""
    work = get_object_or_404(Work.objects.select_related("image", "agent"), slug=slug)
    reader = actor_of(request.user)
    if not (work.is_visible or can_edit(reader, work)):
        raise Http404
    context = {
        "work": work,
        "datasets": work.datasets.select_related("dataset__rights_holder").order_by("-is_main", "-is_portal", "title"),
        "origin": card_of(work.origin) if work.origin else None,
        "reference": reference_of(work),
        "can_decide": can_decide(reader),
        "crumbs": [(_("Riusi"), "/riusi"), (work.title, "")],
    }
    return render(request, "reuse/work.html", context)


@require_safe
def image(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of a work: of a kind that runs nothing, and never taken for another."""
    work = get_object_or_404(Work.objects.select_related("image"), slug=slug)
    if work.image is None or work.image.media_type not in KINDS or not work.image.path.is_file():
        raise Http404
    if not (work.is_visible or can_edit(actor_of(request.user), work)):
        raise Http404
    answer = FileResponse(work.image.path.open("rb"), content_type=work.image.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer


@require_safe
def impact(request: HttpRequest) -> HttpResponse:
    """Which data are reused most, and whose they are."""
    context = {
        "total": Work.objects.published().filter(is_demo=False).count(),
        "invented": Work.objects.published().filter(is_demo=True).count(),
        "datasets": datasets_by_works()[:20],
        "bodies": bodies_by_works()[:50],
        "crumbs": [(_("Riusi"), "/riusi"), (_("Impatto"), "")],
    }
    return render(request, "reuse/impact.html", context)


@require_safe
def impact_csv(request: HttpRequest) -> HttpResponse:
    """How many works each dataset has, whole."""
    lines = ([row.identifier, row.title, row.rights_holder.name, row.works_made] for row in datasets_by_works())
    return table("impatto.csv", ("dataset", "title", "holder", "works"), lines)


def table(name: str, names: Iterable[str], lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """A CSV to save, with no cell that a spreadsheet takes for a formula."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(answer)
    writer.writerow(names)
    writer.writerows([harmless_cell(cell) for cell in line] for line in lines)
    return answer


def _found(form: GalleryForm) -> WorkQuerySet:
    form.is_valid()
    asked = form.cleaned_data
    found = Work.objects.published().newest_first().select_related("image").prefetch_related("datasets__dataset")
    if asked.get("genere"):
        found = found.filter(kind=asked["genere"])
    if asked.get("tema"):
        found = found.about_theme(asked["tema"])
    if asked.get("ente"):
        found = found.filter(pk__in=Work.objects.filter(datasets__dataset__rights_holder__ipa_code=asked["ente"]))
    if asked.get("dataset"):
        found = found.filter(pk__in=Work.objects.filter(datasets__dataset__identifier=asked["dataset"]))
    return found.saying(asked["q"]) if asked.get("q") else found


def _said(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "slug": work.slug,
        "kind": work.kind,
        "abstract": work.abstract,
        "authors": work.authors_label,
        "licence": work.licence,
        "page": f"{settings.SITE_URL}/riusi/{work.slug}",
        "url": work.url,
        "code": work.repo_url,
        "published": work.published_at.isoformat() if work.published_at else None,
        "answers": work.link_state,
        "is_demo": work.is_demo,
        "datasets": [
            {"uri": row.dataset_uri, "title": row.title, "publisher": row.publisher, "is_main": row.is_main}
            for row in work.datasets.all()
        ],
    }
