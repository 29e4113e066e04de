"""Which events a reader asks for: the same filters in the page, the feeds and the programs' address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from opentusk.bodies.models import Agent
from opentusk.catalog.models import Dataset
from opentusk.kit.vocabularies import THEMES
from opentusk.notices.catalogue import public_families
from opentusk.notices.models import Event, EventQuerySet
from opentusk.notices.speakers import public_subject
from opentusk.ui.speech import label_of

# Parameter of people's addresses → parameter of programs' addresses.
PARAMETERS = ("family", "type", "holder", "theme", "place", "dataset", "subject")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The filters of a list of events; "" where there is none.

    `holder` is an IPA code, `theme` a code, `subject` a thing in the journal's naming.
    """

    family: str = ""
    type: str = ""
    holder: str = ""
    theme: str = ""
    place: str = ""
    dataset: str = ""
    subject: str = ""

    def query(self) -> str:
        """The query string that asks this."""
        return urlencode([(name, getattr(self, name)) for name in PARAMETERS if getattr(self, name)])

    def events(self) -> EventQuerySet:
        """The public events that are asked for."""
        found = Event.objects.public()
        if self.family:
            found = found.filter(family=self.family)
        if self.type:
            found = found.filter(type=self.type)
        if self.holder:
            found = found.filter(holder__ipa_code=self.holder)
        if self.theme:
            found = found.of_theme(self.theme)
        if self.place:
            found = found.of_place(self.place)
        if self.dataset:
            found = found.filter(dataset__identifier=self.dataset)
        if self.subject:
            found = found.of_subject(self.subject)
        return found

    def title(self) -> str:
        """What the list is about: a dataset, a body, a theme, a place; "" for the whole portal."""
        if self.dataset:
            told = Dataset.objects.exclude(status=Dataset.Status.DRAFT).filter(identifier=self.dataset)
            return told.values_list("title", flat=True).first() or ""
        if self.subject:
            thing = public_subject(self.subject)
            return thing.title if thing else ""
        if self.holder:
            return Agent.objects.filter(ipa_code=self.holder).values_list("name", flat=True).first() or ""
        if self.theme:
            term = THEMES.by_code(self.theme)
            return label_of(term) if term else self.theme
        return self.place


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """The filters of an address. What is no filter is ignored; a family that does not exist too.

    PostgreSQL takes no NUL in a text, and no filter has one.
    """
    said = {name: parameters.get(name, "").replace("\0", "").strip()[:200] for name in PARAMETERS}
    if said["family"] not in dict(public_families()):
        said["family"] = ""
    return Asked(**said)
