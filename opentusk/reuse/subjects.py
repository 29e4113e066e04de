"""Works as other rooms speak of them."""

from opentusk.journal.models import reference_of
from opentusk.journal.subjects import Card
from opentusk.reuse.models import Work


def work_card(pk: int) -> Card | None:
    """The card of one work."""
    work = Work.objects.filter(pk=pk).first()
    if work is None:
        return None
    return Card(
        subject=reference_of(work),
        title=work.title,
        url=f"/riusi/{work.slug}",
        is_public=work.is_visible,
        facts={"kind": work.kind, "is_demo": work.is_demo},
    )
