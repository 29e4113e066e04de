"""What the harvest refuses, and why a source could not be gathered."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunMessage(models.TextChoices):
    """Why a run ended as it did, beside the codes of `outbound` and of `kit` that a run may hold too."""

    HTTP_STATUS = "harvest.http_status", _("Il server della sorgente ha risposto con un errore.")
    EMPTY = "harvest.empty", _("La sorgente non elenca nessun dataset: non tocchiamo quelli già raccolti.")
    PARTIAL = "harvest.partial", _("La sorgente dichiara più dataset di quanti ne ha dati: non ritiriamo nulla.")
    REPEATED_PAGE = "harvest.repeated_page", _("La sorgente ha ripetuto una pagina: non ritiriamo nulla.")
    NO_ANSWER = "harvest.no_answer", _("La risposta non è quella che questo tipo di sorgente dà.")
    NO_FILE = "harvest.no_file", _("Il file o la cartella non esiste o non si può leggere.")
    NOT_MODIFIED = "harvest.not_modified", _("La sorgente dice di non essere cambiata dall'ultima raccolta.")
    VANISHED = "harvest.vanished", _("Mancano troppi dataset rispetto a prima: una persona deve confermare i ritiri.")
    GAVE_UP = "harvest.gave_up", _("La raccolta si è interrotta troppe volte: avvisa chi gestisce il portale.")


class SourceFault(Exception):
    """The source cannot be gathered now. `code` is of RunMessage, of `outbound` or of the kit."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".rstrip())
        self.code = str(code)
        self.detail = detail


class Incomplete(SourceFault):
    """The source gave some of its pages only: what it gave is good, what it did not give is not missing."""


class NotModified(Exception):
    """The source says that the copy we read last is still good."""


class HarvestRefusal(Exception):
    """A request on a source that cannot be granted."""


@dataclass
class NotAllowed(HarvestRefusal):
    """The actor may not do this to this source."""

    action: str
    subject: str


@dataclass
class AlreadyRunning(HarvestRefusal):
    """The source is being read right now."""

    source: str


@dataclass
class SourceTaken(HarvestRefusal):
    """Another source has this kind and address."""

    url: str


@dataclass
class NothingToConfirm(HarvestRefusal):
    """The run does not wait for a confirmation."""

    status: str
