"""Who does something: a person, the portal itself, or a harvested source."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The three kinds of actor, and nobody."""

    PERSON = "person"
    SYSTEM = "system"
    SOURCE = "source"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Actor:
    """The author of an action. `reference` is a key such as `people.user:7` or `harvest.source:3`.

    `label` may be shown to everybody, so it never holds a person's name: "redazione del Comune di Lecce",
    "raccolta da dati.comune.example.it". `user_id` is set for people only.
    """

    kind: ActorKind
    reference: str
    label: str
    user_id: int | None = None

    @property
    def is_system(self) -> bool:
        """Whether the portal itself acts, for its own upkeep."""
        return self.kind is ActorKind.SYSTEM


SYSTEM = Actor(ActorKind.SYSTEM, "system", "il portale")
ANONYMOUS = Actor(ActorKind.ANONYMOUS, "anonymous", "anonimo")
