"""`package_search`."""

from typing import Any

from django.utils import timezone

from opentusk.ckan.errors import Fault, SearchFault, SearchQueryFault
from opentusk.ckan.protocol import Call
from opentusk.ckan.refusing import answers
from opentusk.ckan_search.api.parameters import facets_of, fields_wanted, page_of, question_of, refuse_unknown, sort_of
from opentusk.ckan_search.facets import told_facets
from opentusk.ckan_search.searching import Search
from opentusk.ckan_search.showing import flat_packages, packages_of
from opentusk.kit.solr.errors import BadOrder, QueryRefused
from opentusk.querying.gates import working_for


@answers(QueryRefused)
def _refused(refusal: QueryRefused) -> Fault:
    return SearchFault(f"Unable to perform search: {refusal.message!r}")


@answers(BadOrder)
def _badly_ordered(refusal: BadOrder) -> Fault:
    return SearchQueryFault(f"Search Query is invalid: {refusal.message!r}")


def package_search(call: Call) -> Any:
    """Return the datasets that match `q` and every filter of `fq` and `fq_list`, with counts by value.

    q, fq, fq_list: the part of Solr's language described in docs/reference/ckan-search.md; a `q` without a colon is
    bare words. rows (10, at most 1000), start: the page. sort: `field asc|desc, ...`. facet, facet.field (a JSON list),
    facet.limit (50; negative: all), facet.mincount (1). fl: only these fields. include_private, include_drafts,
    include_deleted: also these datasets of the organizations the caller writes for. ext_bbox: only datasets whose place
    on the map touches `minx,miny,maxx,maxy`.
    """
    refuse_unknown(call)
    rows, start = page_of(call)
    sort, wanted = sort_of(call), fields_wanted(call)
    asked = facets_of(call)
    question = question_of(call, sort)
    with working_for(call.request):
        search = Search(question, now=timezone.now())
        kept = search.kept(start=start, rows=rows) if rows and start < search.count else []
        counts = search.facets(asked)
        results = flat_packages(kept, question.view, wanted) if wanted else packages_of(kept, question.view)
    return {
        "count": search.count, "facets": counts, "results": results, "sort": sort, "search_facets": told_facets(counts)
    }  # fmt: skip
