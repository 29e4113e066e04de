"""The question that the basket is asked: which edition, theme, origin, state, body, and what is late."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from opentusk.demand.models import WantedDataset, WantedDatasetQuerySet
from opentusk.demand.states import State

# The part of an address -> the column that it asks.
_COLUMNS = {
    "edizione": "basket__edition",
    "tema": "primary_theme",
    "origine": "origin",
    "stato": "state",
    "ente": "assigned_body__slug",
}
_LONGEST = 120


@dataclass(frozen=True)
class Question:
    """What somebody wants to see of the basket; without a state only what counts."""

    chosen: dict[str, str]
    words: str = ""
    is_late: bool = False

    def wishes(self) -> WantedDatasetQuerySet:
        """The wishes that answer."""
        wishes = WantedDataset.objects.shown() if "stato" in self.chosen else WantedDataset.objects.in_the_basket()
        if self.is_late:
            wishes = wishes.overdue(timezone.localdate())
        for name, value in self.chosen.items():
            wishes = wishes.filter(**{_COLUMNS[name]: value})
        if self.words:
            wishes = wishes.filter(Q(title__icontains=self.words) | Q(use_case__icontains=self.words))
        return wishes

    def waiting(self) -> WantedDatasetQuerySet:
        """What the same question finds among proposals nobody has examined; nothing when a state is asked."""
        if "stato" in self.chosen:
            return WantedDataset.objects.none()
        return replace(self, chosen=self.chosen | {"stato": State.PROPOSED.value}).wishes()

    def query(self) -> str:
        """The same question as the end of an address."""
        late = {"oltre": "1"} if self.is_late else {}
        return urlencode(self.chosen | ({"q": self.words} if self.words else {}) | late)


def read_question(said: QueryDict) -> Question:
    """The question of an address; what it does not know is not asked."""
    chosen = {name: value[:_LONGEST] for name in _COLUMNS if (value := said.get(name, "").strip())}
    return Question(chosen, said.get("q", "").strip()[:_LONGEST], bool(said.get("oltre")))
