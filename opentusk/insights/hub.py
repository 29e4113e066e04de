"""What the page «Partecipa» shows, read from the rooms of the programme."""

from django.db.models import Count, Q
from django.utils import timezone

from opentusk.consultation.models import Consultation
from opentusk.demand.models import WantedDataset
from opentusk.demand.states import ANSWERED, IN_THE_BASKET
from opentusk.programme.models import Edition, Event
from opentusk.programme.states import Audience
from opentusk.reuse.models import Work

_A_FEW = 3


def what_is_on() -> dict[str, object]:
    """The next events, the consultations of now, the baskets in figures and the newest works."""
    now = timezone.now()
    scheduled = Consultation.objects.public().newest_first()
    return {
        "events": Event.objects.public().exclude(audience=Audience.INVITED).to_come(now)[:_A_FEW],
        "consultations": [one for one in scheduled if one.is_open(now)],
        "past_consultations": [one for one in scheduled if not one.is_open(now)][:_A_FEW],
        "baskets": baskets(),
        "works": Work.objects.published().newest_first()[:_A_FEW],
    }


def baskets() -> list[dict[str, object]]:
    """The figures of each basket, the newest edition first; `is_demo` when invented wishes are among them."""
    counting = WantedDataset.objects.shown().filter(state__in=IN_THE_BASKET)
    figures = (
        counting.order_by()
        .values("basket__edition", "basket__title")
        .annotate(
            size=Count("pk"),
            assigned=Count("pk", filter=Q(assigned_body__isnull=False)),
            answered=Count("pk", filter=Q(state__in=ANSWERED)),
            invented=Count("pk", filter=Q(is_demo=True)),
        )
        .order_by("-basket__edition")
    )
    titles = dict(Edition.objects.values_list("slug", "title"))
    return [
        {
            "edition": row["basket__edition"],
            "title": row["basket__title"] or titles.get(row["basket__edition"], row["basket__edition"]),
            "size": row["size"],
            "assigned": row["assigned"],
            "answered": row["answered"],
            "is_demo": bool(row["invented"]),
        }
        for row in figures
    ]
