"""Why a request was not made, or gave no usable answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Codes of the faults, each with its sentence for people."""

    BAD_URL = "outbound.bad_url", _("L'indirizzo non è un URL http o https completo: correggilo.")
    CREDENTIALS = "outbound.credentials", _("L'indirizzo contiene un nome utente o una password: toglili.")
    PORT = "outbound.port", _("La porta dell'indirizzo non è una di quelle del web: pubblica la sorgente su 80 o 443.")
    PRIVATE_ADDRESS = (
        "outbound.private_address",
        _("L'indirizzo porta dentro una rete privata o riservata: serve un indirizzo pubblico."),
    )
    TOO_MANY_REDIRECTS = (
        "outbound.too_many_redirects",
        _("Il server rimanda da un indirizzo all'altro senza fine: usa l'indirizzo finale."),
    )
    TOO_LARGE = "outbound.too_large", _("La risposta supera la dimensione ammessa: dividila in pagine.")
    ENCODING = (
        "outbound.encoding",
        _("La risposta è compressa in un modo che non abbiamo chiesto: serve gzip o nessuna compressione."),
    )
    UNKNOWN_HOST = "outbound.unknown_host", _("Il nome del server non esiste: controlla l'indirizzo.")
    NO_CONNECTION = "outbound.no_connection", _("Il server non accetta la connessione: riprova più tardi.")
    TOO_SLOW = "outbound.too_slow", _("Il server non ha risposto per intero nel tempo ammesso: riprova più tardi.")
    TRUNCATED = "outbound.truncated", _("La risposta si è interrotta a metà: riprova più tardi.")
    BUSY = "outbound.busy", _("Il server chiede di aspettare: riproveremo quando ha detto.")


class OutboundFault(Exception):
    """A request that gave no answer. `detail` quotes the address, the limit or the system's own words."""

    def __init__(self, reason: Reason, url: str, detail: str = "") -> None:
        super().__init__(f"{reason.value} {url} {detail}".rstrip())
        self.reason = reason
        self.url = url
        self.detail = detail

    @property
    def code(self) -> str:
        """The code that runs and reports keep."""
        return str(self.reason.value)


class Refused(OutboundFault):
    """We do not make this request, or do not go on with it: asking again changes nothing."""


class Unreachable(OutboundFault):
    """The other side gave no usable answer: it may do so later."""
