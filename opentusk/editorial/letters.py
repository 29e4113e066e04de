"""The letters of a review: to the author whose draft was sent back, to the reviewers who did not look at it."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opentusk.bodies.letters import Letter
from opentusk.bodies.models import Membership
from opentusk.bodies.permissions import REVIEWERS
from opentusk.catalog.models import Dataset, Hold
from opentusk.editorial.authorship import label_of
from opentusk.people.models import User


def sent_back(hold: Hold, note: str) -> Letter:
    """To who asked for the review: what must change first."""
    asked = User.objects.active().filter(pk=hold.facts.get("author_id"))
    values = {"title": hold.dataset.title}
    words = (
        _("Chi ha guardato «%(title)s» te lo rimanda con questo messaggio:") % values,
        note or _("(senza messaggio)"),
        _("Sistemalo e chiedi di nuovo la revisione da qui:"),
        f"{_address(hold.dataset)}/revisione",
    )
    return Letter(_addresses(asked), _("Da rivedere: %(title)s") % values, words)


def corrected(dataset: Dataset, *, reviewer: int, fields: list[str]) -> Letter:
    """To the other reviewers of the body: what their colleague corrected before approving it."""
    others = Membership.objects.valid().filter(agent=dataset.rights_holder, role__in=REVIEWERS).exclude(user=reviewer)
    values = {"title": dataset.title, "fields": ", ".join(label_of(name) for name in fields)}
    words = _(
        "Un revisore ha approvato «%(title)s» dopo averne corretto: %(fields)s. Se qualcosa non va, puoi cambiarlo "
        "ancora da qui:"
    )
    to = _addresses(User.objects.active().filter(pk__in=others.values("user")))
    return Letter(to, _("Corretto e approvato: %(title)s") % values, (words % values, _address(dataset)))


def _addresses(people: QuerySet[User]) -> tuple[str, ...]:
    return tuple(people.order_by("email").values_list("email", flat=True))


def _address(dataset: Dataset) -> str:
    return f"{settings.SITE_URL}/scrivania/dataset/{dataset.pk}"
