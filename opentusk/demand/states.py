"""The life of a wanted dataset as one table: from a state, by an action, to a state.

Source: participation.md §4 (19 transitions, our design); the same table stands in the reference's samples, and a test
compares the two.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a wanted dataset is."""

    PROPOSED = "proposed", _("proposta")
    IN_BASKET = "in_basket", _("nel paniere")
    ASSIGNED = "assigned", _("assegnata")
    IN_PROGRESS = "in_progress", _("in lavorazione")
    PUBLISHED = "published", _("pubblicata")
    VERIFIED = "verified", _("verificata")
    MERGED = "merged", _("unita")
    REFUSED = "refused", _("non accolta")


class Move(models.TextChoices):
    """What is done to it."""

    ACCEPT = "accept", _("accogli")
    MERGE = "merge", _("unisci")
    REFUSE = "refuse", _("non accogliere")
    ASSIGN = "assign", _("assegna")
    LINK_EXISTING = "link_existing", _("collega un dataset che c'è già")
    START = "start", _("comincia")
    DECLINE = "decline", _("rimanda")
    LINK = "link", _("collega il dataset")
    VERIFY = "verify", _("verifica")
    REOPEN = "reopen", _("riapri")
    RECONSIDER = "reconsider", _("riconsidera")
    UNMERGE = "unmerge", _("separa")


MOVES: dict[tuple[str, str], State] = {
    (State.PROPOSED, Move.ACCEPT): State.IN_BASKET,
    (State.PROPOSED, Move.MERGE): State.MERGED,
    (State.PROPOSED, Move.REFUSE): State.REFUSED,
    (State.IN_BASKET, Move.ASSIGN): State.ASSIGNED,
    (State.IN_BASKET, Move.MERGE): State.MERGED,
    (State.IN_BASKET, Move.REFUSE): State.REFUSED,
    (State.IN_BASKET, Move.LINK_EXISTING): State.PUBLISHED,
    (State.ASSIGNED, Move.START): State.IN_PROGRESS,
    (State.ASSIGNED, Move.DECLINE): State.IN_BASKET,
    (State.ASSIGNED, Move.LINK): State.PUBLISHED,
    (State.ASSIGNED, Move.REFUSE): State.REFUSED,
    (State.IN_PROGRESS, Move.LINK): State.PUBLISHED,
    (State.IN_PROGRESS, Move.DECLINE): State.IN_BASKET,
    (State.IN_PROGRESS, Move.REFUSE): State.REFUSED,
    (State.PUBLISHED, Move.VERIFY): State.VERIFIED,
    (State.PUBLISHED, Move.REOPEN): State.IN_PROGRESS,
    (State.VERIFIED, Move.REOPEN): State.IN_PROGRESS,
    (State.REFUSED, Move.RECONSIDER): State.IN_BASKET,
    (State.MERGED, Move.UNMERGE): State.PROPOSED,
}

# Merged and refused are never counted: their wishes live on in another, or were answered.
IN_THE_BASKET = (State.IN_BASKET, State.ASSIGNED, State.IN_PROGRESS, State.PUBLISHED, State.VERIFIED)
BEING_WORKED_ON = (State.ASSIGNED, State.IN_PROGRESS)
ANSWERED = (State.PUBLISHED, State.VERIFIED)


class RefusalReason(models.TextChoices):
    """Why a wish is not taken up; said to everybody, with an answer in words."""

    ALREADY_PUBLISHED = "already_published", _("il dato è già pubblicato")
    NOT_HELD = "not_held", _("nessun ente ha questo dato")
    PERSONAL_DATA = "personal_data", _("contiene dati personali")
    THIRD_PARTY_RIGHTS = "third_party_rights", _("ci sono diritti di terzi")
    SECURITY = "security", _("motivi di sicurezza")
    COST_DISPROPORTIONATE = "cost_disproportionate", _("lo sforzo sarebbe sproporzionato")
    OUT_OF_SCOPE = "out_of_scope", _("non riguarda questo percorso")


class Origin(models.TextChoices):
    """Where a wish comes from."""

    DATALAB = "datalab", _("datalab")
    CONSULTATION = "consultation", _("consultazione")
    REQUEST = "request", _("richiesta")
    HACKATHON = "hackathon", _("hackathon")
    IMPORT = "import", _("importazione")


class Proponent(models.TextChoices):
    """Who made a wish."""

    PERSON = "person", _("una persona")
    TABLE = "table", _("un tavolo")
    ANONYMOUS = "anonymous", _("anonimo")
    BODY = "body", _("un ente")
    IMPORT = "import", _("importazione")
