"""Works as things that can be followed and heard of."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext, gettext_lazy

from opentusk.catalog.records import to_record
from opentusk.kit.vocabularies import THEMES
from opentusk.notices.models import Family, Severity
from opentusk.notices.rules import Facts, Rule
from opentusk.notices.speakers import Subject
from opentusk.reuse.models import Work


def _published(facts: Facts) -> str:
    return gettext("Un nuovo riuso dei dati è nella galleria.")


def _archived(facts: Facts) -> str:
    return gettext("Il riuso non è più nella galleria.")


class Works:
    """The works of the gallery; whoever proposes one follows it."""

    kind = "reuse.work"
    label = gettext_lazy("un riuso")
    followed_after = frozenset({"reuse.proposed"})
    carried_over = None
    rules = (
        Rule(
            "reuse.published", "work.published", Family.REUSE, Severity.NOTABLE, words=_published, told_to_datasets=True
        ),
        Rule("reuse.archived", "work.archived", Family.REUSE, Severity.INFO, words=_archived),
    )

    def describe(self, numbers: Collection[int]) -> Mapping[int, Subject]:
        """The works, with the body and the themes of their main dataset."""
        works = Work.objects.filter(pk__in=numbers).prefetch_related("datasets__dataset__rights_holder")
        return {work.pk: _subject(work) for work in works}


def _subject(work: Work) -> Subject:
    rows = sorted((row for row in work.datasets.all() if row.dataset), key=lambda row: (not row.is_main, row.pk))
    main = rows[0].dataset if rows else None
    themes = (THEMES.by_iri(iri) for iri in to_record(main).theme) if main else ()
    return Subject(
        title=work.title,
        path=f"/riusi/{work.slug}",
        is_public=work.is_visible,
        holder=main.rights_holder if main else None,
        themes=tuple(theme.code for theme in themes if theme),
        datasets=tuple(row.dataset_id for row in rows if row.dataset_id),
    )
