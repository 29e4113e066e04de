"""Statistics by world: how many people, registrations, wishes and endorsements; totals are the sums of the worlds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opentusk.consultation.models import ThematicProposal
from opentusk.demand.models import Endorsement, WantedDataset
from opentusk.insights.small_cells import TOTAL, suppress
from opentusk.people.models import User, World
from opentusk.programme.models import Registration
from opentusk.programme.states import RegistrationState

# Whoever has not said a world is a row too: without it the totals would not be the sums.
WORLDS = (*World.values, "")


@dataclass(frozen=True)
class Crossed:
    """One measure by world and edition: the cells that may be shown, the sums of rows and columns, the total."""

    label: str | Promise
    editions: list[str]
    rows: list[tuple[str, list[int | None], int | None]]
    sums: list[int]
    total: int


def name_of(world: str) -> str:
    """The name of a world."""
    return str(World(world).label) if world else _("non indicato")


def people_by_world(*, with_demo: bool) -> dict[str, int]:
    """The accounts in use."""
    people = User.objects.active() if with_demo else User.objects.active().filter(is_demo=False)
    return _counted(people.values_list("world", flat=True))


def crossed(*, with_demo: bool) -> list[Crossed]:
    """Registrations, wishes and endorsements, by world and edition."""
    return [
        _crossed(gettext_lazy("Iscrizioni agli eventi"), _registrations(with_demo)),
        _crossed(gettext_lazy("Voci del paniere"), _wishes(with_demo)),
        _crossed(gettext_lazy("Sostegni"), _endorsements(with_demo)),
    ]


def _crossed(label: str | Promise, pairs: Iterable[tuple[str, str]]) -> Crossed:
    cells = Counter((world if world in World.values else "", edition) for world, edition in pairs)
    editions = sorted({edition for _world, edition in cells})
    shown = suppress(cells, WORLDS, editions)
    rows = [(name_of(world), [shown[world, edition] for edition in editions], shown[world, TOTAL]) for world in WORLDS]
    sums = [sum(cells[world, edition] for world in WORLDS) for edition in editions]
    return Crossed(label, editions, rows, sums, sum(sums))


def _registrations(with_demo: bool) -> Iterable[tuple[str, str]]:
    given = Registration.objects.exclude(state__in=(RegistrationState.PENDING, RegistrationState.CANCELLED))
    chosen = given if with_demo else given.filter(is_demo=False)
    return chosen.values_list("world", "event__edition__slug")


def _wishes(with_demo: bool) -> Iterable[tuple[str, str]]:
    counting = WantedDataset.objects.in_the_basket()
    chosen = counting if with_demo else counting.filter(is_demo=False)
    return chosen.values_list("proponent_world", "basket__edition")


def _endorsements(with_demo: bool) -> Iterable[tuple[str, str]]:
    given = Endorsement.objects.all() if with_demo else Endorsement.objects.filter(is_demo=False)
    wishes = WantedDataset.objects.values_list("pk", "basket__edition")
    editions = {f"demand.wanteddataset:{pk}": edition for pk, edition in wishes}
    proposals = ThematicProposal.objects.values_list("pk", "consultation__edition")
    editions |= {f"consultation.thematicproposal:{pk}": edition for pk, edition in proposals}
    return ((world, editions.get(subject, "")) for world, subject in given.values_list("world", "subject"))


def _counted(worlds: Iterable[str]) -> dict[str, int]:
    found = Counter(world if world in World.values else "" for world in worlds)
    return {world: found[world] for world in WORLDS}
